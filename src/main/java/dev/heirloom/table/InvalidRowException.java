package dev.heirloom.table;

/** Says that an object cannot be a row of the table. */
public final class InvalidRowException extends HeirloomException {
    public InvalidRowException(String table, String why) {
        super("not a row of table " + table + ": " + why);
    }
}
