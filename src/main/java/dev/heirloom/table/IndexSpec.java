package dev.heirloom.table;

import java.util.Comparator;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A second way to find the rows of a table: declared with the table, kept in the same units of work, and read with the
 * constant that declares it. Immutable.
 *
 * <pre>{@code
 * static final IndexSpec<String, Call> BY_CALLER = IndexSpec.index("byCaller", Call::from);
 * ...
 * List<Call> theirs = calls.lookup(BY_CALLER, "+15550100");
 * }</pre>
 *
 * @param <I> the type of the index's keys
 * @param <R> the type of the rows
 * @param name what it is called in errors
 * @param key finds the index's key in a row, or null for a row that the index shall not have; runs outside of the
 *     table's lock
 * @param unique whether two rows may not have the same key
 * @param order the order of the keys, for ranges; null finds them by {@code equals} and {@code hashCode}
 * @param field the component of the rows, which are records, that the key is; null if it is something else or not said
 */
public record IndexSpec<I, R>(
        String name,
        Function<? super R, ? extends @Nullable I> key,
        boolean unique,
        @Nullable Comparator<? super I> order,
        @Nullable String field) {
    public IndexSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(key, "key");
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: an index needs one");
        }
    }

    /** An index with any number of rows a key. */
    public static <I, R> IndexSpec<I, R> index(String name, Function<? super R, ? extends @Nullable I> key) {
        return new IndexSpec<>(name, key, false, null, null);
    }

    /** An index with at most one row a key; a unit of work that would give a key two is not applied. */
    public static <I, R> IndexSpec<I, R> uniqueIndex(String name, Function<? super R, ? extends @Nullable I> key) {
        return new IndexSpec<>(name, key, true, null, null);
    }

    /** The same, with keys in an order, so that ranges of them can be read. */
    public IndexSpec<I, R> ordered(Comparator<? super I> by) {
        return new IndexSpec<>(name, key, unique, by, field);
    }

    /**
     * The same, with the name of the component of the rows that its key is, so that filters over HTTP which compare that
     * field find their rows by this index. The key must be that component, as it is and of its type: rows whose key is
     * something else would not be found. Keep this spec as the constant to read by, not the one it was made from.
     */
    public IndexSpec<I, R> ofField(String component) {
        return new IndexSpec<>(name, key, unique, order, component);
    }

    /** Whether two keys are one key to this index. */
    boolean sameKey(I a, I b) {
        return order == null ? a.equals(b) : order.compare(a, b) == 0;
    }
}
