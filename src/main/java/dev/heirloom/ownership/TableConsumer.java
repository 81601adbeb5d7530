package dev.heirloom.ownership;

/**
 * What may own a table. One instance lives as long as one owner: it is made on the owner's thread, is called by that
 * thread only, and is destroyed on it. A restart makes a new one, so nothing but the table survives.
 *
 * <p>Most tables need no class of their own, the built-in consumer serves their requests. Write one for a table with a
 * loop of its own: a poller, a feed, an expiry. It must be a {@code @Dependent} CDI bean.
 *
 * <p>Whatever escapes from {@link #accept} or {@link #consume} is the death of the owner: the manager inherits the
 * table and starts a successor.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
public interface TableConsumer<K, R> {
    /**
     * Takes over the table, before any request is served: the place to bring rows in order that a predecessor left.
     * It must end before the table's deadline.
     *
     * @throws Exception anything; the owner dies of it
     */
    default void accept(OwnedTable<K, R> table, Transfer transfer) throws Exception {}

    /**
     * Works for as long as it owns the table. The usual loop calls {@link Requests#serve} again and again with what it
     * has to do in between; that ends it when the table is taken away.
     *
     * @throws Exception anything; the owner dies of it
     */
    void consume(OwnedTable<K, R> table, Requests requests) throws Exception;
}
