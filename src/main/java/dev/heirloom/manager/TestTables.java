package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.ownership.ServingConsumer;
import dev.heirloom.ownership.SharedTable;
import dev.heirloom.ownership.TableConsumer;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.Failpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Working tables for unit tests, owners and supervision included, without a container:
 *
 * <pre>{@code
 * TableRef<String, Call> calls = TestTables.of(CALLS).ref(CALLS);
 * }</pre>
 *
 * <p>The owners run on daemon threads; {@link #close} ends them. Thread-safe.
 */
public final class TestTables implements AutoCloseable {
    private static final long TICK_MILLIS = 20;
    private static final long GRACE_MILLIS = 5_000;

    private final Map<String, Custodian<?, ?>> custodians = new HashMap<>();
    private final ThreadMachinery machinery;

    private TestTables(Function<Class<?>, ?> factory, Consumer<TableEvent> listener, TableSpec<?, ?>... specs) {
        machinery = new ThreadMachinery(listener);
        Executor callbacks = ForkJoinPool.commonPool();
        Consumers consumers = new PlainConsumers(factory);
        for (TableSpec<?, ?> spec : specs) {
            if (custodians.put(spec.name(), new Custodian<>(spec, consumers, machinery, callbacks)) != null) {
                throw new IllegalArgumentException("specs: two tables are called " + spec.name());
            }
        }
        custodians.values().forEach(Custodian::open);
        machinery.everyTick(() -> custodians.values().forEach(custodian -> custodian.tick(true)));
    }

    /** Tables whose consumers have constructors without parameters. */
    public static TestTables of(TableSpec<?, ?>... specs) {
        return of(TestTables::construct, event -> {}, specs);
    }

    /**
     * Tables whose consumers are made by a function.
     *
     * @param factory makes a consumer of the class; called on the owner's thread, once for each owner
     * @param listener is told of every change of ownership; called by any thread, must not block
     */
    public static TestTables of(
            Function<Class<?>, ?> factory, Consumer<TableEvent> listener, TableSpec<?, ?>... specs) {
        return new TestTables(factory, listener, specs);
    }

    /** A reference to the table of a spec. */
    @SuppressWarnings("unchecked") // the table was made from this very spec
    public <K, R> TableRef<K, R> ref(TableSpec<K, R> spec) {
        SharedTable<K, R> table = (SharedTable<K, R>) custodian(spec).table();
        return new TableRef<>(() -> table);
    }

    public TableStatus status(TableSpec<?, ?> spec) {
        return custodian(spec).status();
    }

    /**
     * Makes owners fail, from their next request on.
     *
     * @param hook is called at every failpoint that an owner passes: a {@link dev.heirloom.ownership.Sabotage} fails once
     */
    public void crash(TableSpec<?, ?> spec, Failpoint.Hook hook) {
        custodian(spec).arm(hook);
    }

    /** Has a table without an owner offered to its consumer again. */
    public void revive(TableSpec<?, ?> spec) {
        custodian(spec).revive();
    }

    /** Ends the tables, their owners and all threads; waits for owners that do not end for at most five seconds. */
    @Override
    public void close() {
        custodians.values().forEach(Custodian::close);
        machinery.stop(GRACE_MILLIS);
    }

    private Custodian<?, ?> custodian(TableSpec<?, ?> spec) {
        Custodian<?, ?> custodian = custodians.get(spec.name());
        if (custodian == null || !custodian.spec().equals(spec)) {
            throw new NoSuchTableException(spec.name(), custodians.keySet());
        }
        return custodian;
    }

    private static Object construct(Class<?> consumer) {
        try {
            var constructor = consumer.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "consumer: " + consumer.getName() + " cannot be made without parameters", e);
        }
    }

    /** The consumers that the specs name. */
    private record PlainConsumers(Function<Class<?>, ?> factory) implements Consumers {
        @Override
        public @Nullable String whyNotLive(TableSpec<?, ?> spec, String consumer) {
            return consumer.equals(ServingConsumer.NAME) || consumer.equals(spec.consumerName())
                    ? null
                    : "the consumer " + consumer + " is not deployed";
        }

        @Override
        @SuppressWarnings("unchecked") // the spec says so
        public <K, R> Incarnation<K, R> create(TableSpec<K, R> spec, String consumer) {
            Class<? extends TableConsumer<K, R>> type = spec.consumer();
            if (type == null || consumer.equals(ServingConsumer.NAME)) {
                return new Incarnation<>(new ServingConsumer<>(), () -> {});
            }
            return new Incarnation<>((TableConsumer<K, R>) factory.apply(type), () -> {});
        }
    }

    /** Plain threads instead of managed ones. */
    private static final class ThreadMachinery implements Machinery {
        private final ScheduledThreadPoolExecutor scheduler =
                new ScheduledThreadPoolExecutor(1, task -> daemon(task, "heirloom scheduler"));
        private final java.util.concurrent.ExecutorService owners =
                Executors.newCachedThreadPool(task -> daemon(task, "heirloom owner"));
        private final Consumer<TableEvent> listener;

        ThreadMachinery(Consumer<TableEvent> listener) {
            this.listener = listener;
        }

        @Override
        public Runnable submit(ConsumerTask<?, ?> task) {
            var future = owners.submit(() -> {
                Throwable failure = null;
                try {
                    task.call();
                } catch (Throwable t) {
                    failure = t;
                }
                task.done(failure);
            });
            return () -> future.cancel(true);
        }

        @Override
        public void schedule(Runnable action, long delayNanos) {
            try {
                var unused = scheduler.schedule(action, delayNanos, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                return; // closed: nothing is due any more
            }
        }

        @Override
        public void fire(TableEvent event) {
            listener.accept(event);
        }

        void everyTick(Runnable tick) {
            var unused = scheduler.scheduleAtFixedRate(tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }

        void stop(long graceMillis) {
            scheduler.shutdownNow();
            owners.shutdownNow();
            try {
                if (!owners.awaitTermination(graceMillis, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("an owner does not end");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static Thread daemon(Runnable task, String name) {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        }
    }
}
