package dev.heirloom.peers;

import org.jspecify.annotations.Nullable;

/** A store of rows under test. What it holds at the beginning is nothing. */
interface Peer extends AutoCloseable {
    /** Inserts a row, or overwrites the one with its key; a bag gets one more. One thread at a time. */
    void put(Row row);

    /** What the store holds for a key. A pipelining client may only send the question and give null. */
    @Nullable
    Object get(Object key);

    /** Reads every row. @return the sum of their counts */
    long scan();

    /** Called when the store holds all its rows, before anything is measured. */
    default void filled() {}

    @Override
    default void close() {}

    /** A store in order of its keys. */
    interface Ordered extends Peer {
        /** Reads rows from a key on. @return the sum of their counts */
        long range(Object from, int rows);
    }

    /** A store of several rows a key. */
    interface Bag extends Peer {
        /** Deletes the one row that equals this. */
        void delete(Row row);
    }
}
