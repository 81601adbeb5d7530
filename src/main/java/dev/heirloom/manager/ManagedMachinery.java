package dev.heirloom.manager;

import dev.heirloom.ownership.RequestTracing;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedExecutors;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedTask;
import jakarta.enterprise.concurrent.ManagedTaskListener;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The managed executors and the CDI events of a Jakarta EE server. Thread-safe. */
final class ManagedMachinery implements Machinery {
    private static final System.Logger LOG = System.getLogger(ManagedMachinery.class.getName());

    /** A round of the watchdog this late says more about the JVM than about the owners: they get another round. */
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Delays are waited for in pieces, so that what was cancelled soon leaves the queue of the server. */
    private static final long PIECE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ManagedExecutorService executor;
    private final ManagedScheduledExecutorService scheduler;
    private final BeanManager beans;
    private final Event<TableEvent> events;
    private final EventLog log;
    private final @Nullable RequestTracing tracing;
    private final NotificationOptions delivery;
    private final Set<Delay> delays = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;
    private volatile boolean silent;
    private volatile @Nullable Future<?> ticks;
    private long lastTick = System.nanoTime();

    /**
     * @param executor runs the owners
     * @param callbacks runs the observers of events
     */
    ManagedMachinery(
            ManagedExecutorService executor,
            ManagedScheduledExecutorService scheduler,
            Executor callbacks,
            BeanManager beans,
            Event<TableEvent> events,
            EventLog log,
            @Nullable RequestTracing tracing) {
        this.executor = executor;
        this.scheduler = scheduler;
        this.beans = beans;
        this.events = events;
        this.log = log;
        this.tracing = tracing;
        this.delivery = NotificationOptions.ofExecutor(callbacks);
    }

    @Override
    public Runnable submit(ConsumerTask<?, ?> task) {
        Map<String, String> properties =
                Map.of(ManagedTask.IDENTITY_NAME, task.name(), ManagedTask.LONGRUNNING_HINT, "true");
        Future<?> future = executor.submit(ManagedExecutors.managedTask(task, properties, new Listener(task)));
        return () -> future.cancel(true);
    }

    @Override
    public void schedule(Runnable action, long delayNanos) {
        new Delay(action, System.nanoTime() + delayNanos).await();
    }

    @Override
    public EventLog events() {
        return log;
    }

    @Override
    public @Nullable RequestTracing tracing() {
        return tracing;
    }

    @Override
    public void fire(TableEvent event) {
        if (silent) {
            return;
        }
        try {
            if (!beans.resolveObserverMethods(event).isEmpty()) {
                var unused = events.fireAsync(event, delivery);
            }
        } catch (RuntimeException e) { // full, or going down: nobody hears of it, but the table goes on
            LOG.log(Level.WARNING, "Event not delivered: {0} ({1})", event, e.toString());
        }
    }

    /** Calls back in even intervals, saying whether this round is in time; until {@link #stop}. */
    void everyTick(long nanos, Consumer<Boolean> tick) {
        ticks = scheduler.scheduleAtFixedRate(
                () -> {
                    long now = System.nanoTime();
                    boolean inTime = now - lastTick < LATE_NANOS;
                    lastTick = now;
                    tick.accept(inTime);
                },
                nanos,
                nanos,
                TimeUnit.NANOSECONDS);
    }

    /** Ends the ticks, and what is not due by now. */
    void stop() {
        stopped = true;
        Future<?> running = ticks;
        if (running != null) {
            running.cancel(false);
        }
        delays.forEach(Delay::cancel);
    }

    /** Says that the application is about to be gone: nobody can be told any more of what zombies do. */
    void fallSilent() {
        silent = true;
    }

    /** An action that is due at a time. */
    private final class Delay implements Runnable {
        private final Runnable action;
        private final long due;
        private volatile @Nullable Future<?> piece;

        Delay(Runnable action, long due) {
            this.action = action;
            this.due = due;
        }

        void await() {
            delays.add(this);
            try {
                long nanos = Math.min(Math.max(due - System.nanoTime(), 0), PIECE_NANOS);
                piece = scheduler.schedule(this, nanos, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException | IllegalStateException e) { // the server is going down
                delays.remove(this);
                LOG.log(Level.DEBUG, "Not scheduled", e);
            }
        }

        @Override
        public void run() {
            delays.remove(this);
            if (due - System.nanoTime() <= 0) {
                action.run();
            } else if (!stopped) {
                await();
            }
        }

        void cancel() {
            Future<?> waiting = piece;
            if (waiting != null) {
                waiting.cancel(false);
            }
        }
    }

    /**
     * Hears of the end of a task. What it is told may come twice (after a cancel, on the caller's thread and again when
     * the task has ended), or before the thread has ended; the custodian counts the first for each epoch.
     */
    private record Listener(ConsumerTask<?, ?> task) implements ManagedTaskListener {
        @Override
        public void taskSubmitted(Future<?> future, ManagedExecutorService executor, Object submitted) {}

        @Override
        public void taskStarting(Future<?> future, ManagedExecutorService executor, Object starting) {}

        @Override
        public void taskAborted(
                Future<?> future, ManagedExecutorService executor, Object aborted, @Nullable Throwable exception) {
            task.done(exception);
        }

        @Override
        public void taskDone(
                Future<?> future, ManagedExecutorService executor, Object done, @Nullable Throwable exception) {
            Throwable cause = exception instanceof ExecutionException ? exception.getCause() : null;
            task.done(cause == null ? exception : cause);
        }
    }
}
