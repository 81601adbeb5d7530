package dev.heirloom.peers;

import dev.heirloom.backup.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that measures durable tables beside Redis with an append-only file of the same policy, on the same disk, and
 * writes a report: to the standard output and to {@code target/benchmarks/durability.md}. Run it by {@code mvn -Pbench
 * verify -Dheirloom.bench=durability}, in the directory of the project.
 *
 * <p>Both take turns in every round, so that what else the machine does hits both. Redis has the load of {@code
 * redis-benchmark}, a process of its own; ours comes from threads of the same process, as an application's does.
 */
public final class DurabilityReport {
    private static final Path DIRECTORY = Path.of("target", "benchmarks");
    private static final Path REPORT = DIRECTORY.resolve("durability.md");
    private static final String HEAP = "2g";
    private static final int KEYS = 100_000;
    private static final int ROWS = 1_000_000;
    private static final int CLIENTS = 50;
    private static final int MANY = 1_000;
    private static final double MEGA = 1e6;
    private static final String LOADED = "Heirloom, 1,000,000 rows";
    private static final String LOADED_TUNED = LOADED + ", parallel collector, huge pages";
    private static final String TO_LOAD = ": s to load";

    private final int rounds;
    private final Path data;
    private final boolean redis = Programs.installed(RedisServer.PROGRAM) && Programs.installed(RedisLoad.PROGRAM);
    private final DurabilityFigures figures = new DurabilityFigures();

    private DurabilityReport(int rounds, Path data) {
        this.rounds = rounds;
        this.data = data;
    }

    /**
     * Measures and reports.
     *
     * @param args how many rounds
     */
    public static void main(String[] args) throws Exception {
        Files.createDirectories(DIRECTORY);
        Path data =
                Files.createTempDirectory(DIRECTORY.toAbsolutePath(), "durability"); // on a disk, as /tmp may not be
        try {
            new DurabilityReport(Integer.parseInt(args[0]), data).run();
        } finally {
            Directories.delete(data);
        }
        System.out.println(Files.readString(REPORT));
    }

    private void run() throws Exception {
        rates(Durability.ALWAYS, "always", 3_000, 40_000);
        rates(Durability.EVERY_SECOND, "everysec", 10_000, 100_000);
        ownerBesideNone();
        recovery();
        pauses();
        compare();
        StringBuilder text = new StringBuilder("# Durable tables beside Redis\n\n");
        Machine.describe(HEAP).forEach(line -> text.append(line).append('\n'));
        if (!redis) {
            text.append("- Redis is not installed (redis-server and redis-benchmark): measured without it\n");
        }
        Files.writeString(REPORT, text + "\n" + figures.text());
    }

    private Path directory(String name) throws IOException {
        return Files.createDirectories(data.resolve(name));
    }

    // ---- rates ----

    private void rates(Durability durability, String policy, int single, int many) throws Exception {
        Path theirs = directory("redis-" + policy);
        try (DurableTable table = new DurableTable(directory("rates-" + policy), durability);
                RedisServer server = redis ? RedisServer.appending(theirs, policy) : null) {
            table.asks(KEYS, many, CLIENTS); // to warm up
            table.calls(KEYS, single, 1);
            for (int i = 0; i < rounds; i++) {
                figures.add(name(durability, "1 caller"), table.calls(KEYS, single, 1));
                if (server != null) {
                    figures.add(redis(policy, 1), RedisLoad.sets(server, KEYS, single, 1));
                }
                figures.add(name(durability, CLIENTS + " asked"), table.asks(KEYS, many, CLIENTS));
                if (server != null) {
                    figures.add(redis(policy, CLIENTS), RedisLoad.sets(server, KEYS, many, CLIENTS));
                }
                figures.add(name(durability, CLIENTS + " callers"), table.calls(KEYS, many, CLIENTS));
            }
        }
    }

    private static String name(Durability durability, String load) {
        return "Heirloom " + durability + ", " + load;
    }

    private static String redis(String policy, int clients) {
        return "Redis " + policy + ", " + clients + (clients == 1 ? " client" : " clients");
    }

    private void ownerBesideNone() throws Exception {
        try (DurableTable none = new DurableTable(directory("none"), Durability.NONE);
                DurableTable kept = new DurableTable(directory("kept"), Durability.EVERY_SECOND)) {
            for (int i = 0; i < rounds + 1; i++) {
                for (DurableTable each : List.of(none, kept)) {
                    Durability durability = each == none ? Durability.NONE : Durability.EVERY_SECOND;
                    Load asked = each.asks(KEYS, 10 * KEYS / 2, MANY);
                    double nanos = each.ownWrites(KEYS, 10 * KEYS);
                    if (i > 0) { // the first is to warm up
                        figures.add(name(durability, MANY + " asked") + ": a second", asked.rate());
                        figures.add(name(durability, "a write by the owner") + ": ns", nanos);
                    }
                }
            }
        }
    }

    // ---- recovery ----

