package dev.heirloom.ownership;

import dev.heirloom.table.NotAppliedException;

/** Says that the request waited in the mailbox until its deadline passed; it was not begun and never will be. */
public final class DeadlineException extends NotAppliedException {
    public DeadlineException(String table) {
        super("the deadline of a request to table " + table + " passed before it was begun: nothing was changed");
    }
}
