package dev.heirloom.ownership;

import dev.heirloom.table.NotAppliedException;

/**
 * Says that the caller was interrupted while its request waited in the mailbox; it was not begun and never will be. The
 * interrupt status of the thread is still set.
 */
public final class CallerInterruptedException extends NotAppliedException {
    public CallerInterruptedException(String table) {
        super("the caller of a request to table " + table + " was interrupted before it was begun");
    }
}
