package dev.heirloom.table;

import org.jspecify.annotations.Nullable;

/**
 * Finds the newest version of a key. One thread at a time writes, under the lock of the table; any number reads at the
 * same time, without ever waiting. A reader that began before a write may or may not see it; one that began after it
 * does.
 *
 * <p>Which keys are one key is for the index to say: {@code equals} for a hash index, the comparator for a tree.
 *
 * @param <K> the type of the keys
 * @param <V> the type of what the versions hold
 */
interface Index<K, V> {
    /** The newest version of the key, whatever its state; null if the key has no entry. */
    @Nullable
    Version<K, V> get(K key);

    /**
     * Makes a version the newest of its key. Either done or, when it throws (out of memory), without effect. The
     * version's {@code older} is set to the one it replaces before any reader can meet it.
     *
     * @return the version it replaces; null if the key had no entry
     */
    @Nullable
    Version<K, V> put(Version<K, V> version);

    /** Puts back the version that {@link #put} has returned, in the place of the one put. Allocates nothing. */
    void restore(Version<K, V> replaced);

    /**
     * Forgets the entry of a version that nobody needs, if it is still the newest of its key. May fail for want of
     * memory; readers see no difference.
     */
    void remove(Version<K, V> version);

    /**
     * The entries from a key on, in the order of the index.
     *
     * @param from where to begin, whether it is there or not; null for the first
     * @param inclusive whether what has the place of that key in the order comes
     */
    Entries<K, V> ascending(@Nullable K from, boolean inclusive);

    /** The number of entries, those without a row included. For the writer. */
    int entries();
}
