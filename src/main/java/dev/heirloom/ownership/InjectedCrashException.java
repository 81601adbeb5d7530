package dev.heirloom.ownership;

import dev.heirloom.table.Failpoint;
import dev.heirloom.table.HeirloomException;

/** The exception of a crash that somebody asked for; unlike a request's own exceptions it kills the owner. */
public final class InjectedCrashException extends HeirloomException {
    public InjectedCrashException(Failpoint at) {
        super("a crash was asked for at " + at);
    }
}
