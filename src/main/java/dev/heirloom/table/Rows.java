package dev.heirloom.table;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.stream.Stream;

/**
 * What can be read of a table.
 *
 * <p><b>Consistency.</b> {@link #find}, {@link #lookup} and {@link #contains} see the latest commit. Every method that
 * looks at several rows sees one commit: never half of a unit of work.
 *
 * <p><b>Rows are shared.</b> They are handed out by reference, not copied as in ETS, and must be immutable.
 *
 * <p><b>Concurrency.</b> Reads never block and never wait for a writer. Whether an instance may be shared between
 * threads is said by the implementing class.
 *
 * <p><b>Order.</b> Rows of an ordered set come in the order of their keys. Those of other tables have an order too, by
 * which one can go from row to row ({@link #next}) or page to page ({@link Query#page}): that of the hash codes of their
 * keys. To find a neighbour in it takes a pass over the table.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
public interface Rows<K, R> {
    /**
     * The row with the key.
     *
     * @throws WrongTypeException if the table is a bag: a key may have several rows there
     */
    Optional<R> find(K key);

    /** All rows with the key, in a bag in the order they were inserted; unmodifiable ({@code ets:lookup}). */
    List<R> lookup(K key);

    /**
     * All rows with the key, and the number of the commit that gave it these rows: for compare-and-set. In a unit of work
     * that has changed the key itself they are not committed yet.
     */
    Revision<R> revision(K key);

    /** Whether there is a row with the key ({@code ets:member}). */
    boolean contains(K key);

    /**
     * The row that has a key in a unique index.
     *
     * @throws NoSuchIndexException if the table was not declared with the index
     * @throws WrongTypeException if the index is not unique
     */
    <I> Optional<R> find(IndexSpec<I, R> index, I key);

    /**
     * All rows that have a key in an index, in no particular order.
     *
     * @throws NoSuchIndexException if the table was not declared with the index
     */
    <I> List<R> lookup(IndexSpec<I, R> index, I key);

    /** The first row: the one with the lowest key of an ordered set ({@code ets:first_lookup}). */
    Optional<R> first();

    /** The last row: the one with the highest key of an ordered set; of other tables the first ({@code ets:last_lookup}). */
    Optional<R> last();

    /**
     * The row after a key, which need not be in an ordered set ({@code ets:next_lookup}). In a bag, the first row of the
     * next key.
     *
     * @throws NoSuchRowException if the table is not ordered and has no row with the key
     */
    Optional<R> next(K key);

    /**
     * The row before a key, which need not be in an ordered set; in other tables the one after it, as in ETS ({@code
     * ets:prev_lookup}).
     *
     * @throws NoSuchRowException if the table is not ordered and has no row with the key
     */
    Optional<R> previous(K key);

    /**
     * All rows, frozen at the moment the stream starts to run, in order of their keys where the table has one.
     *
     * <p>A stream that runs to its end frees the snapshot it reads; close one that stops early
     * (try-with-resources), or it holds old rows until it is collected or expires.
     *
     * @throws SnapshotExpiredException (while it runs) if it took longer than a snapshot may live
     */
    default Stream<R> stream() {
        return query().stream();
    }

    /** A choice of rows, of all of them to begin with. */
    Query<K, R> query();

    /**
     * A map view of a set: each row under its key. It is for code that reads maps; whatever writes throws {@link
     * UnsupportedOperationException}, which says what to use instead.
     *
     * <p>It is live: it copies nothing, and each call reads these rows as they are by then. {@code get} costs what
     * {@link #find} does. Keys and rows are never null, and to look for null is a {@link NullPointerException}. {@code size} is {@link #size}
     * and may count rows that have expired, which nothing else shows.
     *
     * <p>An iterator reads one snapshot, taken when it is made and freed at its end: it sees one commit, however long it
     * takes. One that is dropped half-way holds old rows until it is collected or expires. Streams do as {@link #stream}
     * says. Entries are immutable.
     *
     * @throws WrongTypeException if the table is a bag: a key may have several rows there
     * @throws SnapshotExpiredException (an iterator) if it took longer than a snapshot may live
     */
    default ConcurrentMap<K, R> asMap() {
        return RowMap.of(this);
    }

    /**
     * A map view of an ordered set, as {@link #asMap}, in the order of the keys. Its keys are one where they compare as
     * equal. Ends and neighbours are found as fast as rows; {@code size} of a part of it goes through that part.
     *
     * @throws WrongTypeException if the table is not ordered
     * @throws SnapshotExpiredException (an iterator) if it took longer than a snapshot may live
     */
    default ConcurrentNavigableMap<K, R> asNavigableMap() {
        return OrderedRowMap.of(this);
    }

    /** The number of rows. It may count rows that have expired and were not yet removed. */
    long size();
}
