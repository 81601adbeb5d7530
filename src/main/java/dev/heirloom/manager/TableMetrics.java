package dev.heirloom.manager;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.Metadata;
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

    /** Registers the metrics of a new table, and counts its hand-overs. */
    void on(@ObservesAsync TableEvent event) {
        if (event instanceof TableEvent.Created created) {
            register(created.table());
        } else if (event instanceof TableEvent.HandedOver handedOver) {
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
        registry.gauge("heirloom_tables", () -> manager.statuses().size()); // registering it again has no effect
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
                () -> {
                    Optional<TableStatus> status = manager.status(table);
                    return status.map(value::applyAsLong).orElse(0L);
                },
                new Tag("table", table));
    }
}
