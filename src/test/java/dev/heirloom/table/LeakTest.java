package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * However often rows are overwritten, while snapshots are opened and closed, a table keeps nothing but its rows. Some
 * million times by default; a billion by {@code mvn test -Dtest=LeakTest -Dheirloom.overwrites=1000000000}.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class LeakTest {
    private static final long OVERWRITES = Long.getLong("heirloom.overwrites", 4_000_000);
    private static final int KEYS = 10_000;
    private static final int CHECKPOINTS = 10;

    /** Two types, with expiry and without. */
    private static final int TABLES = 4;

    private static final int MOST_OPEN = 8;

    /** What the heap may grow by from the first checkpoint to the last: less than if one overwrite in ten leaked. */
    private static final long SLACK_BYTES = 1 << 20;

    private record Row(Integer key, long value) {}

    private static Schema<Integer, Row> schema(TableType type) {
        Schema<Integer, Row> schema = type == TableType.SET
                ? Schema.set("rows", Row.class, Row::key)
                : Schema.orderedSet("rows", Row.class, Row::key, Comparator.<Integer>naturalOrder());
        return schema.withLimits(Limits.DEFAULT.withSnapshots(64, Duration.ofHours(1)));
    }

    private static void write(VersionedTable<Integer, Row> table, Work<Integer, Row, ?> work) throws Exception {
        table.atomically(1, work, new Commitment<>(), null);
    }

    @EachSet
    void overwrites_heapStaysFlat(TableType type) throws Exception {
        overwrite(new VersionedTable<>(schema(type), 1));
    }

    @EachSet
    void overwritesOfExpiringRows_heapStaysFlat(TableType type) throws Exception {
        overwrite(new VersionedTable<>(schema(type).withExpiry(Expiry.afterWrite(Duration.ofHours(10))), 1));
    }

    private static void overwrite(VersionedTable<Integer, Row> table) throws Exception {
        Random random = new Random(1);
        Integer[] keys = new Integer[KEYS];
        for (int i = 0; i < KEYS; i++) {
            keys[i] = i;
        }
        write(table, unit -> {
            for (Integer key : keys) {
                unit.insert(new Row(key, 0));
            }
            return null;
        });
        List<Snapshot<Integer, Row>> open = new ArrayList<>();
        long each = OVERWRITES / TABLES / CHECKPOINTS;
        long first = 0;
        long last = 0;
        for (int checkpoint = 0; checkpoint < CHECKPOINTS; checkpoint++) {
            for (long i = 0; i < each; i++) {
                Integer key = keys[random.nextInt(KEYS)];
                Row row = new Row(key, i);
                if (random.nextInt(64) == 0) { // the entry goes and comes back
                    write(table, unit -> unit.delete(key));
                }
                write(table, unit -> unit.insert(row));
                if (random.nextInt(256) == 0) {
                    openOrClose(table, open, random);
                }
            }
            open.forEach(Snapshot::close);
            open.clear();
            assertNothingKept(table);
            last = usedBytes();
            first = checkpoint == 0 ? last : first;
        }
        assertThat(last)
                .as("bytes in use, %d after the first overwrites", first)
                .isLessThan(first + SLACK_BYTES);
    }

    private static void openOrClose(
            VersionedTable<Integer, Row> table, List<Snapshot<Integer, Row>> open, Random random) {
        if (open.size() < random.nextInt(MOST_OPEN + 1)) {
            open.add(table.snapshot());
        } else if (!open.isEmpty()) {
            open.remove(random.nextInt(open.size())).close();
        }
    }

    private static void assertNothingKept(VersionedTable<Integer, Row> table) {
        assertThat(table.commits().retention.retained())
                .as("keys that keep old versions")
                .isEmpty();
        assertThat(table.storage().index.entries()).isEqualTo((int) table.size());
        assertThat(table.storage().snapshots.count()).isZero();
        assertThat(table.commits().deadlines().size()).isLessThan(2 * KEYS);
        TableInvariants.assertInvariants(table);
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** Those who close snapshots meet the writer, and each other, at the sweep. */
    @ParameterizedTest
    @EnumSource
    void snapshotsClosedByOtherThreads_nothingIsKept(TableType type) throws Exception {
        VersionedTable<String, Item> table = new VersionedTable<>(EngineTest.schema(type), 1);
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            readers.add(new Thread(
                    () -> {
                        while (!over.get()) {
                            table.snapshot().close();
                        }
                    },
                    "reader-" + i));
        }
        readers.forEach(Thread::start);
        for (int i = 0; i < 60; i++) {
            int value = i;
            table.atomically(
                    1,
                    unit -> {
                        for (int key = 0; key < 3 * Retention.BATCH; key++) {
                            unit.delete("k" + key);
                            unit.insert(new Item("k" + key, value));
                        }
                        return null;
                    },
                    new Commitment<>(),
                    null);
        }
        over.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        table.releaseAbandonedSnapshots(); // goes on with a sweep that is not over
        assertThat(table.commits().retention.retained()).isEmpty();
        TableInvariants.assertInvariants(table);
    }

    @Test
    void droppedUnits_leaveNothing() throws Exception {
        VersionedTable<Integer, Row> table = new VersionedTable<>(schema(TableType.SET), 1);
        for (int i = 0; i < 10_000; i++) {
            Row row = new Row(i, i);
            try {
                table.atomically(1, unit -> unit.insert(row), new Commitment<>(), point -> {
                    if (point == Failpoint.BEFORE_PUBLICATION) {
                        throw new IllegalStateException("no");
                    }
                });
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("no");
            }
        }
        assertThat(table.storage().index.entries()).isZero();
        assertNothingKept(table);
    }
}
