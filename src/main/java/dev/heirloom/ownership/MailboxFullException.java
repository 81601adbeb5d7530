package dev.heirloom.ownership;

import dev.heirloom.table.NotAppliedException;

/** Says that too many requests wait already; nothing was changed. */
public final class MailboxFullException extends NotAppliedException {
    public MailboxFullException(String table, int capacity) {
        super("the mailbox of table " + table + " is full: " + capacity + " requests wait");
    }
}
