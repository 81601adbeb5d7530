package dev.heirloom;

import dev.heirloom.manager.TestTables;
import dev.heirloom.ownership.TableRef;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/**
 * What it costs to have the owner of a table overwrite a row, next to a plain hand-off to the thread of an executor,
 * and to a write straight into a map; and to read a row past the owner, which is counted, next to the map. Each is of a
 * random row of as many as {@code rows} says.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class AskBenchmark {
    /** How many requests are under way at a time when they are pipelined; less than a mailbox holds. */
    private static final int WINDOW = 4_096;

    private static final Duration IDLE = Duration.ofSeconds(10);

    private static final TableSpec<Long, Row> ROWS = TableSpec.set("rows", Row.class, Row::id);

    /** What the table holds. */
    public record Row(long id, long value) {}

    @Param({"1000", "1000000"})
    @SuppressWarnings("NullAway.Init")
    public int rows;

    private @Nullable TestTables tables;
    private @Nullable ExecutorService executor;

    @SuppressWarnings("NullAway.Init")
    private TableRef<Long, Row> table;

    private final ConcurrentMap<Long, Row> map = new ConcurrentHashMap<>();
    private final Pipeline pipeline = new Pipeline();

    @Setup(Level.Trial)
    public void fill() {
        tables = TestTables.of(ROWS);
        table = tables.ref(ROWS);
        executor = singleThread();
        for (long id = 0; id < rows; id++) {
            Row row = new Row(id, id);
            map.put(id, row);
            table.call(t -> t.insert(row));
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        if (tables != null) {
            tables.close();
        }
        if (executor != null) {
            executor.shutdownNow();
        }
    }

    @TearDown(Level.Iteration)
    public void drain() {
        pipeline.drain();
    }

    /** Back to back: each waits for its answer. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public Row call() {
        Row row = anyRow();
        return table.call(t -> t.insert(row));
    }

    /** The same by a thread of an executor, which writes to a map. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public @Nullable Row executorCall() throws Exception {
        Row row = anyRow();
        return submit(row).get();
    }

    /** The cost of nothing but the write, without an owner. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public @Nullable Row directPut() {
        Row row = anyRow();
        return map.put(row.id(), row);
    }

    /** Past the owner. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public Optional<Row> find() {
        return table.find(anyId());
    }

    /** The same of the map. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public @Nullable Row directGet() {
        return map.get(anyId());
    }

    /** Pipelined: many under way. */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    public void ask() {
        Row row = anyRow();
        pipeline.put(table.ask(t -> t.insert(row)).toCompletableFuture());
    }

    /** The same by a thread of an executor, which writes to a map. */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    public void executorAsk() {
        pipeline.put(submit(anyRow()));
    }

    /** The write without an owner. */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    public @Nullable Row directPuts() {
        Row row = anyRow();
        return map.put(row.id(), row);
    }

    private Long anyId() {
        return (long) ThreadLocalRandom.current().nextInt(rows);
    }

    private Row anyRow() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new Row(random.nextInt(rows), random.nextInt());
    }

    private Future<@Nullable Row> submit(Row row) {
        if (executor == null) {
            throw new IllegalStateException("not set up");
        }
        return executor.submit(() -> map.put(row.id(), row));
    }

    private static ExecutorService singleThread() {
        return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }

    /** The requests under way, oldest first; waits for the oldest when there is no room for one more. */
    private static final class Pipeline {
        private final @Nullable Future<?>[] underWay = new Future<?>[WINDOW];
        private int next;

        void put(Future<?> future) {
            await(underWay[next]);
            underWay[next] = future;
            next = (next + 1) % WINDOW;
        }

        void drain() {
            for (Future<?> each : underWay) {
                await(each);
            }
        }

        private static void await(@Nullable Future<?> future) {
            if (future == null) {
                return;
            }
            try {
                var unused = future instanceof CompletableFuture<?> stage ? stage.join() : future.get();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    // ---- the report ----

    /** Runs all of it and prints the figures beside the aims; the arguments are JMH's. */
    public static void main(String[] args) throws RunnerException, CommandLineOptionException, InterruptedException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(args))
                        .include(AskBenchmark.class.getName() + "\\.")
                        .jvmArgsAppend("-Xms2g", "-Xmx2g")
                        .build())
                .run();
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                "%nAsking the owner; %d processors, %s %s, %s%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name"),
                Runtime.version(),
                System.getProperty("os.name")));
        for (String rows : List.of("1000", "1000000")) {
            latency(out, results, rows, "call", "p50 <= 10 µs");
            latency(out, results, rows, "executorCall", "");
            latency(out, results, rows, "directPut", "");
            throughput(out, results, rows, "ask", rows.equals("1000") ? ">= 1000000/s" : ">= 400000/s");
            throughput(out, results, rows, "executorAsk", "");
            throughput(out, results, rows, "directPuts", "");
            ratio(out, results, rows);
            reads(out, results, rows);
        }
        out.append(idle());
        System.out.println(out);
    }

    private static void latency(
            StringBuilder out, Collection<RunResult> results, String rows, String name, String aim) {
        Statistics times = of(results, rows, name);
        if (times != null) {
            out.append(String.format(
                    Locale.ROOT,
                    "%8s rows  %-14s p50 %8.2f µs   p99 %8.2f µs   %s%n",
                    rows,
                    name,
                    times.getPercentile(50),
                    times.getPercentile(99),
                    aim));
        }
    }

    private static void throughput(
            StringBuilder out, Collection<RunResult> results, String rows, String name, String aim) {
        Statistics rates = of(results, rows, name);
        if (rates != null) {
            out.append(String.format(
                    Locale.ROOT,
                    "%8s rows  %-14s %,12.0f/s (iterations from %,.0f to %,.0f)   %s%n",
                    rows,
                    name,
                    rates.getMean(),
                    rates.getMin(),
                    rates.getMax(),
                    aim));
        }
    }

    private static void ratio(StringBuilder out, Collection<RunResult> results, String rows) {
        Statistics call = of(results, rows, "call");
        Statistics executorCall = of(results, rows, "executorCall");
        Statistics ask = of(results, rows, "ask");
        Statistics executorAsk = of(results, rows, "executorAsk");
        Statistics put = of(results, rows, "directPuts");
        if (call != null && executorCall != null && ask != null && executorAsk != null && put != null) {
            out.append(String.format(
                    Locale.ROOT,
                    "%8s rows  call takes %.2f of an executor's p50; ask makes %.2f of an executor's throughput, %.3f"
                            + " of a map's%n",
                    rows,
                    call.getPercentile(50) / executorCall.getPercentile(50),
                    ask.getMean() / executorAsk.getMean(),
                    ask.getMean() / put.getMean()));
        }
    }

    private static void reads(StringBuilder out, Collection<RunResult> results, String rows) {
        Statistics find = of(results, rows, "find");
        Statistics get = of(results, rows, "directGet");
        if (find != null && get != null) {
            out.append(String.format(
                    Locale.ROOT,
                    "%8s rows  find takes %.1f ns, a map's get %.1f ns: %.2f of it%n",
                    rows,
                    find.getMean(),
                    get.getMean(),
                    find.getMean() / get.getMean()));
        }
    }

    private static @Nullable Statistics of(Collection<RunResult> results, String rows, String name) {
        for (RunResult result : results) {
            if (rows.equals(result.getParams().getParam("rows"))
                    && result.getPrimaryResult().getLabel().equals(name)) {
                return result.getPrimaryResult().getStatistics();
            }
        }
        return null;
    }

    /** The processor time of this JVM while it holds a table that nobody uses, and while it holds none. */
    private static String idle() throws InterruptedException {
        Duration without = processorTime();
        try (TestTables tables = TestTables.of(ROWS)) {
            tables.ref(ROWS).call(t -> t.insert(new Row(1, 1)));
            Thread.sleep(1_000);
            long owner = threadTime("heirloom rows ");
            long clock = threadTime("heirloom scheduler");
            Duration with = processorTime();
            return String.format(
                    Locale.ROOT,
                    "processor time in %d idle seconds: %.3f ms by the owner of a table, %.1f ms by the clock that"
                            + " watches all tables; %d ms by the JVM with them, %d ms without%n",
                    IDLE.toSeconds(),
                    (threadTime("heirloom rows ") - owner) / 1e6,
                    (threadTime("heirloom scheduler") - clock) / 1e6,
                    with.toMillis(),
                    without.toMillis());
        }
    }

    private static long threadTime(String name) {
        Thread found = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name))
                .findFirst()
                .orElseThrow();
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(found.getId());
    }

    private static Duration processorTime() throws InterruptedException {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.gc();
        Thread.sleep(500);
        long before = system.getProcessCpuTime();
        Thread.sleep(IDLE.toMillis());
        return Duration.ofNanos(system.getProcessCpuTime() - before);
    }
}
