package dev.heirloom.table;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A subscription to the changes of a table: a place in their order, from which one reads on.
 *
 * <pre>{@code
 * try (Snapshot<String, Call> snapshot = calls.snapshot();
 *         Changes<String, Call> changes = calls.changesAfter(snapshot.sequence())) {
 *     show(snapshot.stream());
 *     while (true) {
 *         show(changes.take(Duration.ofSeconds(10)));
 *     }
 * }
 * }</pre>
 *
 * <p><b>Order.</b> Changes come in the order of their numbers, each once. What one unit of work did comes in one list:
 * nobody sees half of it. A list holds several units while it is short of {@value #BATCH} changes, and never more
 * than the table keeps. What a unit did can be read from the table a moment before it comes here, never after.
 *
 * <p><b>Failures.</b> The table keeps only the latest changes and waits for nobody: a subscriber that is too slow gets a
 * {@link ChangesLostException}, once, and goes on with the oldest unit that is kept whole. One that needs every change
 * starts again with a snapshot. A unit that has more changes than the table keeps is lost to everybody. When the table
 * is closed, or its rows died with an owner that had no heir, what is left is delivered and then {@link
 * TableClosedException} thrown.
 *
 * <p><b>Concurrency.</b> Not thread-safe, but for {@link #close}. A subscription costs the owner of the table nothing,
 * one that waits the waking of one thread.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
public final class Changes<K, R> implements AutoCloseable {
    static final int BATCH = 1024;

    private final ChangeFeed<K, R> feed;
    private long sequence;
    private volatile boolean closed;
    private volatile @Nullable Thread reader;

    Changes(ChangeFeed<K, R> feed, long sequence) {
        this.feed = feed;
        this.sequence = sequence;
    }

    /** The number of the last change that was delivered or lost: another subscription can go on after it. */
    public long sequence() {
        return sequence;
    }

    /**
     * The next changes, as whole units of work; empty if there are none yet. Does not wait.
     *
     * @throws ChangesLostException if the next changes are gone; the next call goes on after them
     * @throws TableClosedException if the table is closed and there are no more
     * @throws SubscriptionClosedException if the subscription is closed
     */
    public List<RowChange<K, R>> poll() {
        if (closed) {
            throw new SubscriptionClosedException(feed.table());
        }
        List<RowChange<K, R>> next = feed.unitsAfter(sequence);
        if (next == null) {
            long from = sequence + 1;
            sequence = feed.beforeOldestUnit(from);
            throw new ChangesLostException(feed.table(), from, sequence);
        }
        if (!next.isEmpty()) {
            sequence = next.get(next.size() - 1).sequence();
        }
        return next;
    }

    /**
     * The next changes, as {@link #poll}; waits for them.
     *
     * @param atMost for how long
     * @return empty if there are none by then
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public List<RowChange<K, R>> take(Duration atMost) throws InterruptedException {
        long nanos = Durations.requirePositive(atMost, "atMost").toNanos();
        long start = System.nanoTime();
        reader = Thread.currentThread(); // before poll() looks whether it is closed
        try {
            while (true) {
                long seen = feed.latest();
                List<RowChange<K, R>> next = poll();
                long left = nanos - (System.nanoTime() - start);
                if (!next.isEmpty() || left <= 0) {
                    return next;
                }
                feed.await(seen, left);
            }
        } finally {
            reader = null;
        }
    }

    /** Ends the subscription, and with {@link SubscriptionClosedException} a wait that is under way. For any thread. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(reader); // null is fine
    }
}
