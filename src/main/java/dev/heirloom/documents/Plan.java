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

    /** Rows with these keys in an index, different ones, whose keys are within a range. */
    record Lookup(IndexSpec<?, ?> index, List<Object> keys, Range range) implements Plan {}

    /** Rows with keys in a range; null is no bound. */
    record Range(@Nullable Bound low, @Nullable Bound high) implements Plan {
        static final Range ALL = new Range(null, null);

        /** Whether a key is in it. */
        public boolean has(Object key) {
            return (low == null || low.isBelow(key)) && (high == null || high.isAbove(key));
        }
    }

    /** Any row. */
    record Scan() implements Plan {}

    /** The end of a range, in the natural order of the keys. */
    record Bound(Object key, boolean included) {
        private boolean isBelow(Object other) {
            return included ? compare(other) <= 0 : compare(other) < 0;
        }

        private boolean isAbove(Object other) {
            return included ? compare(other) >= 0 : compare(other) > 0;
        }

        @SuppressWarnings("unchecked") // keys of one table, which have a natural order
        int compare(Object other) {
            return ((Comparable<Object>) key).compareTo(other);
        }
    }

    /** How much there is of a table. */
    interface Sizes {
        long rows();

        /** How many keys of the table an index has under one of its own. */
        long keys(IndexSpec<?, ?> index, Object key);
    }
}
