package dev.heirloom.ownership;

import dev.heirloom.table.NotAppliedException;

/** Says that the table has no owner and none is coming: orphaned, or kept by the manager. Nothing was changed. */
public final class NoOwnerException extends NotAppliedException {
    public NoOwnerException(String table, String why) {
        super("table " + table + " has no owner: " + why);
    }
}
