package dev.heirloom.supervision;

import org.jspecify.annotations.Nullable;

/**
 * What the manager has a table in.
 *
 * <pre>
 *  Vacant ──▶ Starting ──▶ Owned ──▶ BackingOff ──▶ Starting
 *    ▲            │          │  └──▶ Stuck ──▶ (as if it had not been)
 *    └────────────┴──────────┤
 *                            └─────▶ Orphaned ──revive──▶ Starting        any ──▶ Closed
 *  Loading ──▶ Vacant, Starting; or Unloaded ──revive──▶ Loading
 * </pre>
 */
public sealed interface TableState {
    /** The epoch of the owner whose ending the manager waits for; 0 if there is none. */
    default long heldBy() {
        return 0;
    }

    /** Why the table has no owner; null if it has one, or one is about to be. */
    default @Nullable String why() {
        return null;
    }

    /** No owner, and none is coming; {@code why} says what must happen first. */
    record Vacant(String why) implements TableState {}

    /** The rows that were kept are being read; requests wait. */
    record Loading() implements TableState {
        @Override
        public String why() {
            return "it is being loaded";
        }
    }

    /** The rows that were kept could not be read: nothing is there until somebody has seen to it. */
    record Unloaded(String why) implements TableState {}

    /** A task is submitted and has not begun; {@code late} says that it should have by now. */
    record Starting(String consumer, long epoch, boolean late) implements TableState {
        @Override
        public long heldBy() {
            return epoch;
        }
    }

    /** The owner's task runs, since {@code since} by a clock of nanoseconds. */
    record Owned(String consumer, long epoch, long since) implements TableState {
        @Override
        public long heldBy() {
            return epoch;
        }
    }

    /** The next owner starts after a delay; 0 says that it is being made. */
    record BackingOff(long delayNanos, String why) implements TableState {}

    /** Given up: in memory, readable, waiting to be revived. */
    record Orphaned(String why) implements TableState {}

    /** The owner has ended or hangs, and the table cannot be taken from it: somebody holds the table's lock. */
    record Stuck(String consumer, long epoch, long since) implements TableState {
        @Override
        public long heldBy() {
            return epoch;
        }
    }

    /** Gone for good. */
    record Closed() implements TableState {}
}
