package dev.heirloom.table;

/** Says that an update returned a row with another key; the key of a row cannot change. */
public final class KeyChangedException extends HeirloomException {
    public KeyChangedException(String table, Object before, Object after) {
        super("table " + table + ": an update changed the key " + before + " to " + after);
    }
}
