package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.ownership.Order;
import dev.heirloom.ownership.ServingConsumer;
import dev.heirloom.ownership.TableConsumer;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.Failpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Working tables for unit tests, owners and supervision included, without a container:
 *
 * <pre>{@code
 * TableRef<String, Call> calls = TestTables.of(CALLS).ref(CALLS);
 * }</pre>
 *
 * <p>The owners run on daemon threads; {@link #close} ends them. Durable tables are kept in a temporary directory until
 * then, or for good {@link #in} another one. Thread-safe.
 */
public final class TestTables implements Tables, AutoCloseable {
    private static final long TICK_MILLIS = 20;
    private static final long GRACE_MILLIS = 5_000;

    /** Of durable tables; null for one that is gone when these tables are closed. */
    private final @Nullable Path directory;

    private @Nullable Path temporary;
    private final Catalog catalog;
    private final PlainConsumers consumers;
    private final ThreadMachinery machinery;

    private TestTables(
            @Nullable Path directory,
            Function<Class<?>, ?> factory,
            Consumer<TableEvent> listener,
            TableSpec<?, ?>... specs) {
        this.directory = directory;
        machinery = new ThreadMachinery(listener);
        consumers = new PlainConsumers(factory);
        catalog = new Catalog(consumers, machinery, machinery.helpers, new Safe(this::directory, machinery.helpers));
        for (TableSpec<?, ?> spec : specs) {
            catalog.add(spec);
        }
        catalog.custodians().forEach(Custodian::open);
        machinery.everyTick(() -> catalog.tick(true));
        awaitLoaded();
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
        return new TestTables(null, factory, listener, specs);
    }

    /** As {@link #of(TableSpec...)}; tables that are durable are kept in a directory. */
    public static TestTables in(Path directory, TableSpec<?, ?>... specs) {
        return new TestTables(directory, TestTables::construct, event -> {}, specs);
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
    public TableSpec<?, ?> spec(String name) {
        return catalog.spec(name);
    }

    @Override
    public boolean isKept(String name) {
        return catalog.isKept(name);
    }

    @Override
    public void delete(String name) {
        catalog.delete(name);
    }

    @Override
    public void rename(String name, String newName) {
        catalog.rename(name, newName);
    }

    /** As {@link TableManager#handle}. */
    public TableHandle<?, ?> handle(String name) {
        return catalog.handle(name);
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

    /** Has the owner end between two requests, and its successor start. */
    public CompletionStage<@Nullable Void> restart(TableSpec<?, ?> spec) {
        return catalog.custodian(spec).tell(Order.restart());
    }

    /** Has the owner give the table to another consumer, between two requests. */
    public CompletionStage<@Nullable Void> giveAway(TableSpec<?, ?> spec, String to) {
        return catalog.custodian(spec).giveAway(to);
    }

    /** What happened to the ownership of the table, the oldest first. */
    public List<LoggedEvent> history(TableSpec<?, ?> spec) {
        return catalog.custodian(spec).history();
    }

    /** The latest events of all tables. */
    public EventLog events() {
        return machinery.events();
    }

    /** What is counted of the table. */
    public TableFigures figures(TableSpec<?, ?> spec) {
        return catalog.custodian(spec).figures();
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
        try {
            catalog.flush();
            delete(temporary);
            temporary = null; // it may be closed again
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            machinery.helpers.shutdown();
        }
    }

    /** Lets durable tables be loaded, if that takes no longer than requests wait. */
    private void awaitLoaded() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
        while (catalog.statuses().stream().anyMatch(TableStatus::isLoading) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private Path directory() throws IOException {
        if (directory != null) {
            return directory;
        }
        temporary = Files.createTempDirectory("heirloom-tables");
        return temporary;
    }

    private static void delete(@Nullable Path whole) throws IOException {
        if (whole != null) {
            try (Stream<Path> all = Files.walk(whole)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
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
        private final java.util.concurrent.ExecutorService helpers =
                Executors.newCachedThreadPool(task -> daemon(task, "heirloom helper"));
        private final Consumer<TableEvent> listener;
        private final EventLog events = new EventLog(1_000, 1_000);

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
        public EventLog events() {
            return events;
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
