package dev.heirloom.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The latest changes of a table, for any number of subscribers. Thread-safe: one thread at a time appends, under the
 * lock of the table; readers take no lock and hold nobody up.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
final class ChangeFeed<K, R> {
    /*
     * A ring of changes. A commit stores its own in the order of their numbers, over the oldest ones, and then shows
     * them all by one write to `latest`. A change knows its number, so a reader that finds another one in its place
     * knows that it was overtaken. The ring has one place more than it keeps changes: whether a change is the first of
     * its unit is seen by the one before it.
     *
     * Those who wait queue up, each with what it has seen to be the latest change. Whoever has appended takes the first
     * out of the queue and wakes it, if there is something new to it; whoever leaves the queue, for whatever reason,
     * does the same for the next. Who waits has looked for changes once more after it queued up, so what waits behind
     * another has seen no less, and a chain that stops has reached everybody.
     */
    private final String table;
    private final int capacity;
    private final long start;
    private final AtomicReferenceArray<@Nullable RowChange<K, R>> ring;
    private final ConcurrentLinkedQueue<Waiter> waiting = new ConcurrentLinkedQueue<>();

    private volatile long latest;
    private volatile boolean closed;

    private static final class Waiter {
        final Thread thread = Thread.currentThread();
        final long seen;

        Waiter(long seen) {
            this.seen = seen;
        }
    }

    /** @param start the number before that of the first change */
    ChangeFeed(String table, int capacity, long start) {
        this.table = table;
        this.capacity = capacity;
        this.ring = new AtomicReferenceArray<>(capacity + 1);
        this.start = start;
        this.latest = start;
    }

    String table() {
        return table;
    }

    // ---- for the writer ----

    /** Shows the changes of a commit. Under the lock, after publication: allocates nothing and does not fail. */
    void append(List<RowChange<K, R>> changes) {
        if (changes.isEmpty()) {
            return;
        }
        for (int i = Math.max(0, changes.size() - ring.length()); i < changes.size(); i++) {
            RowChange<K, R> change = changes.get(i);
            ring.setRelease(place(change.sequence()), change);
        }
        latest = changes.get(changes.size() - 1).sequence();
    }

    /** Wakes the first of those who wait, if there is anything new to it. Does not block. */
    void wake() {
        for (Waiter first = waiting.peek(); first != null; first = waiting.peek()) {
            if (first.seen == latest && !closed) {
                return;
            }
            if (waiting.remove(first)) {
                LockSupport.unpark(first.thread);
                return;
            }
        }
    }

    /** Says that there will be no more changes. */
    void close() {
        closed = true;
        wake();
    }

    // ---- for subscribers ----

    /** The number before that of the first change. */
    long start() {
        return start;
    }

    /** The number of the latest change. */
    long latest() {
        return latest;
    }

    /** The whole units of work after a change; null if some of the first are gone. */
    @Nullable
    List<RowChange<K, R>> unitsAfter(long sequence) {
        boolean over = closed; // before the latest number is read: then there are no more
        long end = latest;
        if (sequence >= end) {
            if (over) {
                throw new TableClosedException(table);
            }
            return List.of();
        }
        if (end - sequence > capacity) {
            return null;
        }
        List<RowChange<K, R>> changes = new ArrayList<>((int) Math.min(end - sequence, Changes.BATCH));
        int whole = 0;
        for (long next = sequence + 1; next <= end; next++) {
            RowChange<K, R> change = kept(next);
            if (change == null) {
                return whole == 0 ? null : Collections.unmodifiableList(changes.subList(0, whole));
            }
            if (!changes.isEmpty() && changes.get(changes.size() - 1).commit() != change.commit()) {
                whole = changes.size();
                if (whole >= Changes.BATCH) {
                    break;
                }
            }
            changes.add(change);
        }
        return Collections.unmodifiableList(changes);
    }

    /**
     * The number before the first change of the oldest unit of work that is kept whole.
     *
     * @param gone the number of a change that is not kept any more
     */
    long beforeOldestUnit(long gone) {
        long end = latest;
        for (long first = Math.max(gone, end - capacity) + 1; first <= end; first++) {
            RowChange<K, R> before = kept(first - 1);
            RowChange<K, R> change = kept(first);
            if (before != null && change != null && before.commit() != change.commit()) {
                return first - 1;
            }
        }
        return end;
    }

    private @Nullable RowChange<K, R> kept(long sequence) {
        RowChange<K, R> change = ring.getAcquire(place(sequence));
        return change != null && change.sequence() == sequence ? change : null;
    }

    private int place(long sequence) {
        return (int) (sequence % ring.length());
    }

    /**
     * Waits until there are changes after those seen, until the feed is closed, or until the time is over. May return
     * without a reason.
     */
    void await(long seen, long nanos) throws InterruptedException {
        Waiter waiter = new Waiter(seen);
        waiting.add(waiter);
        try {
            if (latest == seen && !closed) {
                LockSupport.parkNanos(this, nanos);
            }
        } finally {
            waiting.remove(waiter);
            wake();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while it waited for changes of table " + table);
        }
    }

    /** How many wait; for tests. */
    int waiting() {
        return waiting.size();
    }
}
