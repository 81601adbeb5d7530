package dev.heirloom.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Works out what changes of rows mean for the other indexes of a table. Runs the index functions; not under the lock. */
final class IndexWrites<K, R> {
    private final Buffer<K, R> unit;
    private final Storage<K, R> storage;

    IndexWrites(Buffer<K, R> unit) {
        this.unit = unit;
        this.storage = unit.storage();
    }

    /** The changes, and the writes to the indexes that go with them. */
    List<Write<?, ?>> of(List<Change<K>> changes) {
        List<Write<?, ?>> all = new ArrayList<>(changes);
        for (SecondaryIndex<?, K, R> secondary : storage.secondary) {
            all.addAll(of(secondary, changes));
        }
        return all;
    }

    private <I> Collection<IndexWrite<I, K>> of(SecondaryIndex<I, K, R> secondary, List<Change<K>> changes) {
        IndexSpec<I, R> spec = secondary.spec();
        Map<I, IndexWrite<I, K>> writes = spec.order() == null ? new HashMap<>() : new TreeMap<>(spec.order());
        for (Change<K> change : changes) {
            for (R row : storage.rows(change.found)) {
                I key = spec.key().apply(row);
                if (key != null) { // by its own key: one that compares as 0 may be in its place now
                    write(writes, secondary, key).lose(storage.schema.keyOf(row));
                }
            }
            for (R row : storage.rows(change.value)) {
                I key = spec.key().apply(row);
                if (key != null) {
                    write(writes, secondary, key).gain(storage.schema.keyOf(row), change);
                }
            }
        }
        return writes.values();
    }

    private <I> IndexWrite<I, K> write(Map<I, IndexWrite<I, K>> writes, SecondaryIndex<I, K, R> secondary, I key) {
        return writes.computeIfAbsent(
                key, unseen -> new IndexWrite<>(unit, secondary.spec(), secondary.versions(), key));
    }
}
