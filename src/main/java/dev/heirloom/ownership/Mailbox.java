package dev.heirloom.ownership;

import dev.heirloom.table.HeirloomException;
import dev.heirloom.table.TableClosedException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bounded FIFO queue in which requests wait for the owner of a table. It belongs to the table: owners come and go,
 * and where none is coming it refuses. Thread-safe; never blocks.
 */
final class Mailbox<K, R> {
    private final ConcurrentLinkedQueue<Request<K, R, ?>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger depth = new AtomicInteger();
    private final int capacity;
    private final Supplier<String> table;

    /** Why requests are refused at once; null while an owner is there or coming. */
    private volatile @Nullable Supplier<? extends HeirloomException> refusal;

    /** Refused for good. */
    private volatile boolean closed;

    /** @param table its name, which may change */
    Mailbox(int capacity, Supplier<String> table) {
        this.capacity = capacity;
        this.table = table;
    }

    /**
     * Puts a request last.
     *
     * @throws MailboxFullException if as many wait as may
     * @throws HeirloomException if requests are refused
     */
    void put(Request<K, R, ?> request) {
        Supplier<? extends HeirloomException> refused = refusal();
        if (refused != null) {
            throw refused.get();
        }
        if (depth.incrementAndGet() > capacity) {
            depth.decrementAndGet();
            throw new MailboxFullException(table.get(), capacity);
        }
        queue.add(request);
        refused = refusal();
        if (refused != null) { // the mailbox may have been emptied before the request was in it
            request.withdraw(refused);
        }
    }

    private @Nullable Supplier<? extends HeirloomException> refusal() {
        return closed ? this::gone : refusal;
    }

    private HeirloomException gone() {
        return new TableClosedException(table.get());
    }

    @Nullable
    Request<K, R, ?> poll() {
        Request<K, R, ?> request = queue.poll();
        if (request != null) {
            depth.decrementAndGet();
        }
        return request;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Refuses requests from now on, and fails those that wait. */
    void refuse(Supplier<? extends HeirloomException> why) {
        refusal = why;
        failAll(why);
    }

    /** Lets requests wait: an owner is there or coming. */
    void admit() {
        refusal = null;
    }

    /** Refuses requests for good, and fails those that wait. */
    void close() {
        closed = true;
        failAll(this::gone);
    }

    boolean isClosed() {
        return closed;
    }

    private void failAll(Supplier<? extends HeirloomException> why) {
        removeIf(request -> {
            request.withdraw(why);
            return true;
        });
    }

    /** Fails the requests whose deadline passed while they waited, and forgets those that were given up. */
    void expire(LongSupplier nanoTime) {
        if (isEmpty()) {
            return;
        }
        long now = nanoTime.getAsLong();
        removeIf(request -> {
            if (now - request.deadline >= 0) {
                request.withdraw(() -> new DeadlineException(table.get()));
            }
            return request.isSettled();
        });
    }

    /** Takes out the requests for which the predicate says that nothing is left to do. */
    private void removeIf(Predicate<Request<K, R, ?>> isOver) {
        for (Request<K, R, ?> request : queue) {
            if (isOver.test(request) && queue.remove(request)) {
                depth.decrementAndGet();
            }
        }
    }

    int depth() {
        return depth.get();
    }

    int capacity() {
        return capacity;
    }
}
