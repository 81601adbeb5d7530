package dev.heirloom.table;

import org.jspecify.annotations.Nullable;

/**
 * What became of a piece of work: the writer stores the result before the commit, and the commit itself, in the step
 * after it publishes the changes, says that they are applied. So whoever has fenced the writer can decide the outcome
 * without it: after {@link VersionedTable#tryFence} a commitment that is not applied never will be.
 *
 * <p>Written by one thread; may be read by others.
 *
 * @param <T> the type of the result
 */
public class Commitment<T extends @Nullable Object> {
    private @Nullable T result;
    private volatile boolean applied;

    /** Where the commit was written, if the table is kept. */
    private @Nullable CommitLog<?> log;

    private long position = CommitLog.NOWHERE;

    /** Whether the work's changes are published. Never goes back. */
    public final boolean isApplied() {
        return applied;
    }

    /** The result of the work; of no meaning unless {@link #isApplied() applied}. */
    @SuppressWarnings("NullAway") // null is a T if the work may return null
    public final T result() {
        return result;
    }

    final void prepare(T result) {
        this.result = result;
    }

    /**
     * Waits until the work, which is {@link #isApplied() applied}, may be acknowledged: until it is as safe as the table
     * promises.
     *
     * @throws OutcomeUnknownException if nobody knows whether it will be kept
     */
    public final void awaitSafe() {
        CommitLog<?> kept = log;
        if (kept != null) {
            kept.awaitSafe(position);
        }
    }

    /** @param kept where it was written, up to a position; null if nowhere */
    final void markApplied(@Nullable CommitLog<?> kept, long end) {
        log = kept;
        position = end;
        applied = true;
    }
}
