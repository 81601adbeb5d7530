package dev.heirloom.table;

import org.jspecify.annotations.Nullable;

/**
 * A walk over the newest versions of the entries of an index, in its order: each entry that is there from the beginning
 * to the end of the walk comes once, others may come. For one thread.
 *
 * @param <K> the type of the keys
 * @param <V> the type of what the versions hold
 */
interface Entries<K, V> extends Cursor<Version<K, V>> {
    /**
     * The next entries, as many as there are at hand, and at most as many as there is room for.
     *
     * @return how many; 0 at the end
     */
    int take(@Nullable Object[] into);
}
