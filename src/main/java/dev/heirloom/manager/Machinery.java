package dev.heirloom.manager;

import dev.heirloom.ownership.RequestTracing;
import org.jspecify.annotations.Nullable;

/**
 * What custodians need of the world around them: the managed executors of the server, or plain threads in tests. No
 * method blocks.
 */
interface Machinery {
    /**
     * Has the task run, and its custodian told of its end.
     *
     * @return cancels the task: dropped if it has not begun, interrupted if it has
     * @throws java.util.concurrent.RejectedExecutionException if the executor does not take it
     */
    Runnable submit(ConsumerTask<?, ?> task);

    /** Has the action run once, after a delay. */
    void schedule(Runnable action, long delayNanos);

    /** Tells the world. */
    void fire(TableEvent event);

    /** Where events are kept for those who come later. */
    EventLog events();

    /** Who follows requests; null if nobody does. */
    default @Nullable RequestTracing tracing() {
        return null;
    }

    /** The time, as {@link System#nanoTime}. */
    default long nanoTime() {
        return System.nanoTime();
    }
}
