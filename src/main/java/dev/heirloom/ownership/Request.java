package dev.heirloom.ownership;

import dev.heirloom.table.Commitment;
import dev.heirloom.table.HeirloomException;
import dev.heirloom.table.Work;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work asked of an owner, and what became of it. Thread-safe.
 *
 * <pre>
 *   waiting ──claim──▶ running ──▶ applied
 *      │                  │
 *      └──────────────────┴──────▶ not applied (the exception that says why)
 * </pre>
 *
 * <p>Each arrow is one compare-and-set, so a request runs at most once and has one outcome, whoever decides it: its
 * owner, the manager that fenced the owner, the deadline, or the caller that gave up.
 */
abstract class Request<K, R, T extends @Nullable Object> extends Commitment<T> {
    private static final Object WAITING = "waiting";
    private static final Object RUNNING = "running";
    private static final Object APPLIED = "applied";

    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<Request, Object> STATE =
            AtomicReferenceFieldUpdater.newUpdater(Request.class, Object.class, "state");

    final Work<K, R, T> work;

    /** How long it may wait, and then how long it may run. */
    final long timeoutNanos;

    /** When it must have begun, by {@link System#nanoTime}. */
    final long deadline;

    private volatile Object state = WAITING;

    /** Who follows it; null if nobody does. Written before it is put into the mailbox, as is the tally. */
    RequestTracing.@Nullable Trace trace;

    @Nullable
    RequestTally tally;

    Request(Work<K, R, T> work, long timeoutNanos) {
        this.work = work;
        this.timeoutNanos = timeoutNanos;
        this.deadline = System.nanoTime() + timeoutNanos;
    }

    /** Called once, when the outcome is decided, by the thread that decided it; must be quick and not throw. */
    abstract void settled();

    /** Whether the caller waits, and was parked when it was told. */
    boolean wokeItsCaller() {
        return false;
    }

    /** Takes the request to run it; false if it is over. */
    final boolean claim() {
        return STATE.compareAndSet(this, WAITING, RUNNING);
    }

    /** When it was made, by {@link System#nanoTime}. */
    final long asked() {
        return deadline - timeoutNanos;
    }

    /** Counts it as in doubt. */
    final void doubt() {
        RequestTally counting = tally;
        if (counting != null) {
            counting.inDoubt();
        }
    }

    /** Gives up a request that has not begun; false if it has, or is over. */
    final boolean withdraw(Supplier<? extends HeirloomException> why) {
        return settle(WAITING, why);
    }

    /** Decides the outcome of a request that was claimed by an owner that can change nothing any more. */
    final void decide(Supplier<? extends HeirloomException> whyNotApplied) {
        settle(RUNNING, isApplied() ? APPLIED : whyNotApplied);
    }

    final boolean isSettled() {
        Object now = state;
        return now != WAITING && now != RUNNING;
    }

    /** Why it was not applied; null if it was, or it is not settled. Makes a new exception for each caller. */
    final @Nullable HeirloomException failure() {
        return state instanceof Supplier<?> why ? (HeirloomException) why.get() : null;
    }

    private boolean settle(Object from, Object to) {
        if (STATE.compareAndSet(this, from, to)) {
            RequestTally counting = tally;
            if (to != APPLIED && counting != null) {
                counting.notApplied();
            }
            RequestTracing.Trace following = trace;
            if (following != null) {
                following.settled(to == APPLIED ? RequestTracing.Outcome.APPLIED : RequestTracing.Outcome.NOT_APPLIED);
            }
            settled();
            return true;
        }
        return false;
    }
}
