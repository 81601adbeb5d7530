package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.ownership.Order;
import dev.heirloom.ownership.RequestTracing;
import dev.heirloom.ownership.Sabotage;
import dev.heirloom.ownership.TableRef;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Local;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Owns the tables of an application between their owners. It finds the specs among the CDI beans, creates their tables,
 * hands each to a consumer on a managed thread, inherits it when that ends, and hands it to the next.
 *
 * <p>Thread-safe. It runs no code of the user's and never blocks, but for a bounded wait for its owners to end when the
 * application is stopped.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@LocalBean
@Local(Tables.class)
public class TableManager implements Tables {
    /** The JNDI name of the managed executor that runs the owners. */
    static final String EXECUTOR = "heirloom.executor";

    /** The JNDI name of the managed scheduled executor for delays and deadlines. */
    static final String SCHEDULED_EXECUTOR = "heirloom.scheduled-executor";

    /** Where tables are kept that are to survive the process; relative to the working directory of the server. */
    static final String DATA_DIRECTORY = "heirloom.data-dir";

    private static final String STANDARD_EXECUTOR = "java:comp/DefaultManagedExecutorService";
    private static final System.Logger LOG = System.getLogger(TableManager.class.getName());
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Duration STREAMS_GRACE = Duration.ofSeconds(1);
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    @Inject
    @SuppressWarnings("NullAway.Init")
    private BeanManager beans;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Event<TableEvent> events;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Event<ManagerStarted> start;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Config config;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private DeployedSpecs specs;

    /** Empty where the server has no MicroProfile Telemetry. */
    @Inject
    @SuppressWarnings("NullAway.Init")
    private Instance<OpenTelemetry> telemetry;

    private volatile @Nullable Streams streams;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile @Nullable ManagedMachinery machinery;
    private volatile @Nullable Catalog catalog;

    /** Runs what may block and is nothing of an owner's. */
    private volatile @Nullable Executor others;

    @PostConstruct
    void start() {
        try {
            ManagedExecutorService executor = lookup(EXECUTOR, STANDARD_EXECUTOR, ManagedExecutorService.class);
            ManagedScheduledExecutorService scheduler = lookup(
                    SCHEDULED_EXECUTOR,
                    "java:comp/DefaultManagedScheduledExecutorService",
                    ManagedScheduledExecutorService.class);
            // Code of callers and observers: it must neither wait for the threads that owners keep nor keep theirs.
            ManagedExecutorService free = lookup(STANDARD_EXECUTOR, ManagedExecutorService.class);
            others = free;
            Executor callbacks = task -> execute(free, task);
            EventSettings settings = new EventSettings(config);
            ManagedMachinery started =
                    new ManagedMachinery(executor, scheduler, callbacks, beans, events, settings.log(), tracing());
            streams = new Streams(started, callbacks, settings.limits());
            machinery = started;
            Catalog tables = new Catalog(
                    new CdiConsumers(beans, specs), started, callbacks, new Safe(this::dataDirectory, callbacks));
            catalog = tables;
            problems.addAll(specs.problems());
            specs.all().forEach(tables::add);
            tables.custodians().forEach(Custodian::open);
            started.everyTick(TICK_NANOS, tables::tick);
            start.fireAsync(new ManagerStarted(), NotificationOptions.ofExecutor(callbacks))
                    .whenComplete((event, failure) -> {
                        if (failure != null) {
                            LOG.log(Level.ERROR, "Somebody failed at the start of the table manager", failure);
                        }
                    });
        } catch (RuntimeException | NamingException e) { // a bean that throws here is gone for good
            problems.add("the table manager did not start: " + e);
            LOG.log(Level.ERROR, "The table manager did not start", e);
        }
        problems.forEach(problem -> LOG.log(Level.ERROR, problem));
    }

    /**
     * Ends the tables while the application is still whole. At the {@code @PreDestroy} of an EJB in a web application
     * the server may have closed its class loader, which then gives no class that was not needed before.
     *
     * @param application the context that is about to end
     */
    public void beforeEnd(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
        stop();
    }

    @PreDestroy
    void stop() {
        if (stopped.getAndSet(true)) {
            return;
        }
        Streams open = streams;
        if (open != null) {
            open.stop(STREAMS_GRACE);
        }
        if (machinery != null) {
            machinery.stop();
        }
        Catalog tables = catalog;
        if (tables != null) {
            end(tables);
        }
    }

