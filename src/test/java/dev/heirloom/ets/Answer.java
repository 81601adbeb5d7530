package dev.heirloom.ets;

import org.jspecify.annotations.Nullable;

/**
 * What came of one line of a program.
 *
 * @param difference why ETS may have answered otherwise; null if it may not
 */
record Answer(String text, @Nullable Difference difference) {
    static Answer of(String text) {
        return new Answer(text, null);
    }
}
