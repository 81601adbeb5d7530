package dev.heirloom.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Works out what a unit of work that is installed, and about to be published, does to each row. Under the lock of the
 * table.
 */
final class RowChanges<K, R> {
    private final Buffer<K, R> unit;
    private final long commit;
    private final long epoch;
    private final List<RowChange<K, R>> changes = new ArrayList<>(2);
    private long sequence;

    /** @param sequence the number of the latest change */
    RowChanges(Buffer<K, R> unit, long sequence, long commit, long epoch) {
        this.unit = unit;
        this.sequence = sequence;
        this.commit = commit;
        this.epoch = epoch;
    }

    List<RowChange<K, R>> all() {
        for (Change<K> change : unit.changes()) {
            if (change.installed() != null) {
                add(change);
            }
        }
        return changes;
    }

    /** How many there are; in a loop, since every commit of a table that keeps no changes asks. */
    static <K> int count(Buffer<K, ?> unit) {
        List<Change<K>> changes = unit.changes();
        int count = 0;
        for (int i = 0; i < changes.size(); i++) {
            Change<K> change = changes.get(i);
            count += change.installed() == null ? 0 : count(unit, change);
        }
        return count;
    }

    private static <K> int count(Buffer<K, ?> unit, Change<K> change) {
        Storage<K, ?> storage = unit.storage();
        Version<K, Object> replaced = change.replaced();
        Object before = change.before();
        if (replaced != null && before != null && unit.isExpired(replaced)) {
            return storage.count(before) + storage.count(change.value);
        }
        return storage.changed(before, change.value);
    }

    private void add(Change<K> change) {
        Storage<K, R> storage = unit.storage();
        Version<K, Object> replaced = change.replaced();
        Object before = change.before();
        if (replaced != null && before != null && unit.isExpired(replaced)) {
            storage.rows(before).forEach(row -> add(replaced.key, row, null, true));
            before = null;
        }
        Object after = change.value;
        K key = replaced != null && after == null ? replaced.key : change.key;
        if (storage.schema.type().isBag()) {
            addEach(key, storage.group(before), storage.group(after));
        } else if (before != after) {
            add(key, storage.row(before), storage.row(after), false);
        }
    }

    private void addEach(K key, Group<R> before, Group<R> after) {
        if (after.startsWith(before)) { // mostly; and not to be looked through for each row that it gains
            after.subList(before.size(), after.size()).forEach(row -> add(key, null, row, false));
            return;
        }
        before.withoutSame(after).forEach(row -> add(key, row, null, false));
        after.withoutSame(before).forEach(row -> add(key, null, row, false));
    }

    private void add(K key, @Nullable R before, @Nullable R after, boolean expired) {
        changes.add(new RowChange<>(
                ++sequence, commit, epoch, key, Optional.ofNullable(before), Optional.ofNullable(after), expired));
    }
}
