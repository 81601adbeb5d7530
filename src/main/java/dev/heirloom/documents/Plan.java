package dev.heirloom.documents;

import dev.heirloom.table.IndexSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a filter can be found: a few keys, a few keys of an index, a range of keys, or anywhere. The filter
 * still has to be asked of each row found. Immutable.
 */
public sealed interface Plan {
    /** Rows with these keys. */
    record Keys(List<Object> keys) implements Plan {}

    /** Rows with these keys in an index, different ones. */
    record Lookup(IndexSpec<?, ?> index, List<Object> keys) implements Plan {}

    /** Rows with keys in a range; null is no bound. */
    record Range(@Nullable Bound low, @Nullable Bound high) implements Plan {}

    /** Any row. */
    record Scan() implements Plan {}

    /** The end of a range. */
    record Bound(Object key, boolean included) {}
}
