package dev.heirloom.peers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The figures as Markdown: the targets first, then a table for each comparison, then the memory. */
final class Report {
    private static final String MET = "met";
    private static final String MISSED = "**missed**";

    private final Plan plan;
    private final Figures figures;
    private final Memory memory;

    Report(Plan plan, Figures figures, Memory memory) {
        this.plan = plan;
        this.figures = figures;
        this.memory = memory;
    }

    String text(List<String> machine) {
        StringBuilder text = new StringBuilder("# The engine of a table beside its peers\n\n");
        machine.forEach(line -> text.append(line).append('\n'));
        text.append(notInstalled());
        text.append("\nMedian (lowest to highest iteration) and ratio. Threads: nanoseconds of each.\n");
        text.append("\n## Targets\n\n").append(targets());
        text.append("\n## Time\n");
        for (Comparison comparison : plan.comparisons()) {
            text.append(comparison(comparison));
        }
        if (!plan.memory().isEmpty()) {
            text.append("\n## Memory\n\n");
            text.append("Bytes a row over the row and its key: filled / after every row was overwritten once.\n\n");
            text.append(memory());
        }
        return text.toString();
    }

    private static String notInstalled() {
        String programs = Arrays.stream(PeerKind.values())
                .filter(peer -> !peer.isInstalled())
                .map(PeerKind::program)
                .distinct()
                .collect(Collectors.joining(", "));
        return programs.isEmpty() ? "" : "- left out, as it is not installed: " + programs + "\n";
    }

    // ---- targets ----

    private MarkdownTable targets() {
        MarkdownTable table = new MarkdownTable("what", "aim", "case", "measured", "");
        for (Target target : Target.TIMES) {
            for (Comparison each : plan.comparisons()) {
                if (each.operation() == target.operation()) {
                    addTimes(table, target, each);
                }
            }
        }
        addSnapshots(table);
        Target.OfMemory.ALL.forEach(target -> addMemory(table, target));
        return table;
    }

    private void addTimes(MarkdownTable table, Target target, Comparison comparison) {
        for (Case of : comparison.cases()) {
            Optional<Figures.Figure> ours = figures.figure(comparison, of, target.ours());
            Optional<Figures.Figure> other = figures.figure(comparison, of, target.other());
            if (ours.isPresent() && other.isPresent()) {
                double ratio = ours.get().dividedBy(other.get());
                table.row(
                        target.ours().label() + ", " + target.operation().id(),
                        target.text(),
                        of.label(),
                        ratio(ratio),
                        verdict(ratio <= target.atMost()));
            }
        }
    }

    private void addSnapshots(MarkdownTable table) {
        for (Comparison each : plan.comparisons()) {
            if (each.operation() != Operation.SNAPSHOT) {
                continue;
            }
            for (Case of : each.cases()) {
                for (PeerKind peer : each.peers()) {
                    figures.figure(each, of, peer)
                            .ifPresent(figure -> table.row(
                                    peer.label() + ", snapshot",
                                    format("less than %,.0f ns", Target.SNAPSHOT_NANOS),
                                    of.label(),
                                    format("%,.0f ns", figure.median()),
                                    verdict(figure.median() < Target.SNAPSHOT_NANOS)));
                }
            }
        }
    }

    private void addMemory(MarkdownTable table, Target.OfMemory target) {
        for (Case of : memoryCases()) {
            Optional<Memory.Bytes> ours = memory.bytes(target.ours(), of);
            Optional<Memory.Bytes> other = memory.bytes(target.other(), of);
            if (ours.isPresent() && other.isPresent()) {
                double more = Math.max(
                        ours.get().full() - other.get().full(),
                        ours.get().overwritten() - other.get().overwritten());
                table.row(
                        target.ours().label() + ", memory",
                        format("at most %.0f bytes a row over ", target.atMost())
                                + target.other().label(),
                        of.label(),
                        format("%.1f bytes", more),
                        verdict(more <= target.atMost()));
            }
        }
    }

    private static String verdict(boolean met) {
        return met ? MET : MISSED;
    }

    // ---- figures ----

    private String comparison(Comparison comparison) {
        List<PeerKind> peers =
                comparison.peers().stream().filter(PeerKind::isInstalled).toList();
        MarkdownTable table = new MarkdownTable(
                MarkdownTable.cells("", peers.stream().map(PeerKind::label).toList()));
        for (Case of : comparison.cases()) {
            table.row(
                    of.label(),
                    peers.stream().map(peer -> cell(comparison, of, peer)).toList());
        }
        String title = comparison.operation().title();
        return "\n" + title + "; ns, × " + comparison.reference().label() + "\n\n" + table;
    }

    private String cell(Comparison comparison, Case of, PeerKind peer) {
        Optional<Figures.Figure> figure = figures.figure(comparison, of, peer);
        if (figure.isEmpty()) {
            return "not measured";
        }
        Optional<Figures.Figure> reference = figures.figure(comparison, of, comparison.reference());
        return figure.get()
                + reference
                        .map(other -> " " + ratio(figure.get().dividedBy(other)))
                        .orElse("");
    }

    private MarkdownTable memory() {
        List<PeerKind> peers =
                plan.memory().stream().map(Plan.MemoryCase::peer).distinct().toList();
        MarkdownTable table = new MarkdownTable(
                MarkdownTable.cells("", peers.stream().map(PeerKind::label).toList()));
        for (Case of : memoryCases()) {
            table.row(
                    of.label(),
                    peers.stream()
                            .map(peer -> memory.bytes(peer, of)
                                    .map(Memory.Bytes::toString)
                                    .orElse(""))
                            .toList());
        }
        return table;
    }

    private List<Case> memoryCases() {
        return plan.memory().stream().map(Plan.MemoryCase::of).distinct().toList();
    }

    private static String ratio(double ratio) {
        return format("×%.2f", ratio);
    }

    private static String format(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }
}
