package dev.heirloom.table;

import java.util.Locale;

/** Which neighbour is looked for in an ordered table. */
enum Seek {
    FIRST(true),
    LAST(false),
    NEXT(true),
    PREVIOUS(false);

    private final boolean upwards;

    Seek(boolean upwards) {
        this.upwards = upwards;
    }

    /** How to go on from a row that this one found. */
    Seek onward() {
        return upwards ? NEXT : PREVIOUS;
    }

    /** Whether a key that compares to another like this comes after it in the direction of the search. */
    boolean isBeyond(int comparison) {
        return upwards ? comparison > 0 : comparison < 0;
    }

    String operation() {
        return name().toLowerCase(Locale.ROOT);
    }
}
