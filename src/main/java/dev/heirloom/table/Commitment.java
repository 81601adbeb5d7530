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

    final void markApplied() {
        applied = true;
    }
}
