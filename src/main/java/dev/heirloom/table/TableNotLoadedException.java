package dev.heirloom.table;

/** Says that the rows of a table that is kept are not there, yet or until somebody has seen to it. Nothing was changed. */
public final class TableNotLoadedException extends NotAppliedException {
    public TableNotLoadedException(String table, String why) {
        super("table " + table + " is not loaded: " + why);
    }
}
