package dev.heirloom.table;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a table keeps of the past: prunes the versions that a commit has superseded, remembers the keys that keep some
 * for open snapshots, and sweeps these when a snapshot closes. What prunes runs under the lock of the table; the rest
 * is for any thread and never waits for it.
 */
final class Retention {
    /** After how many commits abandoned snapshots are looked for, while there are any. */
    private static final int LOOK = 64;

    /** How many keys are swept before the lock is given to somebody else. */
    static final int BATCH = 256;

    /** A key that keeps old versions. */
    record Retained<K, V>(Index<K, V> index, K key) {
        @Nullable
        Version<K, V> newest() {
            return index.get(key);
        }
    }

    private final OpenSnapshots snapshots;
    private final ReentrantLock lock;

    /** Guarded by the lock. A key whose newest version has an older one is in it. */
    private final Deque<Retained<?, ?>> retained = new ArrayDeque<>();

    /** Guarded by the lock. While snapshots were open. */
    private long commits;

    private volatile boolean sweepWanted;

    /** How many retained keys the sweep under way has yet to look at; written under the lock. */
    private volatile int sweepLeft;

    Retention(OpenSnapshots snapshots, ReentrantLock lock) {
        this.snapshots = snapshots;
        this.lock = lock;
    }

    /** Prunes what a published commit has superseded. Under the lock. */
    void prune(List<? extends Write<?, ?>> writes) {
        boolean look = snapshots.hasDropped() || (!snapshots.isEmpty() && commits++ % LOOK == 0);
        if (look && snapshots.releaseAbandoned()) {
            sweepWanted = true;
        }
        for (int i = 0; i < writes.size(); i++) {
            prune(writes.get(i));
        }
    }

    /**
     * Looks at the version that was replaced, and no further: what is behind it was needed when that was written, and if
     * it is not any more, a sweep is due.
     */
    private <K, V> void prune(Write<K, V> write) {
        Version<K, V> newest = write.installed();
        if (newest == null) {
            return;
        }
        Version<K, V> replaced = newest.older;
        Version<K, V> behind = replaced == null || snapshots.isEmpty() ? null : replaced.older;
        boolean known = replaced != null && replaced.older != null;
        if (replaced != null && !isNeeded(replaced, newest)) {
            newest.older(behind);
        }
        if (newest.older == null) {
            removeIfNothing(write.index(), newest);
        } else if (!known) {
            retained.add(new Retained<>(write.index(), newest.key));
        }
    }

    private boolean isNeeded(Version<?, ?> old, Version<?, ?> kept) {
        return old.commit() != Version.UNDONE && snapshots.need(old.commit(), kept.commit());
    }

    private static <K, V> void removeIfNothing(Index<K, V> index, Version<K, V> newest) {
        if (newest.value == null) {
            index.remove(newest);
        }
    }

    /** Cuts the versions that no open snapshot needs, and says whether any old one is left. */
    private <K, V> boolean prune(Index<K, V> index, Version<K, V> newest) {
        if (newest.older != null) {
            cut(newest);
        }
        if (newest.older != null) {
            return true;
        }
        removeIfNothing(index, newest);
        return false;
    }

    private <K, V> void cut(Version<K, V> newest) {
        Version<K, V> kept = newest;
        if (!snapshots.isEmpty()) {
            for (Version<K, V> old = kept.older; old != null; old = old.older) {
                if (isNeeded(old, kept)) {
                    if (kept.older != old) {
                        kept.older(old);
                    }
                    kept = old;
                }
            }
        }
        if (kept.older != null) {
            kept.older(null);
        }
    }

    /** Releases a pin and frees what it held. */
    void release(OpenSnapshots.Pin pin) {
        if (snapshots.release(pin)) {
            sweepWanted = true;
            sweep();
        }
    }

    /** Releases the snapshots that are too old or unreachable, and frees what they held. */
    void releaseAbandoned() {
        if (snapshots.releaseAbandoned()) {
            sweepWanted = true;
        }
        sweep(); // also what was left because a writer held the lock
    }

    /** Frees what closed snapshots held, unless a writer holds the lock: it or the next one will go on with it. */
    void sweep() {
        while (sweepBatch()) {
            Thread.onSpinWait(); // between two batches a writer may have the lock
        }
    }

    /** Frees a bounded part of it, and says whether there may be more to do now. */
    boolean sweepBatch() {
        if ((!sweepWanted && sweepLeft == 0) || !lock.tryLock()) {
            return false;
        }
        try {
            int left = sweepLeft;
            if (sweepWanted) {
                sweepWanted = false; // before the pins are read; what is released later wants another sweep
                left = retained.size();
            }
            int batch = Math.min(left, BATCH);
            for (int i = 0; i < batch; i++) {
                sweep(retained.remove());
            }
            sweepLeft = left - batch;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private <K, V> void sweep(Retained<K, V> next) {
        Version<K, V> newest = next.newest();
        if (newest != null && prune(next.index(), newest)) {
            retained.add(next); // still needed: to the back of the queue
        }
    }

    /** The keys that keep old versions; for tests. */
    Deque<Retained<?, ?>> retained() {
        return retained;
    }
}
