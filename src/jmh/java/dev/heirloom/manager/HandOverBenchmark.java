package dev.heirloom.manager;

import dev.heirloom.Deployments;
import dev.heirloom.TableSpec;
import dev.heirloom.ownership.OwnedTable;
import dev.heirloom.ownership.OwnerDiedException;
import dev.heirloom.ownership.Requests;
import dev.heirloom.ownership.TableConsumer;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.ownership.Transfer;
import dev.heirloom.supervision.RestartPolicy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How long a table is without an owner, on the real server: from the moment a request's function throws an {@link Error}
 * on the owner's thread, to the moment the next incarnation of the consumer is given the table. Run it by {@code mvn
 * -Pbench verify}.
 *
 * <p>Small and large tables take turns, with the server's logging as it is (a line for each death and each hand-over)
 * and without, so that what else the machine does hits all of them. So does what no hand-over can be faster than: a task
 * of the same managed executor that does nothing but submit the next one.
 */
@ExtendWith(ArquillianExtension.class)
class HandOverBenchmark {
    private static final int ROUNDS = Integer.getInteger("heirloom.bench.rounds", 7);
    private static final int DEATHS = Integer.getInteger("heirloom.bench.deaths", 1_000);
    private static final int WARM_UP = Integer.getInteger("heirloom.bench.warm-up", 4_000);
    private static final int SMALL = 10;
    private static final int LARGE = 1_000_000;

    @Deployment(testable = false)
    static WebArchive deployment() {
        return Deployments.bundled(
                HandOverBenchmark.class, Tables.class, Row.class, Stamping.class, Killer.class, Restarts.class);
    }

    @ArquillianResource
    @SuppressWarnings("NullAway.Init")
    URL server;

    private record Case(int rows, boolean logging) {
        static final Case BARE_EXECUTOR = new Case(0, false);

        String query() {
            return equals(BARE_EXECUTOR) ? "submit" : "kill=" + rows + "&logging=" + logging;
        }

        @Override
        public String toString() {
            return equals(BARE_EXECUTOR)
                    ? "the executor alone"
                    : String.format(Locale.ROOT, "%,d rows, %s", rows, logging ? "logging" : "no log");
        }
    }

