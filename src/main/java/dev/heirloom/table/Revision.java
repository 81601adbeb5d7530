package dev.heirloom.table;

import java.util.List;

/**
 * What a key holds, and since which commit: whoever finds the same commit again finds the same rows. Immutable.
 *
 * @param rows the rows with the key: none, one, or in a bag any number; unmodifiable
 * @param commit the number of the commit that gave the key these rows, which a durable table keeps; {@link #NONE} if it
 *     has none, or they are not committed yet
 * @param <R> the type of the rows
 */
public record Revision<R>(List<R> rows, long commit) {
    /** The commit of what no commit has given. */
    public static final long NONE = 0;

    private static final Revision<?> ABSENT = new Revision<>(List.of(), NONE);

    /** Of a key that holds nothing. */
    @SuppressWarnings("unchecked") // it has no rows
    static <R> Revision<R> absent() {
        return (Revision<R>) ABSENT;
    }

    public boolean isPresent() {
        return !rows.isEmpty();
    }
}
