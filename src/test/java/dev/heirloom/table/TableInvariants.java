package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.Stream;

/** What holds of a table whenever nobody is at work on it. */
final class TableInvariants {
    private TableInvariants() {}

    static <K, R> void assertInvariants(VersionedTable<K, R> table) {
        assertThat(table.lock.isLocked()).as("the lock is held").isFalse();
        table.releaseAbandonedSnapshots(); // sweeps what evicted snapshots have left behind
        Set<Cell<R>> retained = Collections.newSetFromMap(new IdentityHashMap<>());
        table.retention()
                .retained()
                .forEach(each -> assertThat(retained.add(each.cell()))
                        .as("a cell is retained once: " + each.key())
                        .isTrue());
        long[] rows = new long[1];
        table.index.forEach((key, cell) -> {
            assertCell(table, key, cell);
            boolean hasOlder = cell.newest.older != null;
            assertThat(cell.retained).as("retained: " + key).isEqualTo(hasOlder);
            assertThat(retained.remove(cell))
                    .as("in the queue of retained cells: " + key)
                    .isEqualTo(hasOlder);
            if (cell.newest.row != null) {
                rows[0]++;
            }
        });
        assertThat(retained).as("cells retained that left the index").isEmpty();
        assertThat(table.size()).as("size").isEqualTo(rows[0]);
        try (Stream<R> stream = table.stream()) {
            assertThat(stream.count()).as("rows streamed").isEqualTo(rows[0]);
        }
        for (OpenSnapshots.Pin pin : table.snapshots().pins()) {
            assertThat(pin.commit).as("a snapshot of the future").isLessThanOrEqualTo(table.latestCommit());
        }
    }

    private static <K, R> void assertCell(VersionedTable<K, R> table, K key, Cell<R> cell) {
        assertThat(cell.removed).as("removed, yet in the index: " + key).isFalse();
        Version<R> newest = cell.newest;
        assertThat(newest.commit).as("commit of the newest version of " + key).isBetween(1L, table.latestCommit());
        if (newest.row == null) {
            assertThat(newest.older)
                    .as("a deleted row that nobody needs: " + key)
                    .isNotNull();
        } else {
            assertThat(table.schema().sameKey(key, table.schema().keyOf(newest.row)))
                    .as("the key of the row: " + key)
                    .isTrue();
        }
        long above = newest.commit;
        int older = 0;
        for (Version<R> version = newest.older; version != null; version = version.older) {
            assertThat(version.commit).as("versions in order: " + key).isBetween(1L, above - 1);
            assertThat(table.snapshots().need(version.commit, above))
                    .as("an old version that no snapshot needs: " + key)
                    .isTrue();
            above = version.commit;
            older++;
        }
        assertThat(older)
                .as("at most one version a snapshot: " + key)
                .isLessThanOrEqualTo(table.snapshots().count());
    }
}
