package dev.heirloom.ownership;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Completes the answers of one table on an executor, in the order they were decided. One task at a time drains what
 * waits, so a busy owner pays for a queue, not for a submission each. Thread-safe; bounded by the requests under way.
 */
final class Completer {
    private static final int BATCH = 10_000;

    private static final ThreadLocal<@Nullable Drain> RUNNING = new ThreadLocal<>();

    private final Executor executor;
    private final ConcurrentLinkedQueue<Ask<?, ?, ?>> decided = new ConcurrentLinkedQueue<>();

    /** How many are decided and not completed; whoever raises it from 0 starts the task. */
    private final AtomicInteger waiting = new AtomicInteger();

    Completer(Executor executor) {
        this.executor = executor;
    }

    void complete(Ask<?, ?, ?> ask) {
        decided.add(ask);
        if (waiting.getAndIncrement() == 0) {
            submit();
        }
    }

    /** For whoever is about to wait for an answer: if this thread completes answers, another one takes that over. */
    static void letGo() {
        Drain drain = RUNNING.get();
        if (drain != null) {
            drain.letGo();
        }
    }

    private void submit() {
        Drain drain = new Drain();
        try {
            executor.execute(drain);
        } catch (RuntimeException e) {
            // A server that is full (a RejectedExecutionException) or going down (others too). CompletableFuture's own
            // default still keeps the owner's thread free.
            ForkJoinPool.commonPool().execute(drain);
        }
    }

    /** The task that completes answers, and with them runs the callbacks of callers. */
    private final class Drain implements Runnable {
        private int done;
        private boolean over;

        @Override
        public void run() {
            RUNNING.set(this);
            try {
                while (!over && done < BATCH) {
                    next();
                }
            } finally {
                RUNNING.remove();
            }
            if (!over && waiting.addAndGet(-done) > 0) {
                submit(); // lets others have the thread
            }
        }

        private void next() {
            Ask<?, ?, ?> ask = decided.poll();
            if (ask != null) {
                ask.complete();
                done++;
            } else if (waiting.addAndGet(-done) == 0) {
                over = true;
            } else {
                done = 0;
                Thread.onSpinWait(); // the next one is being decided
            }
        }

        /** Called by a callback, out of {@link Ask#complete}. */
        void letGo() {
            if (!over) {
                over = true;
                if (waiting.addAndGet(-(done + 1)) > 0) {
                    submit();
                }
            }
        }
    }
}
