package dev.heirloom.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Measures a store in Java: one fork of JMH. */
final class Jmh {
    private final Effort effort;
    private final String heap;
    private final Path logs;

    /**
     * @param heap the size of the heap as the JVM takes it, such as 4g
     * @param logs the directory for what JMH prints
     */
    Jmh(Effort effort, String heap, Path logs) {
        this.effort = effort;
        this.heap = heap;
        this.logs = logs;
    }

    /** The nanoseconds of each iteration; empty if it failed, for which see the log. */
    List<Double> measure(Operation operation, PeerKind peer, Case of) {
        List<Double> nanos = new ArrayList<>();
        try {
            for (RunResult result : new Runner(options(operation, peer, of)).run()) {
                for (BenchmarkResult fork : result.getBenchmarkResults()) {
                    for (IterationResult iteration : fork.getIterationResults()) {
                        nanos.add(iteration.getPrimaryResult().getScore() / (operation.isOfAllRows() ? of.rows() : 1));
                    }
                }
            }
        } catch (RunnerException e) {
            throw new IllegalStateException(operation + " of " + peer + ", " + of.label(), e);
        }
        return nanos;
    }

    private Options options(Operation operation, PeerKind peer, Case of) {
        String log = String.join(
                "-",
                operation.id(),
                peer.name(),
                of.keys().name(),
                "" + of.rows(),
                of.rowsPerKey() + "x" + of.threads());
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(operation.benchmark().getName() + "." + operation.method()) + "$")
                .param("peer", peer.name())
                .param("keys", of.keys().name())
                .param("rows", Integer.toString(of.rows()))
                .param("rowsPerKey", Integer.toString(of.rowsPerKey()))
                .threads(of.threads())
                .forks(1)
                .jvmArgsAppend("-Xms" + heap, "-Xmx" + heap, "-XX:+AlwaysPreTouch")
                .output(logs.resolve(log + ".txt").toString());
        if (operation == Operation.FILL) {
            options.warmupIterations((effort.shots() + 1) / 2).measurementIterations(effort.shots());
        } else {
            TimeValue time = TimeValue.milliseconds(effort.iteration().toMillis());
            options.warmupIterations(effort.warmUps())
                    .warmupTime(time)
                    .measurementIterations(effort.iterations())
                    .measurementTime(time);
        }
        return options.build();
    }
}
