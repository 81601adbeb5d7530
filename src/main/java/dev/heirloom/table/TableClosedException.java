package dev.heirloom.table;

/** Says that the table is gone: deleted, undeployed, or dead with an owner that had no heir. */
public final class TableClosedException extends NotAppliedException {
    public TableClosedException(String table) {
        super("table " + table + " is closed");
    }
}