    @Test
    @RunAsClient
    void fromDeathToSuccessor() throws Exception {
        for (int rows : List.of(SMALL, LARGE)) {
            get("load=" + rows);
        }
        List<Case> cases = List.of(
                new Case(SMALL, true),
                new Case(LARGE, true),
                new Case(SMALL, false),
                new Case(LARGE, false),
                Case.BARE_EXECUTOR);
        for (Case each : cases) {
            kill(each, WARM_UP);
        }
        Map<Case, List<long[]>> rounds = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Case each : cases) {
                rounds.computeIfAbsent(each, none -> new ArrayList<>()).add(kill(each, DEATHS));
            }
        }
        print(rounds);
    }

    private long[] kill(Case each, int deaths) throws Exception {
        String nanos = get(each.query() + "&times=" + deaths);
        return nanos.lines().mapToLong(Long::parseLong).sorted().toArray();
    }

    private String get(String query) throws Exception {
        URI uri = URI.create(server + "hand-over?" + query);
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(uri + " answers " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    private static void print(Map<Case, List<long[]>> rounds) {
        String format = "%-24s %7s %8s %8s %8s %8s   %-17s %s%n";
        StringBuilder out = new StringBuilder();
        out.append(String.format("%nHand-over, from death to successor (µs); %s%n", machine()));
        out.append(String.format(
                Locale.ROOT, format, "", "times", "p50", "p90", "p99", "max", "p50 by round", "p99 by round"));
        rounds.forEach((each, times) -> {
            long[] all = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            out.append(String.format(
                    Locale.ROOT,
                    format,
                    each,
                    all.length,
                    micros(percentile(all, 0.50)),
                    micros(percentile(all, 0.90)),
                    micros(percentile(all, 0.99)),
                    micros(all[all.length - 1]),
                    spread(times, 0.50),
                    spread(times, 0.99)));
        });
        out.append("aims: p50 <= 60, p99 <= 500, the same for both sizes\n");
        System.out.println(out);
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("java.vm.name") + " "
                + Runtime.version() + ", " + System.getProperty("os.name");
    }

    private static String spread(List<long[]> rounds, double quantile) {
        LongStream each = rounds.stream().mapToLong(round -> percentile(round, quantile));
        long[] sorted = each.sorted().toArray();
        return micros(sorted[0]) + " to " + micros(sorted[sorted.length - 1]);
    }

    private static long percentile(long[] sorted, double quantile) {
        return sorted[Math.min(sorted.length - 1, (int) (sorted.length * quantile))];
    }

    private static String micros(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1_000.0);
    }

    // ---- what runs in the server ----

    /** A row of the tables. */
    public record Row(long id, long value) {}

    /** The tables. Owners die all the time, which here is no reason to wait or to give up. */
    @ApplicationScoped
    public static class Tables {
        @Produces
        @dev.heirloom.Table("rows-" + SMALL)
        static final TableSpec<Long, Row> SMALL_TABLE = spec(SMALL);

        @Produces
        @dev.heirloom.Table("rows-" + LARGE)
        static final TableSpec<Long, Row> LARGE_TABLE = spec(LARGE);

        private static TableSpec<Long, Row> spec(int rows) {
            return TableSpec.set("rows-" + rows, Row.class, Row::id)
                    .consumer(Stamping.class)
                    .restart(Restarts.ALWAYS_AND_AT_ONCE);
        }
    }

    /** How owners are restarted here. */
    static final class Restarts {
        static final RestartPolicy ALWAYS_AND_AT_ONCE = RestartPolicy.DEFAULT
                .withIntensity(Integer.MAX_VALUE, Duration.ofMillis(10))
                .withCalm(Duration.ofNanos(1));

        private Restarts() {}
    }

    /** Serves requests as the built-in consumer does, and says when it was given the table. */
    @Dependent
    public static class Stamping implements TableConsumer<Long, Row> {
        static volatile long diedAt;
        static volatile long acceptedAt;

        @Override
        public void accept(OwnedTable<Long, Row> table, Transfer transfer) {
            acceptedAt = System.nanoTime();
        }

        @Override
        public void consume(OwnedTable<Long, Row> table, Requests requests) throws InterruptedException {
            while (table.isOwned()) {
                requests.serve(Duration.ofDays(1));
            }
        }
    }

    /** Fills tables and kills their owners, one after the other. */
    @WebServlet("/hand-over")
    public static class Killer extends HttpServlet {
        private static final long serialVersionUID = 1;
        private static final Logger LOGGER = Logger.getLogger("dev.heirloom");
        private static final int BATCH = 10_000;
        private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

        @Inject
        @SuppressWarnings("NullAway.Init")
        private transient TableManager manager;

        @Resource
        @SuppressWarnings("NullAway.Init")
        private transient ManagedExecutorService executor;

        private static volatile long submittedAt;
        private static volatile long startedAt;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            String load = request.getParameter("load");
            if (load != null) {
                load(Integer.parseInt(load));
                return;
            }
            int times = Integer.parseInt(request.getParameter("times"));
            PrintWriter writer = response.getWriter();
            if (request.getParameter("submit") != null) {
                LongStream.of(submit(times)).forEach(writer::println);
                return;
            }
            Level before = LOGGER.getLevel();
            LOGGER.setLevel(Boolean.parseBoolean(request.getParameter("logging")) ? before : Level.OFF);
            try {
                int rows = Integer.parseInt(request.getParameter("kill"));
                LongStream.of(kill(ref(rows), times)).forEach(writer::println);
            } finally {
                LOGGER.setLevel(before);
            }
        }

        private TableRef<Long, Row> ref(int rows) {
            return manager.ref(rows == SMALL ? Tables.SMALL_TABLE : Tables.LARGE_TABLE);
        }

        private void load(int rows) {
            TableRef<Long, Row> table = ref(rows);
            for (int from = 0; from < rows; from += BATCH) {
                int first = from;
                int end = Math.min(rows, from + BATCH);
                table.call(t -> {
                    for (long id = first; id < end; id++) {
                        t.insert(new Row(id, id));
                    }
                    return end;
                });
            }
        }

        private long[] submit(int times) {
            long[] nanos = new long[times];
            for (int i = 0; i < times; i++) {
                startedAt = 0;
                executor.execute(() -> {
                    submittedAt = System.nanoTime();
                    executor.execute(() -> startedAt = System.nanoTime());
                });
                do {
                    LockSupport.parkNanos(PAUSE_NANOS);
                } while (startedAt == 0);
                nanos[i] = startedAt - submittedAt;
            }
            return nanos;
        }

        private static long[] kill(TableRef<Long, Row> table, int deaths) {
            long[] nanos = new long[deaths];
            for (int i = 0; i < deaths; i++) {
                Stamping.acceptedAt = 0;
                try {
                    table.call(t -> {
                        t.insert(new Row(1, 1));
                        AssertionError death = new AssertionError("wanted by the benchmark");
                        Stamping.diedAt = System.nanoTime();
                        throw death;
                    });
                } catch (OwnerDiedException expected) {
                    // that is what is measured
                }
                do {
                    LockSupport.parkNanos(PAUSE_NANOS); // also lets the successor come to rest
                } while (Stamping.acceptedAt == 0);
                nanos[i] = Stamping.acceptedAt - Stamping.diedAt;
            }
            return nanos;
        }
    }
}
