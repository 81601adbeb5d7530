package dev.heirloom.table;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a table keeps of the past: prunes the versions that a commit has superseded, remembers the cells that keep some
 * for open snapshots, and sweeps these when a snapshot closes. What prunes runs under the lock of the table; the rest
 * is for any thread and never waits for it.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
final class Retention<K, R> {
    /** How many cells are swept before the lock is given to somebody else. */
    static final int BATCH = 256;

    /** A cell that keeps old versions. */
    record Retained<K, R>(K key, Cell<R> cell) {}

    private final ConcurrentMap<K, Cell<R>> index;
    private final OpenSnapshots snapshots;
    private final ReentrantLock lock;

    /** Guarded by the lock. */
    private final Deque<Retained<K, R>> retained = new ArrayDeque<>();

    private volatile boolean sweepWanted;

    /** How many retained cells the sweep under way has yet to look at; written under the lock. */
    private volatile int sweepLeft;

    Retention(ConcurrentMap<K, Cell<R>> index, OpenSnapshots snapshots, ReentrantLock lock) {
        this.index = index;
        this.snapshots = snapshots;
        this.lock = lock;
    }

    /** Prunes what the changes of a published commit have superseded. Under the lock. */
    void prune(List<Change<K, R>> changes) {
        if (!snapshots.isEmpty() && snapshots.releaseAbandoned()) {
            sweepWanted = true;
        }
        for (Change<K, R> change : changes) {
            Cell<R> cell = change.cell();
            if (cell != null) {
                prune(change.key, cell);
            }
        }
    }

    private void prune(K key, Cell<R> cell) {
        boolean hasOlder = cell.prune(snapshots);
        if (hasOlder) {
            if (!cell.retained) {
                cell.retained = true;
                retained.add(new Retained<>(key, cell));
            }
        } else if (cell.newest.row == null && !cell.removed) {
            index.remove(key, cell);
            cell.removed = true;
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
            int left = sweepWanted ? retained.size() : sweepLeft;
            sweepWanted = false;
            int batch = Math.min(left, BATCH);
            for (int i = 0; i < batch; i++) {
                Retained<K, R> next = retained.remove();
                next.cell().retained = false;
                prune(next.key(), next.cell()); // what is still needed goes to the back of the queue
            }
            sweepLeft = left - batch;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The cells that keep old versions; for tests. */
    Deque<Retained<K, R>> retained() {
        return retained;
    }
}
