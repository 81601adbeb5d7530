package dev.heirloom.documents;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of the members of a document, in order; the documents of a table share them. Immutable. */
final class Names {
    /** So few are found by looking at each. */
    private static final int FEW = 12;

    private final String[] all;
    private final @Nullable Map<String, Integer> places;

    /** @param all different names; not to be changed any more */
    Names(String[] all) {
        this.all = all;
        this.places = all.length <= FEW ? null : places(all);
    }

    private static Map<String, Integer> places(String[] all) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < all.length; i++) {
            places.put(all[i], i);
        }
        return places;
    }

    int size() {
        return all.length;
    }

    String get(int place) {
        return all[place];
    }

    /** The place of a name; -1 if it is none of these. */
    int placeOf(String name) {
        if (places != null) {
            return places.getOrDefault(name, -1);
        }
        for (int i = 0; i < all.length; i++) {
            if (all[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    Names with(String name) {
        String[] more = Arrays.copyOf(all, all.length + 1);
        more[all.length] = name;
        return new Names(more);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Names names && Arrays.equals(all, names.all);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(all);
    }
}
