package dev.heirloom.table;

/** Says that the table's {@link TableType} does not know the operation. */
public final class WrongTypeException extends HeirloomException {
    public WrongTypeException(String table, TableType type, String operation) {
        super("table " + table + " is a " + type.words() + ": it has no " + operation);
    }
}
