package dev.heirloom.table;

import java.util.Map;
import java.util.TreeMap;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Commits, reclaims, give-aways and reads in any interleaving look as if each had happened at one moment; for every type of table. */
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public abstract class CommitInterleavings {
    private final VersionedTable<Integer, Row> table;

    CommitInterleavings(Schema<Integer, Row> schema) {
        table = new VersionedTable<>(schema, Model.FIRST);
    }

    record Row(int key, int value) {}

    @Operation(nonParallelGroup = "owner")
    public boolean put(@Param(name = "key") int key, @Param(name = "value") int value) {
        return write(unit -> unit.insert(new Row(key, value)));
    }

    @Operation(nonParallelGroup = "owner")
    public boolean putBoth(@Param(name = "value") int value) {
        return write(unit -> {
            unit.insert(new Row(1, value));
            return unit.insert(new Row(2, value));
        });
    }

    @Operation(nonParallelGroup = "owner")
    public boolean delete(@Param(name = "key") int key) {
        return write(unit -> unit.delete(key));
    }

    private boolean write(Work<Integer, Row, ?> work) {
        try {
            table.atomically(Model.FIRST, work, new Commitment<>(), null);
            return true;
        } catch (NotOwnerException e) {
            return false;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** As the manager does: it tries until the lock is free. */
    @Operation(runOnce = true, blocking = true)
    public void fence() {
        while (!table.tryFence(Model.FIRST + 2)) {
            Thread.onSpinWait();
        }
    }

    /** As the owner does when it gives the table away: one of the two comes second. */
    @Operation(runOnce = true, nonParallelGroup = "owner")
    public boolean giveAway() {
        try {
            table.fence(Model.FIRST, Model.FIRST + 1);
            return true;
        } catch (NotOwnerException e) {
            return false;
        }
    }

    @Operation
    public int find(@Param(name = "key") int key) {
        return table.find(key).map(Row::value).orElse(0);
    }

    @Operation
    public String all() {
        Map<Integer, Integer> rows = new TreeMap<>();
        table.stream().forEach(row -> rows.put(row.key(), row.value()));
        return rows.toString();
    }

    @Operation
    public long size() {
        return table.size();
    }

    /** The same, of one thread. */
    public static class Model {
        static final long FIRST = 1;

        private final Map<Integer, Integer> rows = new TreeMap<>();
        private boolean fenced;

        public boolean put(int key, int value) {
            if (!fenced) {
                rows.put(key, value);
            }
            return !fenced;
        }

        public boolean putBoth(int value) {
            return put(1, value) && put(2, value);
        }

        public boolean delete(int key) {
            if (!fenced) {
                rows.remove(key);
            }
            return !fenced;
        }

        public void fence() {
            fenced = true;
        }

        public boolean giveAway() {
            boolean owned = !fenced;
            fenced = true;
            return owned;
        }

        public int find(int key) {
            return rows.getOrDefault(key, 0);
        }

        public String all() {
            return rows.toString();
        }

        public long size() {
            return rows.size();
        }
    }

    @Test
    void everyInterleaving_isLinearizable() {
        Lincheck.modelChecking(Model.class)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(2)
                .actorsAfter(1)
                .iterations(10)
                .invocationsPerIteration(200)
                .check(getClass());
    }

    @Test
    void underStress_isLinearizable() {
        new StressOptions()
                .sequentialSpecification(Model.class)
                .threads(3)
                .actorsPerThread(3)
                .iterations(10)
                .invocationsPerIteration(500)
                .check(getClass());
    }
}
