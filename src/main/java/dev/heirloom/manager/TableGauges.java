package dev.heirloom.manager;

import dev.heirloom.backup.KeptTable;
import dev.heirloom.ownership.RequestTally;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.metrics.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a table and where their values come from. Those that only grow are named as Prometheus names counters,
 * and the durations of requests as it names histograms; to MicroProfile Metrics all of them are gauges, since those can
 * be read from what is counted anyway.
 */
final class TableGauges {
    static final String PREFIX = "heirloom_table_";

    private static final double NANOS = 1e9;
    private static final List<String> STATES =
            List.of("Loading", "Unloaded", "Vacant", "Starting", "Owned", "BackingOff", "Orphaned", "Stuck", "Closed");

    /** Where a value comes from. */
    interface Value {
        double of(TableStatus status, TableFigures figures);
    }

    /** One metric of a table. */
    record Of(String name, @Nullable Tag tag, String description, Value value) {}

    private final List<Of> all = new ArrayList<>();

    private TableGauges() {}

    /** All but the deaths. */
    static List<Of> all() {
        TableGauges gauges = new TableGauges();
        gauges.ownership();
        gauges.rows();
        gauges.requests();
        gauges.journal();
        return gauges.all;
    }

    static Of deaths(String cause) {
        return new Of(
                PREFIX + "deaths_total",
                new Tag("cause", cause),
                "Owners that died, by the class of what they died of",
                (status, figures) -> figures.deaths().getOrDefault(cause, 0L));
    }

    private void ownership() {
        for (String state : STATES) {
            Tag tag = new Tag("state", state);
            add(
                    "state",
                    tag,
                    "1 for the state it is in",
                    (status, figures) -> is(status.state().equals(state)));
        }
        status("owned", "1 while it has an owner", status -> is(status.isOwned()));
        status(
                "read_only",
                "1 while nothing can be changed: its journal has failed",
                status -> is(status.readOnly() != null));
        status("epoch", "Epoch: the generation of ownership", TableStatus::epoch);
        status("restarts", "Owners that were followed by a restart", TableStatus::restarts);
        status("hand_overs_total", "Owners that have held it", TableStatus::handOvers);
        status(
                "zombies",
                "Replaced owners whose thread still runs",
                status -> status.zombies().size());
        status(
                "not_started",
                "1 while the executor is starved: the owner's task should run",
                status -> is(status.notStarted()));
    }

    private void rows() {
        status("rows", "Rows", TableStatus::rows);
        status("memory_bytes", "About what the rows take", TableStatus::memoryBytes);
        status("reads_total", "About how many reads, outside of units of work", TableStatus::reads);
        figures("commits_total", "Commits", TableFigures::commits);
        figures("changes_total", "Rows that came, went or were replaced", TableFigures::changes);
        figures("snapshots_open", "Snapshots that are open", TableFigures::openSnapshots);
    }

    private void requests() {
        status("mailbox_depth", "Requests that wait for the owner", TableStatus::mailbox);
        status("mailbox_capacity", "Requests that may wait for the owner", TableStatus::mailboxCapacity);
        outcome("applied", RequestTally::applied);
        outcome("not_applied", RequestTally::notAppliedCount);
        outcome("in_doubt", RequestTally::inDoubtCount);
        String took = "From the call to the commit, of requests that were applied";
        for (int i = 0; i < RequestTally.buckets(); i++) {
            int bucket = i;
            long bound = RequestTally.bound(i);
            Tag le = new Tag("le", bound == Long.MAX_VALUE ? "+Inf" : Double.toString(bound / NANOS));
            add(
                    "request_seconds_bucket",
                    le,
                    took,
                    (status, figures) -> figures.requests().appliedWithin(bucket));
        }
        figures("request_seconds_count", took, figures -> figures.requests().applied());
        figures("request_seconds_sum", took, figures -> figures.requests().appliedNanos() / NANOS);
    }

    private void journal() {
        journal("journal_bytes", "Bytes on disk", KeptTable.Figures::bytes);
        journal("journal_files", "Files on disk", KeptTable.Figures::files);
        journal("journal_unforced_bytes", "Bytes that a power cut would take", KeptTable.Figures::unforced);
        journal("journal_failed", "1 while nothing is kept any more", kept -> is(kept.failed()));
        figures(
                "load_seconds",
                "How long it took to load it last; 0 if it was not",
                figures -> figures.lastLoad() == null ? 0 : figures.lastLoad().toNanos() / NANOS);
    }

    private void outcome(String outcome, Function<RequestTally, Long> count) {
        add(
                "requests_total",
                new Tag("outcome", outcome),
                "Requests, by what became of them",
                (status, figures) -> count.apply(figures.requests()));
    }

    private void status(String name, String description, ToDoubleFunction<TableStatus> value) {
        add(name, null, description, (status, figures) -> value.applyAsDouble(status));
    }

    private void figures(String name, String description, ToDoubleFunction<TableFigures> value) {
        add(name, null, description, (status, figures) -> value.applyAsDouble(figures));
    }

    private void journal(String name, String description, ToDoubleFunction<KeptTable.Figures> value) {
        figures(name, description, figures -> {
            KeptTable.Figures kept = figures.journal();
            return kept == null ? 0 : value.applyAsDouble(kept);
        });
    }

    private void add(String name, @Nullable Tag tag, String description, Value value) {
        all.add(new Of(PREFIX + name, tag, description, value));
    }

    private static double is(boolean value) {
        return value ? 1 : 0;
    }
}
