package dev.heirloom.rest;

import dev.heirloom.manager.LoggedEvent;
import dev.heirloom.manager.TableEvent;
import dev.heirloom.ownership.Transfer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An event of a table's ownership as the API shows it; what does not apply is left out. */
@Schema(name = "OwnershipEvent", description = "A change of a table's ownership")
public record EventView(
        @Schema(description = "Its number among the events of all tables")
        long number,

        @Schema(description = "What the table was called then")
        String table,

        @Schema(description = "Its number among the events of its table, from 1")
        long sequence,

        @Schema(description = "The epoch of the table after it")
        long epoch,

        @Schema(format = "date-time") Instant at,

        @Schema(
                enumeration = {
                    "Created",
                    "Loaded",
                    "NotLoaded",
                    "HandedOver",
                    "GivenAway",
                    "Reclaimed",
                    "Rejected",
                    "NotStarted",
                    "Stuck",
                    "Vacated",
                    "Orphaned",
                    "Revived",
                    "ReadOnly",
                    "Writable",
                    "ZombieEnded",
                    "Renamed",
                    "Closed"
                })
        String event,

        @Schema(description = "The consumer it is about: the new owner, or the one that ended", nullable = true)
        @Nullable
        String consumer,

        @Schema(description = "What was the reason, in words", nullable = true) @Nullable
        String why,

        @Schema(
                description = "The class of what an owner died of; left out if it returned",
                example = "java.lang.IllegalStateException",
                nullable = true)
        @Nullable
        String cause,

        @Schema(description = "Who gave it away, or what it was called before", nullable = true) @Nullable
        String from,

        @Schema(description = "Whom it was given to, or what it is called now", nullable = true) @Nullable
        String to,

        @Schema(
                description = "Why it changed hands",
                enumeration = {"created", "inherited", "given_away"},
                nullable = true)
        @Nullable
        String reason,

        @Schema(description = "How long the hand-over or the load took, in microseconds", nullable = true) @Nullable
        Long tookMicros,

        @Schema(description = "How many rows were loaded", nullable = true) @Nullable
        Long rows,

        @Schema(description = "How many bytes were loaded", nullable = true) @Nullable
        Long bytes) {

    static EventView of(LoggedEvent logged) {
        return new About(logged).view();
    }

    /** What is said of one event. */
    private static final class About {
        private final LoggedEvent logged;
        private @Nullable String consumer;
        private @Nullable String why;
        private @Nullable String cause;
        private @Nullable String from;
        private @Nullable String to;
        private @Nullable String reason;
        private @Nullable Long tookMicros;
        private @Nullable Long rows;
        private @Nullable Long bytes;

        About(LoggedEvent logged) {
            this.logged = logged;
            TableEvent event = logged.event();
            if (event instanceof TableEvent.HandedOver e) {
                consumer = e.consumer();
                reason = lower(e.reason());
                tookMicros = micros(e.took());
            } else if (event instanceof TableEvent.GivenAway e) {
                consumer = e.from();
                from = e.from();
                to = e.to();
            } else if (event instanceof TableEvent.Reclaimed e) {
                consumer = e.consumer();
                why = e.why();
                cause = e.cause();
            } else if (event instanceof TableEvent.Rejected e) {
                consumer = e.consumer();
                why = e.why();
            } else if (event instanceof TableEvent.Loaded e) {
                rows = e.rows();
                bytes = e.bytes();
                tookMicros = micros(e.took());
            } else if (event instanceof TableEvent.Renamed e) {
                from = e.from();
                to = e.table();
            } else {
                brief(event);
            }
        }

        private void brief(TableEvent event) {
            if (event instanceof TableEvent.NotLoaded e) {
                why = e.why();
            } else if (event instanceof TableEvent.ReadOnly e) {
                why = e.why();
            } else if (event instanceof TableEvent.Vacated e) {
                why = e.why();
            } else if (event instanceof TableEvent.Orphaned e) {
                why = e.why();
            } else if (event instanceof TableEvent.NotStarted e) {
                consumer = e.consumer();
            } else if (event instanceof TableEvent.Stuck e) {
                consumer = e.consumer();
            } else if (event instanceof TableEvent.ZombieEnded e) {
                consumer = e.consumer();
            }
        }

        EventView view() {
            TableEvent event = logged.event();
            return new EventView(
                    logged.number(),
                    event.table(),
                    event.sequence(),
                    event.epoch(),
                    logged.at(),
                    event.getClass().getSimpleName(),
                    consumer,
                    why,
                    cause,
                    from,
                    to,
                    reason,
                    tookMicros,
                    rows,
                    bytes);
        }

        private static long micros(Duration took) {
            return took.toNanos() / 1_000;
        }

        private static String lower(Transfer.Reason reason) {
            return reason.name().toLowerCase(Locale.ROOT);
        }
    }
}
