package dev.heirloom.ownership;

import dev.heirloom.table.HeirloomException;

/** Says that the request is in doubt: the caller stopped waiting while it ran. It was or will be applied whole or not at all; look at the table before trying again. */
public final class OutcomeUnknownException extends HeirloomException {
    public OutcomeUnknownException(String table, String why) {
        super("the outcome of a request to table " + table + " is unknown: " + why);
    }
}
