package dev.heirloom.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A size and kind of store, and how many threads use it. */
record Case(Keys keys, int rows, int rowsPerKey, int threads) {
    /** All combinations, of stores with one row a key. */
    static List<Case> of(List<Keys> keys, List<Integer> rows, int threads) {
        List<Case> cases = new ArrayList<>();
        for (Keys each : keys) {
            for (int count : rows) {
                cases.add(new Case(each, count, 1, threads));
            }
        }
        return cases;
    }

    /** As a line of a table begins. */
    String label() {
        return String.format(Locale.ROOT, "%s, %,d rows", keys, rows)
                + (rowsPerKey == 1 ? "" : String.format(Locale.ROOT, ", %,d a key", rowsPerKey))
                + (threads == 1 ? "" : ", " + threads + " threads");
    }
}
