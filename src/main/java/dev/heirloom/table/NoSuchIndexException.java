package dev.heirloom.table;

/** Says that the table was not declared with the index. */
public final class NoSuchIndexException extends HeirloomException {
    public NoSuchIndexException(String table, String index) {
        super("table " + table + " has no index " + index);
    }
}
