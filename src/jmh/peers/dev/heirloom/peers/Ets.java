package dev.heirloom.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures ETS: compiles and runs a small program in Erlang. */
final class Ets {
    static final String PROGRAM = "erl";

    private static final Path SOURCE = Path.of("src/jmh/erlang/ets_figures.erl");

    private final Effort effort;
    private final Path compiled;

    /** @param compiled the directory for what the compiler makes */
    Ets(Effort effort, Path compiled) {
        this.effort = effort;
        this.compiled = compiled;
        if (Programs.installed(PROGRAM)) {
            Commands.run(List.of("erlc", "-o", compiled.toString(), SOURCE.toString()));
        }
    }

    /** The nanoseconds of each pass over all keys. */
    List<Double> measure(Operation operation, PeerKind peer, Case of) {
        List<String> command = new ArrayList<>(
                List.of(PROGRAM, "-noshell", "-pa", compiled.toString(), "-run", "ets_figures", "main"));
        command.addAll(List.of(
                operation.id(),
                type(peer),
                of.keys().name(),
                Integer.toString(of.rows()),
                Integer.toString(of.rowsPerKey()),
                Integer.toString(of.threads()),
                Integer.toString(effort.iterations())));
        return Commands.run(command).stream().map(Double::valueOf).toList();
    }

    private static String type(PeerKind peer) {
        return switch (peer) {
            case ETS_SET -> "set";
            case ETS_ORDERED -> "ordered_set";
            case ETS_BAG -> "bag";
            case ETS_DUPLICATE_BAG -> "duplicate_bag";
            default -> throw new IllegalArgumentException("peer: " + peer + " is not ETS");
        };
    }

    static String version() {
        return String.join(
                "",
                Commands.run(List.of(
                        PROGRAM,
                        "-noshell",
                        "-eval",
                        "io:format(\"~s\", [erlang:system_info(otp_release)]), halt().")));
    }
}
