package dev.heirloom.load;

import dev.heirloom.peers.Programs;
import dev.heirloom.peers.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A program that puts the same small application under load, on Heirloom and on Redis, each in a server of its own, and
 * writes a report: to the standard output and to {@code target/benchmarks/load.md}. Run it by {@code mvn -Pbench verify
 * -Dheirloom.bench=load}, in the directory of the project. The stores take turns, so that what else the machine does hits
 * both.
 */
public final class LoadReport {
    private static final Path DIRECTORY = Path.of("target", "benchmarks").toAbsolutePath();
    private static final Path REPORT = DIRECTORY.resolve("load.md");

    private final int rounds;
    private final Duration warmUp;
    private final Duration length;
    private final Map<String, Subject> subjects = new LinkedHashMap<>();
    private final Map<Requests, Map<String, List<Measured>>> figures = new EnumMap<>(Requests.class);
    private final List<String> lines = new ArrayList<>();

    /** A server and all processes that work for it. */
    private record Subject(LoadServer server, List<ProcessHandle> processes) {}

    /** What one round gave. */
    private record Measured(double perSecond, double p50, double p99, double processorMicros, long bad) {}

    private LoadReport(int rounds, Duration warmUp, Duration length) {
        this.rounds = rounds;
        this.warmUp = warmUp;
        this.length = length;
    }

    /**
     * Measures and reports.
     *
     * @param args how many rounds, the seconds of each, and those of the warm-up
     */
    public static void main(String[] args) throws IOException {
        Files.createDirectories(DIRECTORY);
        new LoadReport(
                        Integer.parseInt(args[0]),
                        Duration.ofSeconds(Long.parseLong(args[2])),
                        Duration.ofSeconds(Long.parseLong(args[1])))
                .run();
    }

    private void run() throws IOException {
        boolean beside = Programs.installed(RedisServer.PROGRAM);
        try (@Nullable RedisServer redis = beside ? new RedisServer() : null;
                LoadServer heirloom = new LoadServer(DIRECTORY, "heirloom", 0)) {
            subjects.put("heirloom", new Subject(heirloom, List.of(heirloom.process())));
            if (redis == null) {
                lines.add("redis-server is not installed: Heirloom alone.");
                measureAll();
            } else {
                try (LoadServer other = new LoadServer(DIRECTORY, "redis", redis.port())) {
                    Subject subject = new Subject(other, List.of(other.process(), redis.process()));
                    subjects.put("redis", subject);
                    subjects.put("pipelined", subject);
                    measureAll();
                }
            }
        }
        Files.write(REPORT, lines);
        lines.forEach(System.out::println);
    }

    private void measureAll() {
        for (Requests kind : Requests.values()) {
            for (int round = -1; round < rounds; round++) {
                for (String store : subjects.keySet()) {
                    if (!store.equals("pipelined") || kind == Requests.MANY) {
                        Measured measured = measure(kind, store, round < 0 ? warmUp : length);
                        if (round >= 0) {
                            figures.computeIfAbsent(kind, none -> new LinkedHashMap<>())
                                    .computeIfAbsent(store, none -> new ArrayList<>())
                                    .add(measured);
                        }
                    }
                }
            }
            report(kind);
        }
        killOften();
    }

    private Measured measure(Requests kind, String store, Duration time) {
        Subject subject = subject(store);
        int port = subject.server().port();
        Duration before = LoadServer.processorTime(subject.processes());
        Load.Outcome outcome = Load.run(port, kind.make(port, store), time);
        Duration used = LoadServer.processorTime(subject.processes()).minus(before);
        return new Measured(
                outcome.perSecond(),
                outcome.millis(0.5),
                outcome.millis(0.99),
                used.toNanos() / 1e3 / outcome.good(),
                outcome.bad());
    }

    private Subject subject(String store) {
        return java.util.Objects.requireNonNull(subjects.get(store), store);
    }

    private void report(Requests kind) {
        Map<String, List<Measured>> of = java.util.Objects.requireNonNull(figures.get(kind));
        lines.add("");
        lines.add("**" + kind.title() + "**");
        lines.add("");
        lines.add("| store | requests a second | p50 ms | p99 ms | processor time, µs a request | refused |");
        lines.add("| --- | --- | --- | --- | --- | --- |");
        of.forEach((store, measured) -> lines.add("| " + store + " | "
                + spread(measured, Measured::perSecond, "%,.0f") + " | " + spread(measured, Measured::p50, "%.2f")
                + " | "
                + spread(measured, Measured::p99, "%.2f") + " | " + spread(measured, Measured::processorMicros, "%.0f")
                + " | " + measured.stream().mapToLong(Measured::bad).sum() + " |"));
        lines.subList(Math.max(0, lines.size() - of.size() - 5), lines.size()).forEach(System.out::println);
    }

    /** Median, lowest and highest. */
    private static String spread(Collection<Measured> all, ToDoubleFunction<Measured> figure, String format) {
        double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
        String three = format + " (" + format + " to " + format + ")";
        return String.format(Locale.ROOT, three, sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    /** Changes with an owner that is killed once a second, and without, in turns; and whether any change was lost. */
    private void killOften() {
        Map<Boolean, List<Measured>> all = new LinkedHashMap<>();
        long lost = 0;
        for (int round = 0; round < rounds; round++) {
            for (boolean killing : List.of(false, true)) {
                long before = Long.parseLong(once("heirloom", "GET", "changes"));
                ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
                if (killing) {
                    var unused =
                            killer.scheduleAtFixedRate(() -> once("heirloom", "POST", "kill"), 0, 1, TimeUnit.SECONDS);
                }
                int port = subject("heirloom").server().port();
                Load.Outcome outcome = Load.run(port, Requests.CHANGE.make(port, "heirloom"), length);
                killer.shutdownNow();
                long after = Long.parseLong(once("heirloom", "GET", "changes"));
                lost += Math.max(0, outcome.good() - (after - before));
                all.computeIfAbsent(killing, none -> new ArrayList<>())
                        .add(new Measured(
                                outcome.perSecond(), outcome.millis(0.5), outcome.millis(0.99), 0, outcome.bad()));
            }
        }
        lines.add("");
        lines.add("**change one row, while the owner is killed once a second**");
        lines.add("");
        lines.add("| | requests a second | p50 ms | p99 ms | refused |");
        lines.add("| --- | --- | --- | --- | --- |");
        all.forEach((killing, measured) -> lines.add("| " + (killing ? "killed" : "left alone") + " | "
                + spread(measured, Measured::perSecond, "%,.0f") + " | " + spread(measured, Measured::p50, "%.2f")
                + " | "
                + spread(measured, Measured::p99, "%.2f") + " | "
                + measured.stream().map(each -> Long.toString(each.bad())).collect(Collectors.joining(", ")) + " |"));
        lines.add("");
        lines.add("Acknowledged changes that were lost: " + lost);
    }

    private String once(String store, String method, String what) {
        int port = subject(store).server().port();
        try (Connection connection = new Connection(port)) {
            int status = connection.send(Connection.request(method, port, "/load/api/" + store + "/" + what, "", ""));
            if (status >= 300) {
                throw new IllegalStateException(what + " answered " + status + ": " + connection.body());
            }
            return connection.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
