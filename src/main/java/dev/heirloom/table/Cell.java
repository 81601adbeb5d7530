package dev.heirloom.table;

import org.jspecify.annotations.Nullable;

/**
 * What the index of a table maps a key to: the versions of its row, the newest first. Overwriting a row changes the
 * cell, never the index. Reads need no lock; everything else happens under the lock of the table.
 *
 * @param <R> the type of the rows
 */
final class Cell<R> {
    volatile Version<R> newest;

    /** Whether the cell has left the index; guarded by the table's lock. */
    boolean removed;

    /** Whether the cell waits to be swept when a snapshot closes; guarded by the table's lock. */
    boolean retained;

    /** A cell that is not yet in the index: it will have its first row when {@code first} is published. */
    Cell(Version<R> first) {
        this.newest = first;
    }

    /**
     * The newest version that {@code commit} shows, or null if there is none or it was pruned. Whoever calls knows
     * which: versions a pinned snapshot needs are not pruned, and pruning follows the publication of a newer commit.
     */
    @Nullable
    Version<R> at(long commit) {
        Version<R> version = newest;
        while (version != null && version.commit > commit) {
            version = version.older;
        }
        return version;
    }

    /** Cuts the versions that no open snapshot needs, and says whether any old one is left. */
    boolean prune(OpenSnapshots snapshots) {
        Version<R> kept = newest;
        for (Version<R> old = kept.older; old != null; old = old.older) {
            if (old.commit != Version.NEVER && snapshots.need(old.commit, kept.commit)) {
                if (kept.older != old) {
                    kept.older = old;
                }
                kept = old;
            }
        }
        if (kept.older != null) {
            kept.older = null;
        }
        return newest != kept;
    }
}
