package dev.heirloom.manager;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;

/**
 * What the tables report to MicroProfile Metrics, each tagged with its table. But for the hand-overs, everything is read
 * when somebody asks for it, so it costs the owners nothing.
 */
@ApplicationScoped
public class TableMetrics {
    private static final String TABLE = "table";

    @Inject
    @SuppressWarnings("NullAway.Init")
    private TableManager manager;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private MetricRegistry registry;

    /** The tables that have metrics, and the causes of death that theirs have; guarded by this. */
    private final Map<String, Set<String>> registered = new HashMap<>();

    /** Registers the metrics of new tables, removes those of tables that are gone, and counts hand-overs. */
    void on(@ObservesAsync TableEvent event) {
        if (event instanceof TableEvent.Created
                || event instanceof TableEvent.Renamed
                || event instanceof TableEvent.Closed) {
            reconcile();
        } else if (event instanceof TableEvent.HandedOver handedOver) {
            reconcile();
            count(handedOver);
        } else if (event instanceof TableEvent.Reclaimed) {
            reconcile();
        }
    }

    /** Events come in any order, so what counts is which tables there are. */
    private synchronized void reconcile() {
        Set<String> present = new HashSet<>(manager.names());
        for (String gone : List.copyOf(registered.keySet())) {
            if (!present.contains(gone)) {
                registered.remove(gone);
                registry.removeMatching((id, metric) -> isOf(gone, id));
            }
        }
        for (String table : present) {
            if (!registered.containsKey(table)) {
                registered.put(table, new HashSet<>());
                register(table);
            }
            deaths(table);
        }
    }

    private static boolean isOf(String table, MetricID id) {
        return id.getName().startsWith(TableGauges.PREFIX)
                && table.equals(id.getTags().get(TABLE));
    }

    private synchronized void count(TableEvent.HandedOver handedOver) {
        if (registered.containsKey(handedOver.table())) {
            // The unit is in the name: of one that Payara knows it converts the mean, but not the quantiles.
            registry.histogram(
                            metadata(
                                    "heirloom_table_hand_over_microseconds",
                                    "From the end of an owner to its successor holding the table"),
                            new Tag(TABLE, handedOver.table()))
                    .update(handedOver.took().toNanos() / 1_000);
        }
    }

    private void register(String table) {
        // registering these two again has no effect
        registry.gauge(
                metadata("heirloom_tables", "Tables"), () -> manager.names().size());
        registry.gauge(
                metadata("heirloom_subscribers", "Clients that follow events or changes"),
                () -> manager.streams().count());
        for (TableGauges.Of each : TableGauges.all()) {
            gauge(table, each);
        }
    }

    /** Of the causes of death that there are by now. */
    private void deaths(String table) {
        Set<String> known = registered.getOrDefault(table, new HashSet<>());
        for (String cause : deathsOf(table).keySet()) {
            if (known.add(cause)) {
                gauge(table, TableGauges.deaths(cause));
            }
        }
    }

    private Map<String, Long> deathsOf(String table) {
        try {
            return manager.figures(table).deaths();
        } catch (NoSuchTableException e) { // gone just now
            return Map.of();
        }
    }

    private void gauge(String table, TableGauges.Of gauge) {
        Tag of = new Tag(TABLE, table);
        Tag[] tags = gauge.tag() == null ? new Tag[] {of} : new Tag[] {of, gauge.tag()};
        registry.gauge(metadata(gauge.name(), gauge.description()), () -> valueOf(table, gauge), tags);
    }

    private static Metadata metadata(String name, String description) {
        return Metadata.builder()
                .withName(name)
                .withDescription(description)
                .withUnit(MetricUnits.NONE)
                .build();
    }

    private double valueOf(String table, TableGauges.Of gauge) {
        try {
            return gauge.value().of(manager.status(table), manager.figures(table));
        } catch (NoSuchTableException e) { // gone just now
            return 0;
        }
    }
}