    private void recovery() throws Exception {
        Path ours = directory("recovery");
        try (DurableTable table = new DurableTable(ours, Durability.EVERY_SECOND)) {
            table.fill(ROWS);
        }
        figures.add(LOADED + ": MB on disk", Directories.size(ours) / MEGA);
        if (redis) {
            for (boolean hashes : new boolean[] {true, false}) {
                Path theirs = directory("recovery-" + hashes);
                RedisLoad.fill(theirs, ROWS, hashes);
                figures.add(stored(hashes) + ": MB on disk", Directories.size(theirs) / MEGA);
            }
        }
        for (int i = 0; i < rounds; i++) {
            load(LOADED, ours);
            load(LOADED_TUNED, ours, "-XX:+UseParallelGC", "-XX:+UseTransparentHugePages");
            if (redis) {
                figures.add(stored(true) + TO_LOAD, RedisLoad.start(data.resolve("recovery-true"), ROWS));
                figures.add(stored(false) + TO_LOAD, RedisLoad.start(data.resolve("recovery-false"), ROWS));
            }
        }
    }

    private void load(String name, Path directory, String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + HEAP);
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-classpath",
                System.getProperty("java.class.path"),
                RecoveryProbe.class.getName(),
                directory.toString()));
        String[] printed = Commands.run(command).stream()
                .filter(line -> line.matches("[0-9.]+ [0-9.]+ [0-9]+"))
                .findFirst()
                .orElseThrow()
                .split(" ", -1);
        if (Integer.parseInt(printed[2]) != ROWS) {
            throw new IllegalStateException("loaded " + printed[2] + " rows");
        }
        figures.add(name + TO_LOAD, Double.parseDouble(printed[0]));
        figures.add(name + ": s with the start of the JVM", Double.parseDouble(printed[1]));
    }

    private static String stored(boolean hashes) {
        return "Redis, 1,000,000 " + (hashes ? "hashes" : "packed strings");
    }

    // ---- pauses ----

    private void pauses() throws Exception {
        for (int i = 0; i < rounds; i++) {
            for (Durability durability : List.of(Durability.NONE, Durability.EVERY_SECOND)) {
                Path directory = directory("pauses-" + durability + i);
                try (DurableTable table = new DurableTable(directory, durability)) {
                    table.fill(ROWS);
                    long before = Directories.size(directory);
                    Peak peak = new Peak(directory);
                    Latencies took = table.overwrites(ROWS, Duration.ofSeconds(8));
                    String what = name(durability, "1,000,000 rows overwritten by the owner");
                    figures.add(what + ": a second", took.count() / 8.0);
                    figures.add(what + ": p99, ms", took.millis(0.99));
                    figures.add(what + ": p99.9, ms", took.millis(0.999));
                    figures.add(what + ": longest, ms", took.longestMillis());
                    long most = peak.end();
                    if (durability != Durability.NONE) {
                        figures.add(what + ": MB on disk before", before / MEGA);
                        figures.add(what + ": MB on disk at most", most / MEGA);
                    }
                }
                Directories.delete(directory);
            }
        }
    }

    /** Looks how large a directory becomes. */
    private static final class Peak {
        private final Path directory;
        private final Thread thread;
        private volatile boolean ended;
        private long most;

        Peak(Path directory) {
            this.directory = directory;
            this.thread = new Thread(this::look);
            thread.start();
        }

        private void look() {
            while (!ended) {
                most = Math.max(most, Directories.size(directory));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }

        long end() throws InterruptedException {
            ended = true;
            thread.join();
            return most;
        }
    }

    // ---- targets ----

    private void compare() {
        String always = name(Durability.ALWAYS, "");
        compareRates(always + "1 caller", redis("always", 1));
        compareRates(always + CLIENTS + " asked", redis("always", CLIENTS));
        compareRates(always + CLIENTS + " callers", redis("always", CLIENTS));
        String kept = name(Durability.EVERY_SECOND, "");
        String none = name(Durability.NONE, "");
        compareRates(kept + "1 caller", redis("everysec", 1));
        compareRates(kept + CLIENTS + " asked", redis("everysec", CLIENTS));
        figures.target(kept + MANY + " asked: a second", none + MANY + " asked: a second", 0.75, Double.MAX_VALUE);
        String write = "a write by the owner: ns";
        figures.target(kept + write, none + write, 0, 2);
        for (boolean hashes : new boolean[] {true, false}) {
            figures.target(LOADED + TO_LOAD, stored(hashes) + TO_LOAD, 0, 1);
            figures.target(LOADED_TUNED + TO_LOAD, stored(hashes) + TO_LOAD, 0, 1);
            String disk = ": MB on disk";
            figures.target(LOADED + disk, stored(hashes) + disk, 0, 2);
        }
    }

    private void compareRates(String ours, String other) {
        figures.target(ours + ": a second", other + ": a second", 1, Double.MAX_VALUE);
        figures.target(ours + ": p99, ms", other + ": p99, ms", 0, 2);
    }
}
