package dev.heirloom.table;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sorted arrays as values: each method gives a new array and leaves the old one as it is. */
final class Slots {
    private Slots() {}

    /** The first {@code size} elements and one more, put in. */
    static <T> T[] with(T[] from, int size, int at, T element) {
        T[] to = Arrays.copyOf(from, size + 1);
        System.arraycopy(from, at, to, at + 1, size - at);
        to[at] = element;
        return to;
    }

    static long[] with(long[] from, int size, int at, long element) {
        long[] to = Arrays.copyOf(from, size + 1);
        System.arraycopy(from, at, to, at + 1, size - at);
        to[at] = element;
        return to;
    }

    /** The first {@code size} elements but one. */
    static <T> T[] without(T[] from, int size, int at) {
        T[] to = Arrays.copyOf(from, size - 1);
        System.arraycopy(from, at + 1, to, at, size - 1 - at);
        return to;
    }

    static long @Nullable [] without(long @Nullable [] from, int size, int at) {
        if (from == null) {
            return null;
        }
        long[] to = Arrays.copyOf(from, size - 1);
        System.arraycopy(from, at + 1, to, at, size - 1 - at);
        return to;
    }

    /** The first elements of one array, then those of another. */
    static <T> T[] join(T[] one, int size, T[] other, int otherSize) {
        T[] to = Arrays.copyOf(one, size + otherSize);
        System.arraycopy(other, 0, to, size, otherSize);
        return to;
    }
}
