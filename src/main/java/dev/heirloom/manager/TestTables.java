package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.ownership.ServingConsumer;
import dev.heirloom.ownership.TableConsumer;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.Failpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
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
public final class TestTables implements Tables, AutoCloseable {
    private static final long TICK_MILLIS = 20;
    private static final long GRACE_MILLIS = 5_000;

    private final Catalog catalog;
    private final PlainConsumers consumers;
    private final ThreadMachinery machinery;

    private TestTables(Function<Class<?>, ?> factory, Consumer<TableEvent> listener, TableSpec<?, ?>... specs) {
        machinery = new ThreadMachinery(listener);
        consumers = new PlainConsumers(factory);
        catalog = new Catalog(consumers, machinery, ForkJoinPool.commonPool());
        for (TableSpec<?, ?> spec : specs) {
            catalog.add(spec);
        }
        catalog.custodians().forEach(Custodian::open);
        machinery.everyTick(() -> catalog.tick(true));
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

    /** Has a consumer be live that no spec names as its home: a heir, or one to which a table is given. */
    public TestTables deploy(Class<? extends TableConsumer<?, ?>> consumer) {
        consumers.add(consumer);
        return this;
    }

    /**
     * Has a consumer be live that no spec names as its home, under any name.
     *
     * @param factory makes the consumer; called on the owner's thread, once for each owner
     */
    public TestTables deploy(String consumer, Supplier<? extends TableConsumer<?, ?>> factory) {
        consumers.add(consumer, factory);
        return this;
    }

    /** Has a consumer that was deployed be live no more; owners that it has stay owners. */
    public TestTables undeploy(String consumer) {
        consumers.remove(consumer);
        return this;
    }

    @Override
    public <K, R> TableRef<K, R> create(TableSpec<K, R> spec) {
        return catalog.create(spec);
    }

    @Override
    public <K, R> TableRef<K, R> ref(TableSpec<K, R> spec) {
        return catalog.ref(spec);
    }

    @Override
    public Optional<TableRef<?, ?>> find(String name) {
        return catalog.find(name);
    }

    @Override
    public List<String> names() {
        return catalog.names();
    }

    @Override
    public TableStatus status(String name) {
        return catalog.status(name);
    }

    @Override
    public void delete(String name) {
        catalog.delete(name);
    }

    @Override
    public void rename(String name, String newName) {
        catalog.rename(name, newName);
    }

    public TableStatus status(TableSpec<?, ?> spec) {
        return catalog.custodian(spec).status();
    }

    /**
     * Makes owners fail, from their next request on.
     *
     * @param hook is called at every failpoint that an owner passes: a {@link dev.heirloom.ownership.Sabotage} fails once
     */
    public void crash(TableSpec<?, ?> spec, Failpoint.Hook hook) {
        catalog.custodian(spec).arm(hook);
    }

    /** Has a table without an owner offered to its consumer again. */
    public void revive(TableSpec<?, ?> spec) {
        catalog.custodian(spec).revive();
    }

    /** Ends the tables, their owners and all threads; waits for owners that do not end for at most five seconds. */
    @Override
    public void close() {
        catalog.close();
        machinery.stop(GRACE_MILLIS);
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

    /** The consumers that the specs name, and those that were deployed besides. */
    private static final class PlainConsumers implements Consumers {
        private final Function<Class<?>, ?> factory;
        private final Map<String, Supplier<?>> deployed = new ConcurrentHashMap<>();

        PlainConsumers(Function<Class<?>, ?> factory) {
            this.factory = factory;
        }

        void add(Class<?> consumer) {
            add(consumer.getSimpleName(), () -> factory.apply(consumer));
        }

        void add(String consumer, Supplier<?> making) {
            deployed.put(consumer, making);
        }

        void remove(String consumer) {
            deployed.remove(consumer);
        }

        @Override
        public @Nullable String whyNotLive(TableSpec<?, ?> spec, String consumer) {
            return consumer.equals(ServingConsumer.NAME)
                            || consumer.equals(spec.consumerName())
                            || deployed.containsKey(consumer)
                    ? null
                    : "the consumer " + consumer + " is not deployed";
        }

        @Override
        @SuppressWarnings("unchecked") // the spec says so, or the test
        public <K, R> Incarnation<K, R> create(TableSpec<K, R> spec, String consumer) {
            Class<?> home = spec.consumer();
            if (home != null && consumer.equals(spec.consumerName())) {
                return new Incarnation<>((TableConsumer<K, R>) factory.apply(home), () -> {});
            }
            Supplier<?> making = deployed.get(consumer); // not there: the built-in one, or undeployed a moment ago
            TableConsumer<K, R> made = making == null ? new ServingConsumer<>() : (TableConsumer<K, R>) making.get();
            return new Incarnation<>(made, () -> {});
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
                    throw new OwnerNotEndedException();
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
