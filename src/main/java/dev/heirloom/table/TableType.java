package dev.heirloom.table;

import java.util.Locale;

/** How a table finds its rows, as the table types of ETS. */
public enum TableType {
    /** One row a key, found by {@code equals} and {@code hashCode}, in no particular order. */
    SET,

    /** One row a key, found and ordered by a comparator: keys that compare as 0 are one key. */
    ORDERED_SET,

    /** Any number of rows a key, no two of them equal; those of one key in the order they were inserted. */
    BAG,

    /** Any number of rows a key, equal ones too; those of one key in the order they were inserted. */
    DUPLICATE_BAG;

    /** Whether a key may have several rows. */
    public boolean isBag() {
        return this == BAG || this == DUPLICATE_BAG;
    }

    /** In words: {@code ordered set}. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
