package dev.heirloom.table;

/** How a table finds its rows, as the table types of ETS. */
public enum TableType {
    /** One row a key, found by {@code equals} and {@code hashCode}, in no particular order. */
    SET,

    /** One row a key, found and ordered by a comparator: keys that compare as 0 are one key. */
    ORDERED_SET
}
