package dev.heirloom.ownership;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The bounded FIFO queue in which requests wait for the owner of a table. It belongs to the table: owners come and go.
 * Thread-safe.
 */
final class Mailbox<K, R> {
    private final ConcurrentLinkedQueue<Request<K, R, ?>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger depth = new AtomicInteger();
    private final int capacity;

    Mailbox(int capacity) {
        this.capacity = capacity;
    }

    /** Puts a request last; false if the mailbox is full. */
    boolean offer(Request<K, R, ?> request) {
        if (depth.incrementAndGet() > capacity) {
            depth.decrementAndGet();
            return false;
        }
        queue.add(request);
        return true;
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

    /** Takes out the requests for which the predicate says that nothing is left to do. */
    void removeIf(Predicate<Request<K, R, ?>> isOver) {
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
