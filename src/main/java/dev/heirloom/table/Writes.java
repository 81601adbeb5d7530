package dev.heirloom.table;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What can be changed in a table. Each method does all it says or, when it throws, nothing.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
public interface Writes<K, R> extends Rows<K, R> {
    /**
     * Inserts a row ({@code ets:insert}): in a set in place of the one that has its key, if there is one; in a bag
     * besides the others, but a bag that has an equal row keeps that in its place.
     *
     * @return the row inserted
     * @throws InvalidRowException if it is null, of another class, or has no key
     */
    R insert(R row);

    /**
     * Inserts rows in their order; of two with one key, a set keeps the last.
     *
     * @throws InvalidRowException if one is null, of another class, or has no key
     */
    void insertAll(Collection<? extends R> rows);

    /**
     * Inserts a row if no row has its key ({@code ets:insert_new}).
     *
     * @return whether it was inserted
     * @throws InvalidRowException if it is null, of another class, or has no key
     */
    boolean insertNew(R row);

    /**
     * Inserts rows if no row has the key of any of them.
     *
     * @return whether they were inserted: all or none
     * @throws InvalidRowException if one is null, of another class, or has no key
     */
    boolean insertNewAll(Collection<? extends R> rows);

    /**
     * Replaces a row by what the function makes of it.
     *
     * @return the new row
     * @throws NoSuchRowException if there is no row with the key
     * @throws KeyChangedException if the new row has another key
     * @throws InvalidRowException if the function returns null or an object of another class
     * @throws WrongTypeException if the table is a bag
     */
    R update(K key, UnaryOperator<R> change);

    /**
     * Replaces a row, or one to begin with if there is none, by what the function makes of it.
     *
     * @param initial what the function is given if there is no row with the key; must have that key
     * @return the new row
     * @throws KeyChangedException if the new row has another key
     * @throws InvalidRowException if the function returns null or an object of another class
     * @throws WrongTypeException if the table is a bag
     */
    R update(K key, R initial, UnaryOperator<R> change);

    /**
     * Gives one element of a row another value ({@code ets:update_element}).
     *
     * @return whether there is a row with the key
     * @throws KeyChangedException if that changes the key of the row
     * @throws WrongTypeException if the table is a bag
     */
    <V extends @Nullable Object> boolean set(K key, Field<R, V> field, V value);

    /**
     * Takes a step of a counter of a row ({@code ets:update_counter}).
     *
     * @return the count after it
     * @throws NoSuchRowException if there is no row with the key
     * @throws CounterOverflowException if the counter cannot hold the count
     * @throws KeyChangedException if that changes the key of the row
     * @throws WrongTypeException if the table is a bag
     */
    default <N extends Number> N count(K key, Counter.Step<R, N> step) {
        return countAll(key, List.of(step)).get(0);
    }

    /**
     * Takes a step of a counter of a row, or of one to begin with if there is none.
     *
     * @param initial must have the key
     * @return the count after it
     * @throws CounterOverflowException if the counter cannot hold the count
     * @throws KeyChangedException if that changes the key of the row
     * @throws WrongTypeException if the table is a bag
     */
    default <N extends Number> N count(K key, R initial, Counter.Step<R, N> step) {
        return countAll(key, initial, List.of(step)).get(0);
    }

    /**
     * Takes several steps of counters of one row, each going on from where the one before it came to.
     *
     * @return the counts after each of them
     * @throws NoSuchRowException if there is no row with the key
     * @throws CounterOverflowException if a counter cannot hold its count
     * @throws KeyChangedException if that changes the key of the row
     * @throws WrongTypeException if the table is a bag
     */
    <N extends Number> List<N> countAll(K key, List<Counter.Step<R, N>> steps);

    /** As {@link #countAll(Object, List)}, of a row to begin with if there is none. */
    <N extends Number> List<N> countAll(K key, R initial, List<Counter.Step<R, N>> steps);

    /**
     * Sets when the rows with a key end. Holds until a row is inserted in their place; an update keeps it.
     *
     * @throws NoSuchRowException if there is no row with the key
     */
    void expire(K key, Expiry expiry);

    /**
     * Deletes all rows with the key ({@code ets:delete}).
     *
     * @return whether there was one
     */
    boolean delete(K key);

    /**
     * Deletes the row, and in a duplicate bag its copies: rows that have its key and equal it ({@code
     * ets:delete_object}).
     *
     * @return whether there was one
     * @throws InvalidRowException if it is null, of another class, or has no key
     */
    boolean deleteRow(R row);

    /**
     * Deletes the row with the key and returns it ({@code ets:take}).
     *
     * @throws WrongTypeException if the table is a bag: use {@link #takeAll}
     */
    Optional<R> take(K key);

    /** Deletes all rows with the key and returns them, in a bag in the order they were inserted ({@code ets:take}). */
    List<R> takeAll(K key);

    /** Deletes all rows ({@code ets:delete_all_objects}). */
    void clear();

    /**
     * Deletes the rows of a query ({@code ets:select_delete}).
     *
     * @param rows a query of this table, or of a snapshot or reference of it
     * @return how many there were
     */
    long deleteAll(Query<K, R> rows);

    /**
     * Replaces the rows of a query by what the function makes of them ({@code ets:select_replace}), in a
     * duplicate bag in their places.
     *
     * @param rows a query of this table, or of a snapshot or reference of it
     * @return how many there were
     * @throws KeyChangedException if a new row has another key
     * @throws InvalidRowException if the function returns null or an object of another class
     * @throws WrongTypeException if the table is a bag that is no duplicate bag: two rows might become equal
     */
    long replaceAll(Query<K, R> rows, UnaryOperator<R> change);
}
