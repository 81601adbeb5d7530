package dev.heirloom.manager;

import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs actions one at a time, in the order they were added, on a thread that comes by while none runs. Never blocks,
 * never throws. An action that adds another has it run after itself.
 */
final class SerialQueue {
    private static final System.Logger LOG = System.getLogger(SerialQueue.class.getName());

    private final ConcurrentLinkedQueue<Runnable> actions = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();

    /** Adds an action, and runs what there is unless another thread does. */
    void add(Runnable action) {
        put(action);
        run();
    }

    /** Adds an action for whoever runs them next. */
    void put(Runnable action) {
        actions.add(action);
    }

    /** Whether no thread runs any at the moment. */
    boolean isIdle() {
        return !running.get();
    }

    /** Runs what there is, unless another thread does. */
    void run() {
        while (!actions.isEmpty() && running.compareAndSet(false, true)) {
            try {
                for (Runnable next = actions.poll(); next != null; next = actions.poll()) {
                    run(next);
                }
            } finally {
                running.set(false); // whoever added one just before this relies on the loop
            }
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (Throwable t) { // a defect of ours, or an Error of the JVM: the next action must run all the same
            LOG.log(Level.ERROR, "An action of the table manager failed", t);
        }
    }
}
