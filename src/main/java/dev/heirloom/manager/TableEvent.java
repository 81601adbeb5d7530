package dev.heirloom.manager;

import dev.heirloom.ownership.Transfer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A change of a table's ownership. Fired as an asynchronous CDI event, so observers ({@code @ObservesAsync TableEvent})
 * may see two events in the wrong order: {@link #sequence} tells. Immutable.
 */
public sealed interface TableEvent {
    /** The name of the table, at the time of the change. */
    String table();

    /** The epoch of the table after the change. */
    long epoch();

    /** The number of the event among those of its table, from 1. */
    long sequence();

    /** The manager created the table. */
    record Created(String table, long epoch, long sequence) implements TableEvent {}

    /** An owner's task runs and holds the table; {@code took} since its predecessor ended or it was first offered. */
    record HandedOver(String table, long epoch, long sequence, String consumer, Transfer.Reason reason, Duration took)
            implements TableEvent {}

    /** The owner gave the table away. */
    record GivenAway(String table, long epoch, long sequence, String from, String to) implements TableEvent {}

    /**
     * The owner ended and the table was taken from it.
     *
     * @param why what it died of, or that it returned; also what kept a named heir from inheriting
     * @param cause the class of what it died of; null if it returned
     */
    record Reclaimed(
            String table,
            long epoch,
            long sequence,
            String consumer,
            String why,
            @Nullable String cause) implements TableEvent {}

    /** What was kept of the table was read. */
    record Loaded(String table, long epoch, long sequence, long rows, long bytes, Duration took)
            implements TableEvent {}

    /** What was kept of the table cannot be read. */
    record NotLoaded(String table, long epoch, long sequence, String why) implements TableEvent {}

    /** Nothing can be changed any more: what is kept cannot be written. */
    record ReadOnly(String table, long epoch, long sequence, String why) implements TableEvent {}

    /** It can be changed again. */
    record Writable(String table, long epoch, long sequence) implements TableEvent {}

    /** The executor refused the owner's task, or dropped it before it began. */
    record Rejected(String table, long epoch, long sequence, String consumer, String why) implements TableEvent {}

    /** The owner's task was submitted a while ago and does not run: the executor is starved. */
    record NotStarted(String table, long epoch, long sequence, String consumer) implements TableEvent {}

    /** The owner has ended or hangs, and the table cannot be taken from it. */
    record Stuck(String table, long epoch, long sequence, String consumer) implements TableEvent {}

    /** Nobody owns the table and nobody will until something is done. */
    record Vacated(String table, long epoch, long sequence, String why) implements TableEvent {}

    /** The table was given up. */
    record Orphaned(String table, long epoch, long sequence, String why) implements TableEvent {}

    /** An administrator has the table offered to its consumer again. */
    record Revived(String table, long epoch, long sequence) implements TableEvent {}

    /** The thread of a former owner has ended at last. */
    record ZombieEnded(String table, long epoch, long sequence, String consumer) implements TableEvent {}

    /** The table is called {@code table} now, and was called {@code from} before. */
    record Renamed(String table, long epoch, long sequence, String from) implements TableEvent {}

    /** The table is gone. */
    record Closed(String table, long epoch, long sequence) implements TableEvent {}
}
