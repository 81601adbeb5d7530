package dev.heirloom.manager;

import static dev.heirloom.manager.Probe.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.Deployments;
import dev.heirloom.TableSpec;
import dev.heirloom.manager.SoakIT.Tables.Entry;
import dev.heirloom.ownership.Sabotage;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.supervision.RestartPolicy;
import dev.heirloom.table.Failpoint;
import dev.heirloom.table.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Callers at full speed while owners die in every way at every failpoint: nothing acknowledged is ever lost. */
@ExtendWith(ArquillianExtension.class)
class SoakIT {
    private static final int CALLERS = 3;
    private static final List<Sabotage.How> WAYS = List.of(Sabotage.How.values());
    private static final List<Failpoint> POINTS = List.of(Failpoint.values());

    /** The table: accounts whose sum is always 0, and a journal row for each caller. */
    @ApplicationScoped
    public static class Tables {
        /**
         * An account (only {@code value} counts) or what a caller has done: {@code value} is how many of its requests
         * were applied, {@code lastRequest} the number of the last of them.
         */
        public record Entry(String key, long value, long lastRequest) {}

        static final int ACCOUNTS = 8;

        @Produces
        static final TableSpec<String, Entry> SOAK = TableSpec.set("soak", Entry.class, Entry::key)
                .timeout(Duration.ofMillis(300))
                .restart(RestartPolicy.DEFAULT
                        .withIntensity(Integer.MAX_VALUE, Duration.ofMillis(1))
                        .withBackoff(Duration.ofNanos(1000), Duration.ofMillis(1)));
    }

    @Inject
    TableManager manager;

    @Inject
    TableRef<String, Entry> table;

    @Inject
    @ConfigProperty(name = "heirloom.soak.seconds")
    @SuppressWarnings("NullAway.Init")
    Long seconds;

    private volatile boolean over;

    @Deployment
    static WebArchive deployment() {
        String settings = "heirloom.soak.seconds=" + Long.getLong("heirloom.soak.seconds", 60);
        return Deployments.bundled(
                        SoakIT.class, SoakCaller.class, Probe.class, SupervisedTables.Item.class, Expected.class)
                .addAsResource(new StringAsset(settings), "META-INF/microprofile-config.properties");
    }

    @Test
    void ownersThatDie_loseNothing() throws Exception {
        long seed = System.nanoTime();
        Logger log = Logger.getLogger("dev.heirloom");
        Level level = log.getLevel();
        log.setLevel(Level.SEVERE); // thousands of deaths are a line each
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<SoakCaller> callers = new ArrayList<>();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                SoakCaller caller = new SoakCaller(table, "caller " + i, new Random(seed + i));
                callers.add(caller);
                running.add(threads.submit(during(caller)));
            }
            running.add(threads.submit(during(this::readSnapshot)));
            running.add(threads.submit(during(this::readStream)));

            long deaths = killOwners(new Random(seed - 1));

            over = true;
            for (Future<?> each : running) {
                each.get(1, TimeUnit.MINUTES);
            }
            for (SoakCaller caller : callers) {
                caller.verify();
            }
            assertThat(sum(table.stream())).isZero();
            await().until(() -> manager.status("soak").isOwned());
            TableStatus status = manager.status("soak");
            assertThat(status.handOvers()).isEqualTo(deaths + 1);
            assertThat(status.restarts()).isEqualTo(deaths);
            await().until(() -> manager.status("soak").zombies().isEmpty());
            System.out.println("Soak, seed " + seed + ": " + deaths + " deaths; " + callers);
        } catch (Throwable t) {
            throw new AssertionError("seed " + seed, t);
        } finally {
            over = true;
            log.setLevel(level);
            threads.shutdownNow();
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    /** Kills one owner after the other, each once it is there, and says how many died. */
    private long killOwners(Random random) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long deaths = 0;
        while (System.nanoTime() - end < 0) {
            Sabotage.How how = pick(WAYS, random);
            if (how == Sabotage.How.HANG && random.nextInt(10) > 0) {
                how = Sabotage.How.ERROR; // to hang takes as long as the deadline, so it comes less often
            }
            Sabotage sabotage = new Sabotage(how, pick(POINTS, random));
            manager.crash("soak", sabotage);
            await().pollInterval(Duration.ofMillis(1)).until(sabotage::isDone);
            deaths++;
            long expected = deaths + 1;
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> manager.status("soak").handOvers() >= expected);
        }
        return deaths;
    }

    private static <T> T pick(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private Callable<Void> during(Runnable step) {
        return () -> {
            while (!over) {
                step.run();
            }
            return null;
        };
    }

    private void readSnapshot() {
        try (Snapshot<String, Entry> snapshot = table.snapshot()) {
            long sum = 0;
            for (int i = 0; i < Tables.ACCOUNTS; i++) {
                sum += snapshot.find(SoakCaller.account(i)).map(Entry::value).orElse(0L);
            }
            assertThat(sum).as("of a snapshot").isZero();
            assertThat(sum(snapshot.stream())).as("of the rows of a snapshot").isZero();
        }
    }

    private void readStream() {
        try (Stream<Entry> rows = table.stream()) {
            assertThat(sum(rows)).as("of a stream").isZero();
        }
    }

    private static long sum(Stream<Entry> rows) {
        return rows.filter(entry -> entry.key().startsWith("account"))
                .mapToLong(Entry::value)
                .sum();
    }
}
