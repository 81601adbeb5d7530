package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.backup.Durability;
import dev.heirloom.ownership.OwnerDiedException;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.supervision.RestartPolicy;
import dev.heirloom.table.TableClosedException;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/**
 * An application that is busy when it is undeployed: a table under load, one that backs off for long, one whose owner
 * is busy while requests wait, a client that follows its events. It tells the driver through the system properties, which hold objects of the JDK only.
 */
@Singleton
@Startup
@DependsOn("TableManager")
public class RedeployedApplication {
    /** A {@code List<WeakReference<ClassLoader>>}: the class loader of each deployment. */
    static final String LOADERS = "heirloom.test.loaders";

    /** A {@code List<String>}: what became of requests that waited. */
    static final String OUTCOMES = "heirloom.test.outcomes";

    /** A {@code CountDownLatch} for which a stubborn request waits; without it there is none. */
    static final String STUBBORN = "heirloom.test.stubborn";

    /** A {@code List<String>}: what the durable table had at each deployment: the counts of the load, together. */
    static final String COUNTS = "heirloom.test.counts";

    private static final int LOAD = 2;
    private static final Duration LONG = Duration.ofMinutes(10);

    /** The rows. */
    public record Counter(Integer number, int count) {}

    /** Opens the API of Heirloom. */
    @ApplicationPath("api")
    public static class Api extends Application {}

    /** The tables. */
    @ApplicationScoped
    public static class Tables {
        @Produces
        static final TableSpec<Integer, Counter> BUSY =
                TableSpec.set("busy", Counter.class, Counter::number).durability(Durability.EVERY_SECOND);

        @Produces
        static final TableSpec<Integer, Counter> WAITING = TableSpec.set("waiting", Counter.class, Counter::number);

        @Produces
        static final TableSpec<Integer, Counter> BACKING_OFF = TableSpec.set(
                        "backing-off", Counter.class, Counter::number)
                .restart(RestartPolicy.DEFAULT.withBackoff(LONG, LONG));
    }

    @Inject
    @SuppressWarnings("NullAway.Init")
    private TableManager manager;

    @PostConstruct
    void start() {
        Properties system = System.getProperties();
        TableRef<Integer, Counter> busy = manager.ref(Tables.BUSY);
        int counted = busy.call(t -> t.stream().mapToInt(Counter::count).sum());
        RedeployedApplication.<String>shared(COUNTS).add(Integer.toString(counted));
        for (int i = 0; i < LOAD; i++) {
            int number = i;
            new Thread(() -> count(busy, number), "load " + i).start();
        }
        TableRef<Integer, Counter> backingOff = manager.ref(Tables.BACKING_OFF);
        for (int i = 0; i < 2; i++) { // the second restart waits
            boolean died = false;
            try {
                backingOff.call(t -> {
                    throw new Expected();
                });
            } catch (OwnerDiedException e) {
                died = true;
            }
            if (!died) {
                throw new IllegalStateException("the owner lives");
            }
        }
        TableRef<Integer, Counter> waiting = manager.ref(Tables.WAITING);
        CountDownLatch running = new CountDownLatch(1);
        Object stubborn = system.get(STUBBORN);
        var unused = waiting.ask(
                t -> {
                    running.countDown();
                    if (stubborn instanceof CountDownLatch latch) {
                        Scripted.awaitStubbornly(latch);
                    } else {
                        new CountDownLatch(1).await();
                    }
                    return 0;
                },
                LONG);
        try {
            running.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        List<String> outcomes = shared(OUTCOMES);
        for (int i = 0; i < 3; i++) {
            waiting.ask(t -> t.insert(new Counter(1, 1)), LONG)
                    .whenComplete((row, failure) -> outcomes.add(
                            failure == null ? "applied" : failure.getClass().getSimpleName()));
        }
        List<WeakReference<ClassLoader>> loaders = shared(LOADERS);
        loaders.add(new WeakReference<>(getClass().getClassLoader()));
    }

    private static void count(TableRef<Integer, Counter> busy, int number) {
        try {
            while (true) {
                busy.call(t -> t.insert(
                        new Counter(number, t.find(number).map(Counter::count).orElse(0) + 1)));
            }
        } catch (TableClosedException e) {
            System.getLogger(RedeployedApplication.class.getName()).log(Level.DEBUG, "The load ends", e);
        }
    }

    @SuppressWarnings("unchecked") // the driver has put it there
    private static <T> List<T> shared(String name) {
        return (List<T>) Objects.requireNonNull(System.getProperties().get(name), name);
    }
}
