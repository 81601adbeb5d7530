package dev.heirloom.table;

/** Says that a task that does not own the table tried to act as its owner; nothing was changed. */
public final class NotOwnerException extends NotAppliedException {
    public NotOwnerException(String table, long held, long current) {
        super("table " + table + " is at epoch " + current + ", the writer holds epoch " + held + ": not its owner");
    }
}
