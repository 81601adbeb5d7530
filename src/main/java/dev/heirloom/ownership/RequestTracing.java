package dev.heirloom.ownership;

import org.jspecify.annotations.Nullable;

/** Follows requests from their callers to the owner and to their outcome. Thread-safe; must be quick and not throw. */
public interface RequestTracing {
    /** What became of a request. */
    enum Outcome {
        APPLIED,
        NOT_APPLIED
    }

    /** One request that is followed. */
    interface Trace {
        /** The request left the mailbox and is run; by the owner's thread, followed by {@link #left} on the same. */
        void begun(String consumer, long epoch);

        /** The owner is done with it; by the owner's thread. */
        void left();

        /** Its outcome is decided; by any thread, once, before or after {@link #left}. */
        void settled(Outcome outcome);
    }

    /** Called by the caller's thread when it makes a request; null if this one is not followed. */
    @Nullable
    Trace asked(String table);
}
