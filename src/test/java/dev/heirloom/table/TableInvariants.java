package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What holds of a table whenever nobody is at work on it. */
final class TableInvariants {
    private TableInvariants() {}

    static <K, R> void assertInvariants(VersionedTable<K, R> table) {
        assertThat(table.commits().lock.isLocked()).as("the lock is held").isFalse();
        table.releaseAbandonedSnapshots(); // sweeps what evicted snapshots have left behind
        Storage<K, R> storage = table.storage();
        long rows = assertIndex(table, storage.index, true);
        assertThat(table.size()).as("size").isEqualTo(rows);
        assertRows(table, rows);
        storage.secondary.forEach(secondary -> assertSecondary(table, secondary));
        for (OpenSnapshots.Pin pin : storage.snapshots.pins()) {
            assertThat(pin.commit).as("a snapshot of the future").isLessThanOrEqualTo(table.latestCommit());
        }
    }

    /** Returns how many rows the newest versions hold. */
    private static <K, V, R> long assertIndex(VersionedTable<?, R> table, Index<K, V> index, boolean holdsRows) {
        long rows = 0;
        int entries = 0;
        Iterator<Version<K, V>> all = Cursors.iterator(index.ascending(null, true));
        for (; all.hasNext(); entries++) {
            Version<K, V> newest = all.next();
            assertThat(index.get(newest.key))
                    .as("found by its key: " + newest.key)
                    .isSameAs(newest);
            assertVersions(table, newest);
            boolean retained = table.commits().retention.retained().stream()
                    .anyMatch(each -> each.index() == index && each.newest() == newest);
            assertThat(retained || newest.older == null)
                    .as("in the queue of what keeps old versions: " + newest.key)
                    .isTrue();
            if (holdsRows) {
                rows += table.storage().count(newest.value);
            }
        }
        assertThat(index.entries()).as("entries").isEqualTo(entries);
        return rows;
    }

    private static <K, V> void assertVersions(VersionedTable<?, ?> table, Version<K, V> newest) {
        OpenSnapshots snapshots = table.storage().snapshots;
        assertThat(newest.commit())
                .as("commit of the newest version of " + newest.key)
                .isBetween(1L, table.latestCommit());
        if (newest.value == null) {
            assertThat(newest.older)
                    .as("nothing that nobody needs: " + newest.key)
                    .isNotNull();
        }
        long above = newest.commit();
        int older = 0;
        for (Version<K, V> version = newest.older; version != null; version = version.older) {
            assertThat(version.commit()).as("versions in order: " + newest.key).isBetween(1L, above - 1);
            assertThat(snapshots.need(version.commit(), above))
                    .as("an old version that no snapshot needs: " + newest.key)
                    .isTrue();
            above = version.commit();
            older++;
        }
        assertThat(older).as("at most one version a snapshot: " + newest.key).isLessThanOrEqualTo(snapshots.count());
    }

    private static <K, R> void assertRows(VersionedTable<K, R> table, long rows) {
        Storage<K, R> storage = table.storage();
        Comparator<? super K> order = storage.schema.order();
        Map<K, List<R>> byKey = order == null ? new HashMap<>() : new TreeMap<>(order);
        long streamed;
        try (Stream<R> stream = table.stream()) {
            streamed = stream.peek(row -> byKey.computeIfAbsent(storage.schema.keyOf(row), key -> new ArrayList<>())
                            .add(row))
                    .count();
        }
        byKey.forEach((key, its) -> assertThat(its.equals(table.lookup(key)))
                .as("rows of the key %s: %s, streamed %s", key, table.lookup(key), its)
                .isTrue());
        if (!table.hasExpired()) {
            assertThat(streamed).as("rows streamed").isEqualTo(rows);
        }
        Iterator<Version<K, Object>> all = Cursors.iterator(storage.index.ascending(null, true));
        while (all.hasNext()) {
            Version<K, Object> version = all.next();
            for (R row : storage.rows(version.value)) {
                assertThat(storage.schema.sameKey(version.key, storage.schema.keyOf(row)))
                        .as("the key of the row: " + version.key)
                        .isTrue();
            }
            if (version.value instanceof Group<?> group) {
                assertThat(group).as("a group has rows: " + version.key).isNotEmpty();
                if (storage.schema.type() == TableType.BAG) {
                    assertThat(new HashSet<>(group))
                            .as("a bag has no equal rows: " + version.key)
                            .hasSize(group.size());
                }
            }
        }
    }

    /** An index has the keys of the rows, and nothing else. */
    private static <I, K, R> void assertSecondary(VersionedTable<K, R> table, SecondaryIndex<I, K, R> secondary) {
        assertIndex(table, secondary.versions(), false);
        Comparator<? super I> order = secondary.spec().order();
        Map<I, Set<K>> expected = order == null ? new HashMap<>() : new TreeMap<>(order);
        Iterator<Version<K, Object>> all =
                Cursors.iterator(table.storage().index.ascending(null, true));
        while (all.hasNext()) {
            Version<K, Object> version = all.next();
            for (R row : table.storage().rows(version.value)) {
                I key = secondary.spec().key().apply(row);
                if (key != null) {
                    expected.computeIfAbsent(key, unseen -> new HashSet<>())
                            .add(table.storage().schema.keyOf(row));
                }
            }
        }
        Map<I, Set<K>> actual = order == null ? new HashMap<>() : new TreeMap<>(order);
        Iterator<Version<I, KeySet<K>>> its =
                Cursors.iterator(secondary.versions().ascending(null, true));
        while (its.hasNext()) {
            Version<I, KeySet<K>> version = its.next();
            if (version.value != null) {
                Set<K> keys = new HashSet<>();
                version.value.forEach(keys::add);
                assertThat(keys).hasSize(version.value.size());
                actual.put(version.key, keys);
            }
        }
        assertThat(actual).as("index " + secondary.spec().name()).isEqualTo(expected);
    }
}
