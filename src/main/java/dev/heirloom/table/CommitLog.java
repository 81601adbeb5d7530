package dev.heirloom.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the commits of a table are written down before anybody sees them, so that its rows outlive the process.
 *
 * <p>A unit's thread {@link #entry makes an entry} of what the unit changes, before it has the lock of the table; with
 * the lock the entry is {@link #append appended}, in the step before the commit is published; without it, whoever is
 * about to acknowledge the commit {@link #awaitSafe waits} until it is as safe as was promised.
 *
 * <p>Thread-safe.
 *
 * @param <R> the type of the rows
 */
public interface CommitLog<R> {
    /** The position of what was not written. */
    long NOWHERE = 0;

    /** What one commit writes. For one thread at a time. */
    interface Entry<R> {
        /**
         * A key has these rows from now on: one, or in a bag all of the key.
         *
         * @param commit the commit that gave it these rows; {@link CommitLog#NOWHERE} if it is the one to come
         * @param deadline when they expire, in milliseconds since the epoch; {@link Long#MAX_VALUE} for never
         * @param own what was said of this key alone; null if the table's expiry holds
         */
        void put(List<R> rows, long commit, long deadline, @Nullable Expiry own);

        /**
         * A key has no row any more.
         *
         * @param carrier a row that has the key
         */
        void delete(R carrier);
    }

    /**
     * An empty entry.
     *
     * @throws ReadOnlyTableException if nothing can be written any more
     */
    Entry<R> entry();

    /** Waits until there should be room for an entry. May block; not under the lock. */
    void makeRoom(Entry<R> entry);

    /** Whether there is room for an entry. Under the lock of the table. */
    boolean hasRoom(Entry<R> entry);

    /**
     * Writes an entry for which there is room. Under the lock of the table; does not block.
     *
     * @return the position after it, higher with every entry
     */
    long append(Entry<R> entry, long commit, long epoch);

    /** Gives back an entry that is not used any more, whether it was appended or not. */
    void release(Entry<R> entry);

    /**
     * Waits until a commit with that position may be acknowledged.
     *
     * @throws OutcomeUnknownException if that cannot be had: the log has failed
     */
    void awaitSafe(long position);
}
