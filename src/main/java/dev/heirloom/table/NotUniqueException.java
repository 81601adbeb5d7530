package dev.heirloom.table;

/** Says that a unit of work would have given two rows one key of a unique index; nothing was changed. */
public final class NotUniqueException extends NotAppliedException {
    public NotUniqueException(String table, String index, Object key) {
        super("table " + table + ": two rows with " + key + " in its unique index " + index);
    }
}
