package dev.heirloom.table;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happens to a table under its lock: commits, and what changes its epoch. Thread-safe.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
final class Commits<K, R> {
    /*
     * How a commit becomes visible.
     *
     * An index maps a key to its newest version, a version carries the number of its commit. The clock has the number
     * of the latest commit that is published. A commit installs its versions, numbered one higher and marked as not yet
     * known to be published, as the newest of their keys, and then makes them all visible by one write: published + 1.
     * A reader that meets a version above that takes the older one behind it. Until that write any failure is undone:
     * versions are marked (a reader may hold one) and keys get their former newest version back.
     *
     * A table that is kept writes down what a commit changes in the step before its publication. What the log writes is
     * made before, without the lock.
     *
     * A commit runs under the lock, as does everything that changes the epoch, so the comparison of the writer's epoch
     * with the table's fences: whoever was replaced can never publish. Only equals, hashCode and compare of keys, in
     * bags of rows, run under the lock; functions of the user's own have run before.
     *
     * After publication the versions are marked as published, so that later readers need not look at the clock, and
     * those behind them are pruned, unless an open snapshot needs them. A reader that found the newest version
     * unpublished takes the one behind it only if nothing was published meanwhile: until then nothing is pruned. An
     * entry whose newest version holds nothing leaves the index when nothing older is needed.
     */
    private final Storage<K, R> storage;
    private final Schema<K, R> schema;
    private final Clock clock;
    final ReentrantLock lock = new ReentrantLock();
    final Retention retention;
    private final Deadlines<K> deadlines;

    /** Null if no changes are kept. Another one when the table was loaded, before it is given to anybody. */
    private volatile @Nullable ChangeFeed<K, R> feed;

    /** Where commits are written; null if nowhere. Written under the lock, before the table is given to anybody. */
    private volatile @Nullable CommitLog<R> log;

    /** Raised under the lock at every reclaim and hand-over. */
    private volatile long epoch;

    private volatile boolean closed;

    Commits(Storage<K, R> storage, long epoch) {
        this.storage = storage;
        this.schema = storage.schema;
        this.clock = storage.clock;
        this.retention = new Retention(storage.snapshots, lock);
        this.deadlines = new Deadlines<>(storage.index);
        this.feed = feedAfter(clock.changes());
        this.epoch = epoch;
    }

    private @Nullable ChangeFeed<K, R> feedAfter(long changes) {
        int most = schema.limits().changes();
        return most == 0 ? null : new ChangeFeed<>(schema.name(), most, changes);
    }

    /** Whether the unit was committed; false says that another writer got in its way. */
    boolean commit(Buffer<K, R> unit, long writer, @Nullable Commitment<?> outcome) {
        List<? extends Write<?, ?>> writes = unit.allocate();
        CommitLog<R> kept = log;
        if (kept == null) {
            unit.reached(Failpoint.BEFORE_COMMIT);
            lock.lock();
            return commitAndUnlock(unit, writes, writer, outcome);
        }
        CommitLog.Entry<R> entry = unit.log(kept);
        try {
            unit.reached(Failpoint.BEFORE_COMMIT);
            lockWithRoom(kept, entry);
            return commitAndUnlock(unit, writes, writer, outcome);
        } finally {
            release(kept, entry);
        }
    }

    /** Takes the lock when there is room for an entry. */
    private void lockWithRoom(CommitLog<R> kept, CommitLog.@Nullable Entry<R> entry) {
        lock.lock();
        while (entry != null && !kept.hasRoom(entry)) {
            lock.unlock();
            kept.makeRoom(entry);
            lock.lock();
        }
    }

    private void release(CommitLog<R> kept, CommitLog.@Nullable Entry<R> entry) {
        if (entry != null) {
            kept.release(entry);
        }
    }

    /** As {@link #commit}; also false if the lock is not free. Never blocks. */
    boolean tryCommit(Buffer<K, R> unit, long writer) {
        List<? extends Write<?, ?>> writes = unit.allocate();
        CommitLog<R> kept = log;
        if (kept == null) {
            return lock.tryLock() && commitAndUnlock(unit, writes, writer, null);
        }
        CommitLog.Entry<R> entry = unit.log(kept);
        try {
            if (!lock.tryLock()) {
                return false;
            }
            if (entry != null && !kept.hasRoom(entry)) {
                lock.unlock();
                return false;
            }
            return commitAndUnlock(unit, writes, writer, null);
        } finally {
            release(kept, entry);
        }
    }

    private boolean commitAndUnlock(
            Buffer<K, R> unit, List<? extends Write<?, ?>> writes, long writer, @Nullable Commitment<?> outcome) {
        long before = clock.latest();
        try {
            checkWriter(writer);
            if (!unit.isValid()) {
                return false;
            }
            if (writes.isEmpty()) {
                markApplied(outcome, unit);
                return true;
            }
            publish(unit, writes, outcome);
            unit.reached(Failpoint.AFTER_PUBLICATION);
            return true;
        } finally {
            try {
                if (clock.latest() != before) {
                    retention.prune(writes);
                }
            } finally {
                lock.unlock();
            }
            retention.sweepBatch(); // a bounded part of what is to do
            ChangeFeed<K, R> following = feed;
            if (following != null) {
                following.wake();
            }
        }
    }

    private void checkWriter(long writer) {
        if (closed) {
            throw new TableClosedException(schema.name());
        }
        if (writer != VersionedTable.ANYBODY && writer != epoch) {
            throw new NotOwnerException(schema.name(), writer, epoch);
        }
    }

