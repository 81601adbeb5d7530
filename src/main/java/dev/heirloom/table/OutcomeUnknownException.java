package dev.heirloom.table;

import org.jspecify.annotations.Nullable;

/**
 * Says that a unit of work is in doubt: its caller stopped waiting while it ran, or it is visible and nobody knows
 * whether it was kept. It was or will be applied whole or not at all; look at the table before trying again.
 */
public final class OutcomeUnknownException extends HeirloomException {
    public OutcomeUnknownException(String table, String why) {
        this(table, why, null);
    }

    public OutcomeUnknownException(String table, String why, @Nullable Throwable cause) {
        super("the outcome of a request to table " + table + " is unknown: " + why, cause);
    }
}
