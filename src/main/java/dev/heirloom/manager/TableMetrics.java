package dev.heirloom.manager;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;

/** What the tables report to MicroProfile Metrics, each tagged with its table. */
@ApplicationScoped
public class TableMetrics {
    @Inject
    @SuppressWarnings("NullAway.Init")
    private TableManager manager;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private MetricRegistry registry;

    /** The tables that have metrics; guarded by this. */
    private final Set<String> registered = new HashSet<>();

    /** Registers the metrics of new tables, removes those of tables that are gone, and counts hand-overs. */
    void on(@ObservesAsync TableEvent event) {
        if (event instanceof TableEvent.Created
                || event instanceof TableEvent.Renamed
                || event instanceof TableEvent.Closed) {
            reconcile();
        } else if (event instanceof TableEvent.HandedOver handedOver) {
            reconcile();
            count(handedOver);
        }
    }

    /** Events come in any order, so what counts is which tables there are. */
    private synchronized void reconcile() {
        Set<String> present = new HashSet<>(manager.names());
        for (String gone : List.copyOf(registered)) {
            if (!present.contains(gone)) {
                registered.remove(gone);
                registry.removeMatching((id, metric) -> isOf(gone, id));
            }
        }
        present.removeAll(registered);
        present.forEach(this::register);
        registered.addAll(present);
    }

    private static boolean isOf(String table, MetricID id) {
        return id.getName().startsWith("heirloom_table_")
                && table.equals(id.getTags().get("table"));
    }

    private synchronized void count(TableEvent.HandedOver handedOver) {
        if (registered.contains(handedOver.table())) {
            // The unit is in the name: of one that Payara knows it converts the mean, but not the quantiles.
            registry.histogram(
                            Metadata.builder()
                                    .withName("heirloom_table_hand_over_microseconds")
                                    .withUnit(MetricUnits.NONE)
                                    .withDescription("From the end of an owner to its successor holding the table")
                                    .build(),
                            new Tag("table", handedOver.table()))
                    .update(handedOver.took().toNanos() / 1_000);
        }
    }

    private void register(String table) {
        registry.gauge("heirloom_tables", () -> manager.names().size()); // registering it again has no effect
        gauge("heirloom_table_rows", "Rows", table, TableStatus::rows);
        gauge("heirloom_table_epoch", "Epoch: the generation of ownership", table, TableStatus::epoch);
        gauge("heirloom_table_restarts", "Owners that were followed by a restart", table, TableStatus::restarts);
        gauge("heirloom_table_mailbox_depth", "Requests that wait for the owner", table, TableStatus::mailbox);
        gauge(
                "heirloom_table_zombies",
                "Replaced owners whose thread still runs",
                table,
                status -> status.zombies().size());
        gauge("heirloom_table_owned", "1 while the table has an owner", table, status -> status.isOwned() ? 1 : 0);
    }

    private void gauge(String name, String description, String table, ToLongFunction<TableStatus> value) {
        registry.gauge(
                Metadata.builder()
                        .withName(name)
                        .withDescription(description)
                        .withUnit(MetricUnits.NONE)
                        .build(),
                () -> valueOf(table, value),
                new Tag("table", table));
    }

    private long valueOf(String table, ToLongFunction<TableStatus> value) {
        try {
            return value.applyAsLong(manager.status(table));
        } catch (NoSuchTableException e) { // gone just now
            return 0;
        }
    }
}
