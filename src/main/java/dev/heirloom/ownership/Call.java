package dev.heirloom.ownership;

import dev.heirloom.table.HeirloomException;
import dev.heirloom.table.OutcomeUnknownException;
import dev.heirloom.table.Work;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A request whose caller waits for it and is woken by the owner itself. */
final class Call<K, R, T extends @Nullable Object> extends Request<K, R, T> {
    private final Thread caller = Thread.currentThread();
    private volatile boolean parked;

    Call(Work<K, R, T> work, long timeoutNanos) {
        super(work, timeoutNanos);
    }

    @Override
    void settled() {
        if (parked) {
            LockSupport.unpark(caller);
        }
    }

    @Override
    boolean wokeItsCaller() {
        return parked;
    }

    /** Waits for the outcome; by the caller's thread. */
    T await(String table, Spin spin) {
        if (!spin.until(this::isSettled, Spin.NANOS)) {
            park(table);
        }
        HeirloomException failure = failure();
        if (failure != null) {
            throw failure;
        }
        try {
            awaitSafe();
        } catch (OutcomeUnknownException e) {
            doubt();
            throw e;
        }
        return result();
    }

    private void park(String table) {
        parked = true;
        while (!isSettled()) {
            long left = deadline - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(this, left);
            }
            if (isSettled()) {
                return;
            }
            if (Thread.currentThread().isInterrupted()) {
                if (!withdraw(() -> new CallerInterruptedException(table))) {
                    throwUnlessSettled(table, "the caller was interrupted while it ran");
                }
            } else if (left <= 0 && !withdraw(() -> new DeadlineException(table))) {
                throwUnlessSettled(table, "it was still running at its deadline");
            }
        }
    }

    private void throwUnlessSettled(String table, String why) {
        if (!isSettled()) {
            doubt();
            throw new OutcomeUnknownException(table, why);
        }
    }
}
