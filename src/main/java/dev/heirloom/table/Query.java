package dev.heirloom.table;

import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A choice of rows: by predicate, by a range of keys, by an index ({@code ets:select} and {@code ets:match}). It reads
 * nothing until it is asked for rows, and each time reads the table as it is then. Immutable; thread-safe if its source
 * is.
 *
 * <pre>{@code
 * calls.query().where(call -> call.status() == RINGING).limit(100).page()
 * }</pre>
 *
 * <p><b>Pages.</b> Each page sees one commit, the next page a later one. Whoever goes on from page to page until the end
 * sees every row that was there all the time exactly once, also of a table without order, whose pages come in an
 * order made of the hash codes of the keys. A row inserted or removed meanwhile may be seen or not.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
public final class Query<K, R> {
    /** What is asked. */
    interface Source<K, R> {
        Schema<K, R> schema();

        Stream<R> stream(Query<K, R> query);

        Optional<R> first(Query<K, R> query);

        Page<K, R> page(Query<K, R> query);
    }

    private final Source<K, R> source;
    private final Bounds<K> bounds;
    private final @Nullable IndexScan<?, R> scan;
    private final @Nullable Predicate<? super R> where;
    private final boolean descending;
    private final int limit;
    private final @Nullable K after;

    /** Some rows of an index. */
    record IndexScan<I, R>(IndexSpec<I, R> index, Bounds<I> bounds) {
        boolean has(R row) {
            I key = index.key().apply(row);
            Comparator<? super I> order = index.order();
            if (key == null) {
                return false;
            }
            return order == null ? key.equals(bounds.low()) : bounds.isAbove(key, order) && bounds.isBelow(key, order);
        }

        /** The order of the index, if it has one. */
        Comparator<R> order(Comparator<R> otherwise) {
            Comparator<? super I> order = index.order();
            return order == null ? otherwise : Comparator.comparing(index.key(), order);
        }
    }

    /**
     * All rows of a table.
     *
     * @param table finds it, for what it is
     * @param read finds it, each time rows are asked for
     */
    public static <K, R> Query<K, R> over(Supplier<VersionedTable<K, R>> table, Supplier<VersionedTable<K, R>> read) {
        return new Query<>(new Source<>() {
            @Override
            public Schema<K, R> schema() {
                return table.get().schema();
            }

            @Override
            public Stream<R> stream(Query<K, R> query) {
                return read.get().stream(query);
            }

            @Override
            public Optional<R> first(Query<K, R> query) {
                return read.get().first(query);
            }

            @Override
            public Page<K, R> page(Query<K, R> query) {
                return read.get().page(query);
            }
        });
    }

    Query(Source<K, R> source) {
        this(source, Bounds.all(), null, null, false, Integer.MAX_VALUE, null);
    }

    private Query(
            Source<K, R> source,
            Bounds<K> bounds,
            @Nullable IndexScan<?, R> scan,
            @Nullable Predicate<? super R> where,
            boolean descending,
            int limit,
            @Nullable K after) {
        this.source = source;
        this.bounds = bounds;
        this.scan = scan;
        this.where = where;
        this.descending = descending;
        this.limit = limit;
        this.after = after;
    }

    /** Those of the rows for which the predicate holds; it runs on the reader's thread, for no row more than needed. */
    public Query<K, R> where(Predicate<? super R> predicate) {
        Predicate<? super R> first = where;
        Predicate<? super R> both = first == null ? predicate : row -> first.test(row) && predicate.test(row);
        return new Query<>(source, bounds, scan, both, descending, limit, after);
    }

    /**
     * From a key on, that included.
     *
     * @throws WrongTypeException if the table is not ordered
     */
    public Query<K, R> from(K key) {
        return within(bounds.from(key, true), "range");
    }

    /**
     * Above a key.
     *
     * @throws WrongTypeException if the table is not ordered
     */
    public Query<K, R> above(K key) {
        return within(bounds.from(key, false), "range");
    }

    /**
     * Up to a key, that included.
     *
     * @throws WrongTypeException if the table is not ordered
     */
    public Query<K, R> to(K key) {
        return within(bounds.to(key, true), "range");
    }

    /**
     * Below a key.
     *
     * @throws WrongTypeException if the table is not ordered
     */
    public Query<K, R> below(K key) {
        return within(bounds.to(key, false), "range");
    }

    private Query<K, R> within(Bounds<K> narrower, String operation) {
        source.schema().requireOrder(operation);
        return new Query<>(source, narrower, scan, where, descending, limit, after);
    }

    /**
     * The rows that have a key in an index.
     *
     * @throws NoSuchIndexException if the table was not declared with it
     * @throws WrongTypeException if the rows are asked for in descending order
     */
    public <I> Query<K, R> by(IndexSpec<I, R> index, I key) {
        return by(index, Bounds.of(key));
    }

