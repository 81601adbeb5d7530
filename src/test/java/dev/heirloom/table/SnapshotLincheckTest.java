package dev.heirloom.table;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** While a snapshot holds an old row, readers find the latest one, and the snapshot the old one. */
public final class SnapshotLincheckTest {
    private final VersionedTable<Integer, Row> table = new VersionedTable<>(Schema.set("rows", Row.class, Row::key), 1);
    private final Snapshot<Integer, Row> snapshot;

    record Row(int key, int value) {}

    public SnapshotLincheckTest() {
        put(Model.OLD);
        snapshot = table.snapshot();
        put(Model.NEW);
    }

    @Operation(nonParallelGroup = "owner")
    public void put(@Param(gen = IntGen.class, conf = "1:9") int value) {
        try {
            table.atomically(1, unit -> unit.insert(new Row(0, value)), new Commitment<>(), null);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Operation
    public int find() {
        return table.find(0).orElseThrow().value();
    }

    @Operation
    public int findInNewSnapshot() {
        try (Snapshot<Integer, Row> fresh = table.snapshot()) {
            return fresh.find(0).orElseThrow().value();
        }
    }

    @Operation
    public int findInOldSnapshot() {
        return snapshot.find(0).orElseThrow().value();
    }

    /** The same, of one thread. */
    public static class Model {
        static final int OLD = -1;
        static final int NEW = 0;

        private int value = NEW;

        public void put(int value) {
            this.value = value;
        }

        public int find() {
            return value;
        }

        public int findInNewSnapshot() {
            return value;
        }

        public int findInOldSnapshot() {
            return OLD;
        }
    }

    @Test
    void everyInterleaving_isLinearizable() {
        Lincheck.modelChecking(Model.class)
                .threads(2)
                .actorsPerThread(1)
                .actorsBefore(0)
                .actorsAfter(1)
                .iterations(16)
                .invocationsPerIteration(100)
                .check(SnapshotLincheckTest.class);
    }
}
