package dev.heirloom.table;

import java.util.List;
import java.util.Optional;
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
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
public interface Rows<K, R> {
    /** The row with the key. */
    Optional<R> find(K key);

    /** All rows with the key: at most one in a set, none if there is no such key ({@code ets:lookup}). */
    default List<R> lookup(K key) {
        return find(key).map(List::of).orElse(List.of());
    }

    /** Whether there is a row with the key ({@code ets:member}). */
    default boolean contains(K key) {
        return find(key).isPresent();
    }

    /**
     * The row with the lowest key.
     *
     * @throws WrongTypeException if the table is not ordered
     */
    Optional<R> first();

    /**
     * The row with the highest key.
     *
     * @throws WrongTypeException if the table is not ordered
     */
    Optional<R> last();

    /**
     * The row with the lowest key above the one given, which need not be in the table.
     *
     * @throws WrongTypeException if the table is not ordered
     */
    Optional<R> next(K key);

    /**
     * The row with the highest key below the one given, which need not be in the table.
     *
     * @throws WrongTypeException if the table is not ordered
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
    Stream<R> stream();

    /** The number of rows. */
    long size();
}
