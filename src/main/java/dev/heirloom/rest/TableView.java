package dev.heirloom.rest;

import dev.heirloom.manager.TableStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A table as the API shows it. */
@Schema(name = "Table", description = "A table and who owns it")
public record TableView(
        @Schema(example = "calls") String name,

        @Schema(enumeration = {"set", "ordered_set", "bag", "duplicate_bag"})
        String type,

        @Schema(enumeration = {"private", "protected", "public"})
        String access,

        @Schema(
                enumeration = {
                    "Loading",
                    "Unloaded",
                    "Vacant",
                    "Starting",
                    "Owned",
                    "BackingOff",
                    "Orphaned",
                    "Stuck",
                    "Closed"
                })
        String state,

        @Schema(format = "date-time", description = "When it came into this state")
        Instant since,

        @Schema(description = "Why it has no owner", nullable = true) @Nullable
        String why,

        @Schema(description = "The consumer that owns it or is about to", nullable = true) @Nullable
        String owner,

        @Schema(description = "The consumer that is restarted when owners end")
        String home,

        @Schema(description = "Who inherits when the owner ends: manager, none, or the name of another consumer")
        String heir,

        @Schema(description = "The generation of ownership: higher at every reclaim and hand-over")
        long epoch,

        long rows,

        @Schema(description = "About what the rows take") long memoryBytes,

        @Schema(description = "How many requests wait for the owner")
        int mailbox,

        int mailboxCapacity,

        @Schema(description = "How many owners were followed by a restart")
        long restarts,

        @Schema(
                description = "From the end of the last owner to its successor holding the table, in microseconds",
                nullable = true)
        @Nullable
        Long lastHandOverMicros,

        @Schema(description = "Whether the executor is starved: the owner's task should run by now, and does not")
        boolean notStarted,

        @Schema(
                type = SchemaType.ARRAY,
                implementation = String.class,
                description = "Former owners whose thread still runs")
        List<String> zombies,

        @Schema(nullable = true) @Nullable FailureView lastFailure,

        @Schema(
                enumeration = {"none", "every_second", "always"},
                description = "What of it outlives the process")
        String durability,

        @Schema(description = "How much of it is loaded, from 0 to 1", nullable = true) @Nullable
        Double loaded,

        @Schema(description = "Why nothing can be changed: what is kept cannot be written", nullable = true) @Nullable
        String readOnly,

        @Schema(
                enumeration = {"application", "http", "system"},
                description = "Who has made it: the application, a client of this API, or Heirloom itself")
        String origin,

        @Schema(description = "How many rows came, went or were replaced since the server was started")
        long changes,

        @Schema(description = "How many requests were applied since then")
        long requests,

        @Schema(description = "About how many reads there were since then, outside of units of work")
        long reads) {

    /** What the last owner that failed died of. */
    @Schema(name = "Failure")
    public record FailureView(
            @Schema(example = "java.lang.IllegalStateException")
            String type,

            @Schema(nullable = true) @Nullable String message,
            @Schema(format = "date-time") Instant when,

            @Schema(description = "The consumer that failed")
            String consumer) {}

    static TableView of(TableStatus table) {
        return of(table, "application");
    }

    static TableView of(TableStatus table, String origin) {
        Duration handOver = table.lastHandOver();
        TableStatus.Failure failure = table.lastFailure();
        return new TableView(
                table.name(),
                lower(table.type()),
                lower(table.access()),
                table.state(),
                table.stateSince(),
                table.why(),
                table.owner(),
                table.home(),
                table.heir().label(),
                table.epoch(),
                table.rows(),
                table.memoryBytes(),
                table.mailbox(),
                table.mailboxCapacity(),
                table.restarts(),
                handOver == null ? null : handOver.toNanos() / 1_000,
                table.notStarted(),
                table.zombies(),
                failure == null
                        ? null
                        : new FailureView(failure.type(), failure.message(), failure.when(), failure.consumer()),
                lower(table.durability()),
                table.loaded(),
                table.readOnly(),
                origin,
                table.changes(),
                table.requests(),
                table.reads());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
