package dev.heirloom.table;

/** Says that a unit of work would have given the table more rows than it may have; nothing was changed. */
public final class TableFullException extends NotAppliedException {
    public TableFullException(String table, long maxRows) {
        super("table " + table + " is full: it may have " + maxRows + " rows");
    }
}
