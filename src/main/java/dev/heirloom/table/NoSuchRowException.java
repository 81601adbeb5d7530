package dev.heirloom.table;

/** Says that an operation that needs a row found none under the key. */
public final class NoSuchRowException extends HeirloomException {
    public NoSuchRowException(String table, Object key) {
        super("table " + table + " has no row with key " + key);
    }
}
