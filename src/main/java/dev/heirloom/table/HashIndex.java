package dev.heirloom.table;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The index of sets and bags: an open hash table that one thread at a time writes and any number reads without locks.
 * Its order is that of {@link #order}. Withstands keys chosen to collide, if they are {@link Comparable}.
 *
 * @param <K> the type of the keys
 * @param <V> the type of what the versions hold
 */
final class HashIndex<K, V> implements Index<K, V> {
    private volatile HashSlots<K, V> slots = HashSlots.forEntries(0);

    /** Guarded by the lock of the table. */
    private int entries;

    /** The order of all hash indexes: by hash code, in some way. Keys of equal hash codes have one place in it. */
    static <K> Comparator<K> order() {
        return (a, b) -> Integer.compareUnsigned(HashSlots.hash(a), HashSlots.hash(b));
    }

    @Override
    public @Nullable Version<K, V> get(K key) {
        return slots.get(key, HashSlots.hash(key));
    }

    @Override
    public @Nullable Version<K, V> put(Version<K, V> version) {
        int hash = HashSlots.hash(version.key);
        HashSlots<K, V> now = slots;
        Version<K, V> replaced = now.replace(version, hash);
        if (replaced == null) {
            version.older = null;
            if (now.isFull()) {
                now = now.rebuilt(entries + 1);
                slots = now;
            }
            now.add(version, hash);
            entries++;
        }
        return replaced;
    }

    @Override
    public void restore(Version<K, V> replaced) {
        slots.restore(replaced);
    }

    @Override
    public void remove(Version<K, V> version) {
        HashSlots<K, V> now = slots;
        if (now.remove(version)) {
            entries--;
            if (now.isSparse(entries)) {
                slots = now.rebuilt(entries);
            }
        }
    }

    @Override
    public Entries<K, V> ascending(@Nullable K from, boolean inclusive) {
        return new HashCursor<>(slots, from == null ? null : HashSlots.hash(from), inclusive);
    }

    @Override
    public int entries() {
        return entries;
    }

    // ---- for tests ----

    int length() {
        return slots.length();
    }
}
