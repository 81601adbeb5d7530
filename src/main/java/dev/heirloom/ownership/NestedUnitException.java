package dev.heirloom.ownership;

import dev.heirloom.table.NotAppliedException;

/**
 * Says that an owner began a unit of work within another on the same table, whose changes the outer one would not have
 * seen; the inner one was not begun.
 */
public final class NestedUnitException extends NotAppliedException {
    public NestedUnitException(String table) {
        super("a unit of work on table " + table + " is under way: use the table that its function was given");
    }
}
