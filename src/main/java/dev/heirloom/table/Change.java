package dev.heirloom.table;

import org.jspecify.annotations.Nullable;

/**
 * What a unit of work does to one key: the row (in a bag, the {@link Group} of rows) it shall have, or none. The unit's
 * thread makes and {@link #allocate allocates} it; the rest happens under the lock of the table.
 *
 * @param <K> the type of the keys
 */
final class Change<K> extends Write<K, Object> {
    /** As in the row inserted last, which may differ from the key that was there if the two compare as 0. */
    K key;

    /** Null deletes. */
    @Nullable
    Object value;

    /** What was said of this key alone; null if the table's expiry holds. */
    @Nullable
    Expiry expiry;

    /** What the unit found before its first change; of meaning only where it had to look. */
    @Nullable
    Object found;

    private @Nullable Version<K, Object> version;

    /** Whether the log says what becomes of the key. */
    private boolean logged;

    Change(Index<K, Object> index, K key) {
        super(index);
        this.key = key;
    }

    /** @param key as the new row has it */
    void set(K key, @Nullable Object value, @Nullable Expiry expiry) {
        this.key = key;
        this.value = value;
        this.expiry = expiry;
    }

    void delete() {
        value = null;
        expiry = null;
    }

    /** Makes the version to install. */
    void allocate(Expiry ofTable, Buffer<K, ?> unit) {
        Expiry effective = expiry == null ? ofTable : expiry;
        long deadline =
                value == null || effective == Expiry.never() ? Expiry.NEVER_MILLIS : effective.deadline(unit.now());
        version = value == null || (expiry == null && deadline == Expiry.NEVER_MILLIS)
                ? new Version<>(key, value)
                : new ExpiringVersion<>(key, value, expiry, deadline);
    }

    /** Says in an entry of the log what becomes of the key; nothing, if there is nothing to delete. */
    <R> void log(CommitLog.Entry<R> entry, Storage<K, R> storage) {
        Version<K, Object> made = version;
        if (value != null && made != null) {
            entry.put(storage.rows(value), CommitLog.NOWHERE, made.deadline(), expiry);
            logged = true;
            return;
        }
        Version<K, Object> present = index().get(key);
        if (present != null && present.value != null) {
            entry.delete(storage.rows(present.value).get(0));
            logged = true;
        }
    }

    /** Whether it deletes rows that were not there when it was logged. Under the lock. */
    boolean deletesUnlogged() {
        Version<K, Object> present = logged ? null : index().get(key);
        return present != null && present.value != null;
    }

    @Override
    @Nullable
    Version<K, Object> version() {
        return value == null && index().get(key) == null ? null : version;
    }
}
