package dev.heirloom.table;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a unit of work does to one key of a secondary index: the keys of the table that it gains and loses.
 *
 * @param <I> the type of the index's keys
 * @param <K> the type of the table's keys
 */
final class IndexWrite<I, K> extends Write<I, KeySet<K>> {
    private final Buffer<K, ?> unit;
    private final IndexSpec<I, ?> spec;
    private final I key;
    private final Set<K> gained = new LinkedHashSet<>(2);
    private final Set<K> lost = new LinkedHashSet<>(2);
    private @Nullable Change<K> gainedBy;

    /** Whether two rows of one key of the table have this key. */
    private boolean clash;

    IndexWrite(Buffer<K, ?> unit, IndexSpec<I, ?> spec, Index<I, KeySet<K>> index, I key) {
        super(index);
        this.unit = unit;
        this.spec = spec;
        this.key = key;
    }

    /** @param by the change of the table's key: in a bag it may have several rows with this key */
    void gain(K tableKey, Change<K> by) {
        clash |= gainedBy == by;
        gainedBy = by;
        if (!lost.remove(tableKey)) {
            gained.add(tableKey);
        }
    }

    void lose(K tableKey) {
        if (!gained.remove(tableKey)) {
            lost.add(tableKey);
        }
    }

    @Override
    @Nullable
    Version<I, KeySet<K>> version() {
        Version<I, KeySet<K>> present = index().get(key);
        KeySet<K> before = KeySet.empty();
        if (present != null && present.value != null && present.commit() != Version.UNDONE) {
            before = present.value;
        }
        KeySet<K> after = before;
        for (K each : lost) {
            after = after.without(each);
        }
        for (K each : gained) {
            after = after.with(each);
        }
        if (spec.unique() && (clash || (after.size() > 1 && live(after) > 1))) {
            throw new NotUniqueException(unit.storage().schema.name(), spec.name(), key);
        }
        return after == before ? null : new Version<>(key, after.isEmpty() ? null : after);
    }

    /** How many keys have rows that have not expired. The rows of this commit are installed already. */
    private int live(KeySet<K> keys) {
        int live = 0;
        for (K each : keys) {
            Version<K, Object> row = unit.storage().index.get(each);
            if (row != null && !unit.isExpired(row)) {
                live++;
            }
        }
        return live;
    }
}
