package dev.heirloom.table;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Rows that expire: the sweep and the owner's writes get in each other's way without harm, and nobody sees a row after
 * its time. A commit knows the time of day before it is published, so time passes only between the owner's operations.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public class ExpiryLincheckTest {
    private static final int TTL = 2;
    private static final IndexSpec<Integer, Row> UNIQUE = IndexSpec.uniqueIndex("unique", Row::value);

    private final AtomicLong millis = new AtomicLong(1);
    private final VersionedTable<Integer, Row> table = new VersionedTable<>(
            Schema.set("rows", Row.class, Row::key)
                    .withIndex(UNIQUE)
                    .withExpiry(Expiry.afterWrite(Duration.ofMillis(TTL))),
            1,
            System::nanoTime,
            () -> Instant.ofEpochMilli(millis.get()));

    record Row(int key, int value) {}

    @Operation(nonParallelGroup = "owner")
    public boolean put(@Param(name = "key") int key, @Param(name = "value") int value) {
        try {
            table.atomically(1, unit -> unit.insert(new Row(key, value)), new Commitment<>(), null);
            return true;
        } catch (NotUniqueException e) {
            return false;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Operation(nonParallelGroup = "owner")
    public void timePasses() {
        millis.incrementAndGet();
    }

    @Operation(nonParallelGroup = "owner")
    public void sweep() {
        table.removeExpired(1);
    }

    @Operation
    public int find(@Param(name = "key") int key) {
        return table.find(key).map(Row::value).orElse(0);
    }

    /** What there is to see of the rows that came before. */
    public static class Model {
        private final Map<Integer, Integer> values = new TreeMap<>();
        private final Map<Integer, Integer> deadlines = new TreeMap<>();
        private int now = 1;

        public boolean put(int key, int value) {
            if (values.keySet().stream().anyMatch(other -> other != key && find(other) == value)) {
                return false;
            }
            values.put(key, value);
            deadlines.put(key, now + TTL);
            return true;
        }

        public void timePasses() {
            now++;
        }

        public void sweep() {
            // nothing to be seen
        }

        public int find(int key) {
            return deadlines.getOrDefault(key, 0) > now ? values.get(key) : 0;
        }
    }

    @Test
    void everyInterleaving_isLinearizable() {
        Lincheck.modelChecking(Model.class)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(1)
                .iterations(6)
                .invocationsPerIteration(80)
                .check(getClass());
    }

    @Test
    void underStress_isLinearizable() {
        new StressOptions()
                .sequentialSpecification(Model.class)
                .threads(2)
                .actorsPerThread(4)
                .iterations(12)
                .invocationsPerIteration(500)
                .check(getClass());
    }
}
