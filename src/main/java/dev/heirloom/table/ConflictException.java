package dev.heirloom.table;

/** Says that a unit of work on a public table met other writers in every one of its attempts; nothing was changed. */
public final class ConflictException extends NotAppliedException {
    public ConflictException(String table, int attempts) {
        super("table " + table + ": other writers got in the way " + attempts + " times");
    }
}
