package dev.heirloom.rest;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Gauge;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.Metric;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Snapshot;
import org.eclipse.microprofile.metrics.Timer;
import org.jspecify.annotations.Nullable;

/** Metrics in the text format of Prometheus, version 0.0.4. */
final class MetricsText {
    static final String MEDIA_TYPE = "text/plain;version=0.0.4;charset=utf-8";

    private static final double NANOS_PER_SECOND = 1e9;

    private final StringBuilder text = new StringBuilder();

    private MetricsText() {}

    /** The metrics of registries; those that are no number are left out, as the format demands. */
    static String of(List<MetricRegistry> registries) {
        MetricsText all = new MetricsText();
        for (MetricRegistry registry : registries) {
            Map<String, Map<MetricID, Metric>> byName = new TreeMap<>();
            registry.getMetrics()
                    .forEach((id, metric) -> byName.computeIfAbsent(
                                    id.getName(), name -> new TreeMap<>(Comparator.comparing(MetricID::toString)))
                            .put(id, metric));
            byName.forEach(
                    (name, metrics) -> all.family(name, registry.getMetadata().get(name), metrics));
        }
        return all.text.toString();
    }

    private void family(String metric, @Nullable Metadata metadata, Map<MetricID, Metric> metrics) {
        String name = metric.replaceAll("[^a-zA-Z0-9_:]", "_");
        Metric first = metrics.values().iterator().next();
        String description = metadata == null ? "" : metadata.description().orElse("");
        if (!description.isEmpty()) {
            text.append("# HELP ")
                    .append(name)
                    .append(' ')
                    .append(escaped(description))
                    .append('\n');
        }
        text.append("# TYPE ").append(name).append(' ').append(type(first)).append('\n');
        metrics.forEach((id, each) -> samples(name, id, each));
    }

    private static String type(Metric metric) {
        if (metric instanceof Counter) {
            return "counter";
        }
        return metric instanceof Histogram || metric instanceof Timer ? "summary" : "gauge";
    }

    private void samples(String name, MetricID id, Metric metric) {
        if (metric instanceof Counter counter) {
            sample(name, labels(id), (double) counter.getCount());
        } else if (metric instanceof Gauge<?> gauge) {
            Number value = gauge.getValue();
            if (value != null) {
                sample(name, labels(id), value.doubleValue());
            }
        } else if (metric instanceof Histogram histogram) {
            summary(name, id, histogram.getSnapshot(), histogram.getCount(), (double) histogram.getSum(), 1);
        } else if (metric instanceof Timer timer) {
            double sum = timer.getElapsedTime().toNanos() / NANOS_PER_SECOND;
            summary(name, id, timer.getSnapshot(), timer.getCount(), sum, NANOS_PER_SECOND);
        }
    }

    private void summary(String name, MetricID id, Snapshot snapshot, long count, double sum, double unit) {
        for (Snapshot.PercentileValue each : snapshot.percentileValues()) {
            sample(name, labels(id, "quantile=\"" + each.getPercentile() + "\""), each.getValue() / unit);
        }
        sample(name + "_count", labels(id), (double) count);
        sample(name + "_sum", labels(id), sum);
    }

    private void sample(String name, String labels, double value) {
        text.append(name).append(labels).append(' ').append(number(value)).append('\n');
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String labels(MetricID id, String... further) {
        StringJoiner labels = new StringJoiner(",", "{", "}").setEmptyValue("");
        id.getTags()
                .forEach((name, value) -> labels.add(name.replaceAll("[^a-zA-Z0-9_]", "_") + "=\""
                        + escaped(value).replace("\"", "\\\"") + "\""));
        for (String each : further) {
            labels.add(each);
        }
        return labels.toString();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }
}
