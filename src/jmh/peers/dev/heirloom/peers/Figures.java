package dev.heirloom.peers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was measured so far: nanoseconds. Not thread-safe. */
final class Figures {
    private final Map<Measured, List<Double>> samples = new HashMap<>();

    private record Measured(Comparison within, Case of, PeerKind peer) {}

    void add(Comparison within, Case of, PeerKind peer, List<Double> nanos) {
        samples.computeIfAbsent(new Measured(within, of, peer), none -> new ArrayList<>())
                .addAll(nanos);
    }

    /** Empty if it was not measured, or the measurement failed. */
    Optional<Figure> figure(Comparison within, Case of, PeerKind peer) {
        List<Double> nanos = samples.getOrDefault(new Measured(within, of, peer), List.of());
        return nanos.isEmpty() ? Optional.empty() : Optional.of(Figure.of(nanos));
    }

    /** Nanoseconds in the middle, and how far the iterations of all rounds lie apart. */
    record Figure(double median, double lowest, double highest) {
        static Figure of(List<Double> nanos) {
            double[] sorted = nanos.stream().mapToDouble(each -> each).sorted().toArray();
            double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
            return new Figure(median, sorted[0], sorted[sorted.length - 1]);
        }

        double dividedBy(Figure other) {
            return median / other.median;
        }

        @Override
        public String toString() {
            String number = median < 100 ? "%.1f" : "%,.0f";
            return String.format(Locale.ROOT, number + " (" + number + " to " + number + ")", median, lowest, highest);
        }
    }
}
