package dev.heirloom.table;

import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The number of the latest commit, and what it shows. One thread at a time publishes, under the lock of the table;
 * readers take no lock.
 */
final class Clock {
    private volatile long published = 1;

    /*
     * The sizes of the last two commits, by the parity of their number, so that a reader gets the size that belongs to
     * the commit it sees. Released, which is enough: who sees the size of a commit also sees that the one before it was
     * published.
     */
    private final AtomicLongArray sizes = new AtomicLongArray(2);

    /** The same of the number of the latest change. */
    private final AtomicLongArray changes = new AtomicLongArray(2);

    /** @param changes the number before that of the first change */
    Clock(long changes) {
        this.changes.set(0, changes);
        this.changes.set(1, changes);
    }

    /** The number of the latest commit; every commit that changes something has the next higher one. */
    long latest() {
        return published;
    }

    /** Sets the number of the latest change that a commit, which is about to be published, shows. */
    void changes(long commit, long latest) {
        changes.setRelease(parity(commit), latest);
    }

    /** Sets the size of a commit that is about to be published. */
    void size(long commit, long rows) {
        sizes.setRelease(parity(commit), rows);
    }

    private static int parity(long commit) {
        return (int) (commit & 1);
    }

    void publish(long commit) {
        published = commit;
    }

    /** The number of rows as of the latest commit. */
    long size() {
        while (true) {
            long commit = published;
            long size = sizeAt(commit);
            if (published == commit) {
                return size;
            }
        }
    }

    /** The size as of the latest commit or the one before it; whoever asks checks afterwards that it was. */
    long sizeAt(long commit) {
        return sizes.get(parity(commit));
    }

    /** The number of the latest change that the latest commit shows. */
    long changes() {
        while (true) {
            long commit = published;
            long changes = changesAt(commit);
            if (published == commit) {
                return changes;
            }
        }
    }

    /** As {@link #sizeAt}. */
    long changesAt(long commit) {
        return changes.get(parity(commit));
    }

    /**
     * The version of a key that the latest commit shows; null if there is none.
     *
     * @param newest what the index has for the key
     */
    <K, V> @Nullable Version<K, V> shown(@Nullable Version<K, V> newest) {
        return newest == null || newest.commit() > 0 ? newest : behind(newest);
    }

    /** For a version that was not known to be published when somebody looked. */
    private <K, V> @Nullable Version<K, V> behind(Version<K, V> newest) {
        while (true) {
            long now = published; // before its commit is read: the number of an undone commit is used again
            long commit = newest.commit();
            if (commit > 0 || (commit != Version.UNDONE && -commit <= now)) {
                return newest;
            }
            Version<K, V> older = newest.older();
            if (commit == Version.UNDONE || published == now) { // so nothing was pruned
                return older == null || older.commit() == Version.UNDONE ? null : older;
            }
            Thread.onSpinWait();
        }
    }
}
