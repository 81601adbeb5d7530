package dev.heirloom.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A program that measures the table engine beside its peers, and writes a report with the targets beside the figures: to
 * the standard output and to {@code target/benchmarks/engine.md}. Run it by {@code mvn -Pbench verify
 * -Dheirloom.bench=engine}, in the directory of the project.
 *
 * <p>The stores take turns in each case, so that what else the machine does hits all of them, and each is measured in a
 * process of its own, so that none is compiled with another one's profile. The report is written after each comparison,
 * with what there is by then.
 */
public final class EngineReport {
    private static final String JMH_HEAP = "4g";

    private static final String MEMORY_HEAP = "8g";
    private static final Path DIRECTORY = Path.of("target", "benchmarks");
    private static final Path LOGS = DIRECTORY.resolve("jmh");
    private static final Path REPORT = DIRECTORY.resolve("engine.md");

    private final Plan plan;
    private final Figures figures = new Figures();
    private final Memory memory = new Memory(MEMORY_HEAP);
    private final Report report;
    private final List<String> machine = Machine.describe(JMH_HEAP);

    private EngineReport(Plan plan) {
        this.plan = plan;
        this.report = new Report(plan, figures, memory);
    }

    /**
     * Measures and reports.
     *
     * @param args "quick" or "full"; after it the operations to measure, "memory" among them, if not all of them
     */
    public static void main(String[] args) throws IOException {
        long start = System.nanoTime();
        Plan plan = switch (args[0]) {
            case "quick" -> Plan.quick();
            case "full" -> Plan.full();
            default -> throw new IllegalArgumentException("neither quick nor full: " + args[0]);
        };
        Set<String> operations = new HashSet<>(List.of(args).subList(1, args.length));
        Files.createDirectories(LOGS);
        new EngineReport(operations.isEmpty() ? plan : plan.only(operations)).run();
        System.out.println(Files.readString(REPORT));
        System.out.println("took " + Duration.ofNanos(System.nanoTime() - start).toMinutes() + " minutes");
    }

    private void run() throws IOException {
        Jmh jmh = new Jmh(plan.effort(), JMH_HEAP, LOGS);
        Ets ets = new Ets(plan.effort(), DIRECTORY);
        for (int round = 1; round <= plan.effort().rounds(); round++) {
            for (Comparison comparison : plan.comparisons()) {
                System.out.println(
                        "round " + round + ": " + comparison.operation().title());
                comparison.cases().forEach(of -> measure(comparison, of, jmh, ets));
                write();
            }
        }
        for (Plan.MemoryCase each : plan.memory()) {
            System.out.println(
                    "memory: " + each.peer().label() + ", " + each.of().label());
            unlessItFails(() -> memory.measure(each.peer(), each.of()));
        }
        write();
    }

    private void measure(Comparison comparison, Case of, Jmh jmh, Ets ets) {
        for (PeerKind peer : comparison.peers()) {
            if (peer.isInstalled()) {
                unlessItFails(() -> {
                    List<Double> nanos = peer.isEts()
                            ? ets.measure(comparison.operation(), peer, of)
                            : jmh.measure(comparison.operation(), peer, of);
                    figures.add(comparison, of, peer, nanos);
                });
            }
        }
    }

    /** A long run goes on without what fails; the report says that it was not measured. */
    private static void unlessItFails(Runnable measurement) {
        try {
            measurement.run();
        } catch (IllegalStateException e) {
            System.out.println(e);
        }
    }

    private void write() throws IOException {
        Files.writeString(REPORT, report.text(machine));
    }
}
