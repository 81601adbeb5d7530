package dev.heirloom.table;

import org.jspecify.annotations.Nullable;

/** A version with an end, or of which was said that it has none. */
final class ExpiringVersion<K, V> extends Version<K, V> {
    /** What was said of this row alone; null if the table's expiry holds. */
    final @Nullable Expiry own;

    private final long deadline;

    /** Its place in the queue of what expires, if it has one; guarded by the table's lock. */
    Deadlines.@Nullable Entry<K> entry;

    ExpiringVersion(K key, @Nullable V value, @Nullable Expiry own, long deadline) {
        super(key, value);
        this.own = own;
        this.deadline = deadline;
    }

    @Override
    long deadline() {
        return deadline;
    }
}
