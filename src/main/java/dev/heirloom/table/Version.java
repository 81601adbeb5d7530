package dev.heirloom.table;

import org.jspecify.annotations.Nullable;

/**
 * One state of one key: a row, or that there is none, from its commit on until the commit of the next version.
 *
 * @param <R> the type of the rows
 */
final class Version<R> {
    /** The commit number of a version whose commit was undone: newer than whatever is read. */
    static final long UNDONE = Long.MAX_VALUE;

    /** The commit number of the state before a key first had a row. */
    static final long NEVER = 0;

    private static final Version<?> ABSENT = new Version<>(null, NEVER, null);

    /** Null says that the key has no row in this version. */
    final @Nullable R row;

    /** Written before the version is installed; written again, to {@link #UNDONE}, when its commit fails. */
    long commit;

    /** Null where nobody needs an older version, or there is none. */
    volatile @Nullable Version<R> older;

    Version(@Nullable R row, long commit, @Nullable Version<R> older) {
        this.row = row;
        this.commit = commit;
        this.older = older;
    }

    /** What lies behind the first version of a key. */
    @SuppressWarnings("unchecked") // it has no row
    static <R> Version<R> absent() {
        return (Version<R>) ABSENT;
    }
}