    private void end(Catalog tables) {
        tables.close();
        long end = System.nanoTime() + GRACE_NANOS;
        while (!tables.zombies().isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        try {
            tables.flush();
        } catch (IOException e) {
            LOG.log(Level.ERROR, "The data directory was not closed: {0}", e.getMessage());
        }
        if (machinery != null) {
            machinery.fallSilent();
        }
        tables.zombies().forEach(name -> LOG.log(Level.WARNING, "Left running, for it does not end: {0}", name));
    }

    @Override
    public <K, R> TableRef<K, R> create(TableSpec<K, R> spec) {
        return catalog().create(spec);
    }

    @Override
    public <K, R> TableRef<K, R> ref(TableSpec<K, R> spec) {
        return catalog().ref(spec);
    }

    @Override
    public Optional<TableRef<?, ?>> find(String name) {
        return catalog().find(name);
    }

    @Override
    public List<String> names() {
        return catalog().names();
    }

    @Override
    public TableStatus status(String name) {
        return catalog().status(name);
    }

    @Override
    public TableSpec<?, ?> spec(String name) {
        return catalog().spec(name);
    }

    @Override
    public boolean isKept(String name) {
        return catalog().isKept(name);
    }

    @Override
    public void delete(String name) {
        catalog().delete(name);
    }

    @Override
    public void rename(String name, String newName) {
        catalog().rename(name, newName);
    }

    /** What can be said of every table, in the order of their names. */
    public List<TableStatus> statuses() {
        Catalog tables = catalog;
        return tables == null ? List.of() : tables.statuses();
    }

    /** What is wrong with what was deployed, in words; empty if nothing is. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /**
     * The type of the keys of a table as the bean of its spec declares it; empty if it was made at run time.
     *
     * @throws NoSuchTableException if there is no table of that name
     */
    public Optional<Type> keyType(String table) {
        return specs.keyType(catalog().spec(table));
    }

    /**
     * Makes the owner of a table fail, in its next request that comes by the failpoint.
     *
     * @return whether there is a table of that name
     */
    public boolean crash(String table, Sabotage sabotage) {
        return catalog().ifPresent(table, custodian -> custodian.arm(sabotage));
    }

    /**
     * Has a table that is orphaned, or without an owner for another reason, offered to its consumer again.
     *
     * @return whether there is a table of that name
     */
    public boolean revive(String table) {
        return catalog().ifPresent(table, Custodian::revive);
    }

    /**
     * A table for those who work with any.
     *
     * @throws NoSuchTableException if there is no table of that name
     */
    public TableHandle<?, ?> handle(String table) {
        return catalog().handle(table);
    }

    /**
     * Has something that may block run on a managed thread that is none of an owner's.
     *
     * @return false if the server has no thread for it
     */
    public boolean execute(Runnable task) {
        Executor threads = others;
        try {
            if (threads != null) {
                threads.execute(task);
                return true;
            }
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "Rejected", e);
        }
        return false;
    }

    /**
     * Has the owner of a table give it to another consumer, between two requests.
     *
     * @return fails with a {@link dev.heirloom.ownership.GiveAwayRefusedException}, or with a {@link
     *     dev.heirloom.ownership.NoOwnerException} if nobody owns it
     * @throws NoSuchTableException if there is no table of that name
     */
    public CompletionStage<@Nullable Void> giveAway(String table, String to) {
        return catalog().custodian(table).giveAway(to);
    }

    /**
     * Has the owner of a table end between two requests, and its successor start: at once, and not counted as a failure.
     *
     * @return fails with a {@link dev.heirloom.ownership.NoOwnerException} if nobody owns it
     * @throws NoSuchTableException if there is no table of that name
     */
    public CompletionStage<@Nullable Void> restart(String table) {
        return catalog().custodian(table).tell(Order.restart());
    }

    /**
     * What happened to the ownership of a table last, the oldest first.
     *
     * @throws NoSuchTableException if there is no table of that name
     */
    public List<LoggedEvent> history(String table) {
        return catalog().custodian(table).history();
    }

    /**
     * What is counted of a table.
     *
     * @throws NoSuchTableException if there is no table of that name
     */
    public TableFigures figures(String table) {
        return catalog().custodian(table).figures();
    }

    /**
     * What tells a table from all others that had, or will have, its name: also after a new start.
     *
     * @throws NoSuchTableException if there is no table of that name
     */
    public String identity(String table) {
        return catalog().custodian(table).id();
    }

    /** The latest events of all tables. */
    public EventLog events() {
        ManagedMachinery started = machinery;
        if (started == null) {
            throw new ManagerNotStartedException(problems);
        }
        return started.events();
    }

    /** Those who follow events or changes. */
    public Streams streams() {
        Streams open = streams;
        if (open == null) {
            throw new ManagerNotStartedException(problems);
        }
        return open;
    }

    /** Who follows requests; null where nobody traces. */
    private @Nullable RequestTracing tracing() {
        boolean off =
                config.getOptionalValue("otel.sdk.disabled", Boolean.class).orElse(true);
        return off || !telemetry.isResolvable() ? null : new RequestSpans(telemetry.get());
    }

    private Catalog catalog() {
        Catalog tables = catalog;
        if (tables == null) {
            throw new ManagerNotStartedException(problems);
        }
        return tables;
    }

    private static void execute(Executor first, Runnable task) {
        try {
            first.execute(task);
        } catch (RejectedExecutionException e) { // the server is full
            ForkJoinPool.commonPool().execute(task);
        }
    }

    private Path dataDirectory() {
        return Path.of(config.getOptionalValue(DATA_DIRECTORY, String.class).orElse("heirloom-data"));
    }

    private <T> T lookup(String setting, String standard, Class<T> type) throws NamingException {
        String name = config.getOptionalValue(setting, String.class).orElse(standard);
        try {
            return lookup(name, type);
        } catch (NamingException e) {
            if (name.equals(standard)) {
                throw e;
            }
            problems.add("no " + type.getSimpleName() + " at " + name + " (setting " + setting + "): " + standard
                    + " is used instead");
            return lookup(standard, type);
        }
    }

    @SuppressWarnings("BanJNDI") // only names of this server's own are looked up
    private static <T> T lookup(String name, Class<T> type) throws NamingException {
        if (name.startsWith("java:") || name.startsWith("concurrent/")) {
            Object found = InitialContext.doLookup(name);
            if (type.isInstance(found)) {
                return type.cast(found);
            }
        }
        throw new NamingException(name + " is no " + type.getSimpleName());
    }
}
