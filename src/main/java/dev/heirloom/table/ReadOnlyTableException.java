package dev.heirloom.table;

/**
 * Says that nothing can be changed because what a table keeps cannot be written any more, until an administrator has
 * seen to it. Nothing was changed.
 */
public final class ReadOnlyTableException extends NotAppliedException {
    public ReadOnlyTableException(String table, String why) {
        super("table " + table + " is read-only: " + why);
    }
}
