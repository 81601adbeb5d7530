package dev.heirloom.peers;

import dev.heirloom.peers.Figures.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was measured of durable tables, as Markdown: in the order in which it was first measured. Not thread-safe. */
final class DurabilityFigures {
    private final Map<String, List<Double>> samples = new LinkedHashMap<>();
    private final MarkdownTable targets = new MarkdownTable("what", "aim", "measured", "");

    void add(String what, double sample) {
        samples.computeIfAbsent(what, none -> new ArrayList<>()).add(sample);
    }

    void add(String what, Load load) {
        add(what + ": a second", load.rate());
        add(what + ": p50, ms", load.median());
        add(what + ": p99, ms", load.p99());
    }

    Optional<Figure> figure(String what) {
        return Optional.ofNullable(samples.get(what)).map(Figure::of);
    }

    /** Compares two of them, if both were measured. */
    void target(String ours, String other, double atLeast, double atMost) {
        figure(ours).flatMap(one -> figure(other).map(one::dividedBy)).ifPresent(ratio -> {
            String aim = atLeast > 0 ? "at least ×" + atLeast : "at most ×" + atMost;
            boolean met = ratio >= atLeast && ratio <= atMost;
            targets.row(
                    ours + ", to " + other,
                    aim,
                    String.format(Locale.ROOT, "×%.2f", ratio),
                    met ? "met" : "**missed**");
        });
    }

    String text() {
        MarkdownTable all = new MarkdownTable("what", "median (lowest to highest)");
        samples.forEach((what, values) -> all.row(what, text(Figure.of(values))));
        return "## Targets\n\n" + targets + "\n## Figures\n\n" + all;
    }

    private static String text(Figure figure) {
        String number = figure.median() < 10 ? "%.3f" : "%,.0f";
        return String.format(
                Locale.ROOT,
                number + " (" + number + " to " + number + ")",
                figure.median(),
                figure.lowest(),
                figure.highest());
    }
}
