package dev.heirloom.ownership;

import dev.heirloom.table.Failpoint;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** One injected failure of an owner: a hook that fails once, in one way, at one step. Thread-safe. */
public final class Sabotage implements Failpoint.Hook {
    /** How the owner fails. */
    public enum How {
        /** It throws an exception that nobody catches. */
        EXCEPTION,
        /** It throws an {@link Error}. */
        ERROR,
        /** It hangs until it is interrupted. */
        HANG,
        /** Its consumer returns normally. */
        RETURN
    }

    /** The {@link Error} of a crash that somebody asked for. */
    private static final class InjectedError extends Error {
        InjectedError(Failpoint at) {
            super("an error was asked for at " + at);
        }
    }

    private final How how;
    private final Failpoint at;
    private final AtomicBoolean done = new AtomicBoolean();

    public Sabotage(How how, Failpoint at) {
        this.how = how;
        this.at = at;
    }

    /** Whether somebody asked for this failure. */
    public static boolean isInjected(Throwable failure) {
        return failure instanceof InjectedCrashException || failure instanceof InjectedError;
    }

    /** Whether it has struck. */
    public boolean isDone() {
        return done.get();
    }

    @Override
    public void reached(Failpoint point) {
        if (point != at || !done.compareAndSet(false, true)) {
            return;
        }
        switch (how) {
            case EXCEPTION -> throw new InjectedCrashException(at);
            case ERROR -> throw new InjectedError(at);
            case RETURN -> throw new InjectedReturn(at);
            case HANG -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new InjectedCrashException(at);
                }
            }
        }
    }
}
