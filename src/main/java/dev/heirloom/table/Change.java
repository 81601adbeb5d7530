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

    @Override
    @Nullable
    Version<K, Object> version() {
        return value == null && index().get(key) == null ? null : version;
    }
}