    /**
     * The rows that have keys within a range in an ordered index, in the order of the index.
     *
     * @param from the first
     * @param below the first not to be included; null for no end
     * @throws NoSuchIndexException if the table was not declared with it
     * @throws WrongTypeException if the index is not ordered, or the rows are asked for in descending order
     */
    public <I> Query<K, R> by(IndexSpec<I, R> index, I from, @Nullable I below) {
        if (index.order() == null) {
            throw new WrongTypeException(source.schema().name(), source.schema().type(), "order in " + index.name());
        }
        Bounds<I> range = Bounds.<I>all().from(from, true);
        return by(index, below == null ? range : range.to(below, false));
    }

    private <I> Query<K, R> by(IndexSpec<I, R> index, Bounds<I> range) {
        source.schema().requireIndex(index);
        if (descending) {
            throw inNoDescendingOrder(index);
        }
        return new Query<>(source, bounds, new IndexScan<>(index, range), where, descending, limit, after);
    }

    /**
     * From the highest key down ({@code ets:select_reverse}).
     *
     * @throws WrongTypeException if the table is not ordered, or the rows are asked for by an index
     */
    public Query<K, R> descending() {
        source.schema().requireOrder("descending order");
        if (scan != null) {
            throw inNoDescendingOrder(scan.index());
        }
        return new Query<>(source, bounds, scan, where, true, limit, after);
    }

    private WrongTypeException inNoDescendingOrder(IndexSpec<?, R> index) {
        return new WrongTypeException(
                source.schema().name(), source.schema().type(), "descending order by " + index.name());
    }

    /** At most so many rows. */
    public Query<K, R> limit(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("rows: a limit of " + rows + " is less than 1");
        }
        return new Query<>(source, bounds, scan, where, descending, rows, after);
    }

    /** What comes after a key, in the order of {@link #page pages}; the key need not be there any more. */
    public Query<K, R> after(K key) {
        return new Query<>(source, bounds, scan, where, descending, limit, key);
    }

    // ---- what it is for ----

    /** The rows, frozen at the moment the stream starts to run; as {@link Rows#stream()}. */
    public Stream<R> stream() {
        return source.stream(this);
    }

    /** The first of the rows. It looks no further, and takes no snapshot. */
    public Optional<R> first() {
        return source.first(this);
    }

    /** As many rows as the limit says, and the key to go on from. */
    public Page<K, R> page() {
        return source.page(this);
    }

    /** How many rows there are ({@code ets:select_count}); the limit counts. */
    public long count() {
        try (Stream<R> rows = stream()) {
            return rows.count();
        }
    }

    /**
     * The order in which pages come: that of the keys, or of a table without order that of their hash codes, by which
     * different keys may be equal.
     */
    public Comparator<? super K> pageOrder() {
        Comparator<? super K> order = source.schema().order();
        if (order == null) {
            return HashIndex.order();
        }
        return descending ? order.reversed() : order;
    }

    // ---- for the source ----

    Schema<K, R> schema() {
        return source.schema();
    }

    /** Those of the rows that are within a range, which takes the place of another. */
    Query<K, R> within(Bounds<K> range, boolean downwards) {
        return new Query<>(source, range, scan, where, downwards, limit, after);
    }

    Bounds<K> bounds() {
        return bounds;
    }

    @Nullable
    IndexScan<?, R> scan() {
        return scan;
    }

    boolean isDescending() {
        return descending;
    }

    int limit() {
        return limit;
    }

    @Nullable
    K after() {
        return after;
    }

    /** The same, asked of another source. */
    Query<K, R> of(Source<K, R> other) {
        return new Query<>(other, bounds, scan, where, descending, limit, after);
    }

    /** The same without a limit. */
    Query<K, R> unlimited() {
        return new Query<>(source, bounds, scan, where, descending, Integer.MAX_VALUE, after);
    }

    /** What of some rows is asked for, of which the keys are. */
    Cursor<R> select(Cursor<R> rows) {
        Cursor<R> chosen = where == null ? rows : rows.where(where);
        return limit == Integer.MAX_VALUE ? chosen : chosen.limit(limit);
    }

    /** Whether a row is one of these, but for the limit. */
    boolean has(R row) {
        return admits(source.schema().keyOf(row))
                && (scan == null || scan.has(row))
                && (where == null || where.test(row));
    }

    Comparator<R> rowOrder() {
        Comparator<? super K> order = pageOrder();
        return (a, b) -> order.compare(keyOf(a), keyOf(b));
    }

    K keyOf(R row) {
        return source.schema().keyOf(row);
    }

    /** Whether the rows come in the order of pages, so that a page ends where it is full. */
    boolean comesInPageOrder() {
        return scan == null;
    }

    /** Whether a key is within the bounds and comes after the key to go on from. */
    boolean admits(K key) {
        Comparator<? super K> order = source.schema().order();
        return (after == null || pageOrder().compare(key, after) > 0)
                && (order == null || (bounds.isAbove(key, order) && bounds.isBelow(key, order)));
    }
}