    /** Installs the writes and makes them visible. Anything thrown before that undoes what was installed. */
    private void publish(Buffer<K, R> unit, List<? extends Write<?, ?>> writes, @Nullable Commitment<?> outcome) {
        long commit = clock.latest() + 1;
        long size = clock.sizeAt(commit - 1);
        ChangeFeed<K, R> following = feed;
        List<RowChange<K, R>> changes = List.of();
        try {
            for (int i = 0; i < writes.size(); i++) {
                Write<?, ?> write = writes.get(i);
                write.install(commit);
                if (write instanceof Change<?> change) {
                    size += storage.count(change.value) - storage.count(change.before());
                }
                unit.reached(Failpoint.IN_COMMIT);
            }
            checkSize(size, commit);
            long latest = clock.changesAt(commit - 1);
            if (following == null) {
                clock.changes(commit, latest + RowChanges.count(unit));
            } else {
                changes = new RowChanges<>(unit, latest, commit, epoch).all();
                clock.changes(commit, latest + changes.size());
            }
            clock.size(commit, size);
            unit.reached(Failpoint.BEFORE_PUBLICATION);
            CommitLog<R> kept = log;
            CommitLog.Entry<R> entry = unit.entry();
            if (kept != null && entry != null) {
                unit.written(kept, kept.append(entry, commit, epoch)); // nothing may fail from here on
            }
        } catch (Throwable t) {
            undo(writes, t);
            throw t;
        }
        clock.publish(commit);
        markApplied(outcome, unit);
        for (int i = 0; i < writes.size(); i++) {
            writes.get(i).settle(commit);
        }
        if (following != null) {
            following.append(changes);
        }
        List<Change<K>> rows = unit.changes();
        for (int i = 0; i < rows.size(); i++) {
            Change<K> change = rows.get(i);
            deadlines.add(change.installed(), change.replaced());
        }
    }

    private static void markApplied(@Nullable Commitment<?> outcome, Buffer<?, ?> unit) {
        if (outcome != null) {
            unit.markApplied(outcome);
        }
    }

    private void checkSize(long size, long commit) {
        if (size > schema.limits().rows() && size > clock.sizeAt(commit - 1)) {
            throw new TableFullException(schema.name(), schema.limits().rows());
        }
    }

    private static void undo(List<? extends Write<?, ?>> writes, Throwable cause) {
        for (int i = writes.size() - 1; i >= 0; i--) {
            writes.get(i).undo();
        }
        try {
            writes.forEach(Write::forget);
        } catch (Throwable t) { // for want of memory: an entry that holds nothing stays
            cause.addSuppressed(t);
        }
    }

    /** Whether what a unit has read is still what is committed. */
    boolean isConsistent(Buffer<K, R> unit) {
        if (schema.access() != Access.PUBLIC) {
            return true;
        }
        lock.lock();
        try {
            return unit.isValid();
        } finally {
            lock.unlock();
        }
    }

    // ---- what was kept, and is kept on ----

    /** Opens a table that was loaded, and writes its commits from now on. */
    void open(long commit, long size, long changes, @Nullable CommitLog<R> kept) {
        lock.lock();
        try {
            clock.size(commit, size);
            clock.changes(commit, changes);
            clock.publish(commit);
            feed = feedAfter(changes);
            log = kept;
        } finally {
            lock.unlock();
        }
    }

    /** Has commits be written to another log from now on. */
    void log(CommitLog<R> kept) {
        lock.lock();
        try {
            log = kept;
        } finally {
            lock.unlock();
        }
    }

    /** Appends an entry that says what these versions are; {@link CommitLog#NOWHERE} if one is not the newest any more. */
    long rewrite(CommitLog<R> kept, CommitLog.Entry<R> entry, List<Version<K, Object>> versions) {
        lockWithRoom(kept, entry);
        try {
            for (Version<K, Object> version : versions) {
                if (storage.index.get(version.key) != version) {
                    return CommitLog.NOWHERE;
                }
            }
            return kept.append(entry, clock.latest(), epoch);
        } finally {
            lock.unlock();
        }
    }

    // ---- expiry ----

    Deadlines<K> deadlines() {
        return deadlines;
    }

    /** Keys that have expired. */
    List<K> due(int most) {
        lock.lock();
        return dueAndUnlock(most);
    }

    /** Keys that have expired, if the lock is free. Never blocks. */
    List<K> tryDue(int most) {
        return lock.tryLock() ? dueAndUnlock(most) : List.of();
    }

    private List<K> dueAndUnlock(int most) {
        try {
            return deadlines.due(storage.now(), most);
        } finally {
            lock.unlock();
        }
    }

    // ---- changes ----

    @Nullable
    ChangeFeed<K, R> feed() {
        return feed;
    }

    // ---- ownership: epoch and end ----

    long epoch() {
        return epoch;
    }

    /** Raises the epoch, if the lock is free and the epoch is not as high already. Never blocks. */
    boolean tryFence(long higher) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            if (higher <= epoch) {
                return false;
            }
            epoch = higher;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Raises the epoch, on behalf of the writer that holds the present one. */
    void fence(long writer, long higher) {
        lock.lock();
        try {
            checkWriter(writer);
            if (higher <= epoch) {
                throw new IllegalArgumentException("higher: epoch " + higher + " is not above " + epoch);
            }
            epoch = higher;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses every later commit, if the lock is free. Never blocks. */
    boolean tryClose() {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        ChangeFeed<K, R> following = feed;
        if (following != null) {
            following.close();
        }
        return true;
    }
}
