package dev.heirloom.supervision;

import dev.heirloom.ownership.Transfer;
import org.jspecify.annotations.Nullable;

/** What a supervisor wants done. */
public sealed interface Action {
    /** Nothing. */
    record None() implements Action {}

    /**
     * Make an owner and submit its task.
     *
     * @param consumer which one; null for the home consumer of the table
     * @param attempt how many owners in a row have ended early
     */
    record HandOver(@Nullable String consumer, Transfer.Reason reason, int attempt) implements Action {
        /** Whether the present owner's consumer is to go on, because somebody asked for a restart. */
        public boolean isOrdered() {
            return consumer != null && reason == Transfer.Reason.INHERITED && attempt == 0;
        }
    }

    /** Say {@link Signal.Due} after the delay. */
    record Wait(long delayNanos) implements Action {}

    /** Refuse requests, for nobody is coming to serve them. */
    record Refuse(String why) implements Action {}

    /** Close the table: its owner has ended without an heir, and nobody is restarted to begin anew. */
    record End(String why) implements Action {}
}
