package dev.heirloom.table;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions of an index that was declared with a table: for each of its keys the set of the table's keys.
 *
 * @param <I> the type of the index's keys
 * @param <K> the type of the table's keys
 * @param <R> the type of the rows
 */
final class SecondaryIndex<I, K, R> {
    private final IndexSpec<I, R> spec;
    private final Index<I, KeySet<K>> versions;

    SecondaryIndex(IndexSpec<I, R> spec) {
        this.spec = spec;
        Comparator<? super I> order = spec.order();
        this.versions = order == null ? new HashIndex<>() : new TreeIndex<>(order);
    }

    IndexSpec<I, R> spec() {
        return spec;
    }

    Index<I, KeySet<K>> versions() {
        return versions;
    }

    /** Whether a row has a key in this index. */
    boolean has(R row, I key) {
        I its = spec.key().apply(row);
        return its != null && spec.sameKey(its, key);
    }

    /** The newest versions of the keys within bounds, in order if the index has one. */
    Cursor<Version<I, KeySet<K>>> within(Bounds<I> bounds) {
        if (versions instanceof TreeIndex<I, KeySet<K>> tree) {
            return tree.ascending(bounds.low(), bounds.lowIncluded());
        }
        I only = bounds.low(); // a hash index is asked for one key
        Version<I, KeySet<K>> found = only == null ? null : versions.get(only);
        return Cursor.of((found == null ? List.<Version<I, KeySet<K>>>of() : List.of(found)).iterator());
    }

    /** The keys of rows that a commit shows with one key of the index. */
    KeySet<K> keys(@Nullable Version<I, KeySet<K>> newest, long commit) {
        Version<I, KeySet<K>> shown = newest == null ? null : newest.at(commit);
        return shown == null || shown.value == null ? KeySet.empty() : shown.value;
    }
}
