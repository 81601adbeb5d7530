package dev.heirloom.table;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A table in memory: versioned cells over a concurrent map, one writer at a time, any number of readers.
 *
 * <p>Thread-safe. Readers never block.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
public final class VersionedTable<K, R> implements Rows<K, R> {
    /*
     * How a commit becomes visible.
     *
     * The index maps a key to a cell, a cell holds versions, a version carries the number of its commit. `published`
     * is the number of the latest commit. A commit installs its versions, numbered one higher, as the newest of their
     * cells, and then makes them all visible by one write: published + 1. A reader that meets a version above
     * `published` takes the older one behind it. Until that write any failure is undone: versions are marked UNDONE
     * (a reader may hold one) and cells get their former newest version back.
     *
     * A commit runs under `lock`, as does everything that changes the epoch, so the comparison of the writer's epoch
     * with the table's fences: whoever was replaced can never publish. Only equals, hashCode and compare of keys run
     * under the lock; functions of the user's own have run before.
     *
     * After publication the versions behind the new ones are pruned, unless an open snapshot needs them. A reader that
     * found the newest version unpublished takes the one behind it only if nothing was published meanwhile: until then
     * nothing is pruned. A cell whose newest version has no row leaves the index when nothing older is needed.
     *
     * The two sizes are those of the last two commits, by the parity of their number, so that a reader gets the size
     * that belongs to the commit it sees.
     */
    private static final int ATTEMPTS = 100;
    private static final int OPTIMISTIC_READS = 3;

    /** The epoch of a writer that is not the owner, on a public table. */
    public static final long ANYBODY = -1;

    private final Schema<K, R> schema;
    final ConcurrentMap<K, Cell<R>> index;
    private final OpenSnapshots snapshots;
    private final Retention<K, R> retention;
    final ReentrantLock lock = new ReentrantLock();

    private volatile long published = 1;
    private volatile long evenSize;
    private volatile long oddSize;

    /** Raised under the lock at every reclaim and hand-over. */
    private volatile long epoch;

    private volatile boolean closed;

    public VersionedTable(Schema<K, R> schema, long epoch) {
        this(schema, epoch, System::nanoTime);
    }

    /** @param ticker the time in nanoseconds, for the age of snapshots */
    VersionedTable(Schema<K, R> schema, long epoch, LongSupplier ticker) {
        this.schema = schema;
        this.epoch = epoch;
        this.index = schema.order() == null ? new ConcurrentHashMap<>() : new ConcurrentSkipListMap<>(schema.order());
        this.snapshots = new OpenSnapshots(schema.maxSnapshots(), schema.maxSnapshotAge(), ticker);
        this.retention = new Retention<>(index, snapshots, lock);
    }

    public Schema<K, R> schema() {
        return schema;
    }

    // ---- reading ----

    @Override
    public Optional<R> find(K key) {
        Version<R> version = latest(this, index.get(key));
        return version == null ? Optional.empty() : Optional.ofNullable(version.row);
    }

    @Override
    public boolean contains(K key) {
        Version<R> version = latest(this, index.get(key));
        return version != null && version.row != null;
    }

    @Override
    public Optional<R> first() {
        return seekLatest(Seek.FIRST, null);
    }

    @Override
    public Optional<R> last() {
        return seekLatest(Seek.LAST, null);
    }

    @Override
    public Optional<R> next(K key) {
        return seekLatest(Seek.NEXT, key);
    }

    @Override
    public Optional<R> previous(K key) {
        return seekLatest(Seek.PREVIOUS, key);
    }

    @Override
    public Stream<R> stream() {
        AtomicReference<@Nullable Snapshot<K, R>> reading = new AtomicReference<>();
        return StreamSupport.stream(
                        () -> {
                            Snapshot<K, R> snapshot = snapshot();
                            reading.set(snapshot);
                            return snapshot.spliterator(true);
                        },
                        streamCharacteristics(),
                        false)
                .onClose(() -> {
                    Snapshot<K, R> snapshot = reading.get();
                    if (snapshot != null) {
                        snapshot.close();
                    }
                });
    }

    @Override
    public long size() {
        while (true) {
            long commit = published;
            long size = sizeAt(commit);
            if (published == commit) {
                return size;
            }
        }
    }

    /** A frozen view of what is committed now; to be closed. */
    public Snapshot<K, R> snapshot() {
        retention.releaseAbandoned();
        return new Snapshot<>(this);
    }

    /** The number of the latest commit; every commit that changes something has the next higher one. */
    public long latestCommit() {
        return published;
    }

    /** The newest published version of a cell, or null if the key never had one that is still kept. */
    static <K, R> @Nullable Version<R> latest(VersionedTable<K, R> table, @Nullable Cell<R> cell) {
        if (cell == null) {
            return null;
        }
        while (true) {
            Version<R> version = cell.newest;
            long commit = table.published;
            if (version.commit <= commit) {
                return version;
            }
            Version<R> older = version.older;
            if (older != null && table.published == commit) {
                return older;
            }
            Thread.onSpinWait(); // published since it was read; what is behind it now may be what a snapshot needs
        }
    }

    /** What identifies a version of a row; no row at all is 0, however it came to that. */
    static <R> long stampOf(@Nullable Version<R> version) {
        return version == null || version.row == null ? 0 : version.commit;
    }

    Optional<R> seekLatest(Seek seek, @Nullable K from) {
        for (int i = 0; i < OPTIMISTIC_READS; i++) {
            long commit = published;
            R row = seek(seek, from, commit);
            if (published == commit) { // so nothing the search relied on was pruned
                return Optional.ofNullable(row);
            }
        }
        try (Snapshot<K, R> snapshot = snapshot()) {
            return Optional.ofNullable(seek(seek, from, snapshot.commit()));
        }
    }

    /** The neighbour as a commit shows it; the caller sees to it that the commit's versions stay. */
    @Nullable
    R seek(Seek seek, @Nullable K from, long commit) {
        order(seek);
        ConcurrentNavigableMap<K, Cell<R>> cells = (ConcurrentNavigableMap<K, Cell<R>>) index;
        if (from != null) {
            cells = seek == Seek.NEXT ? cells.tailMap(from, false) : cells.headMap(from, false);
        }
        if (seek == Seek.LAST || seek == Seek.PREVIOUS) {
            cells = cells.descendingMap();
        }
        for (Cell<R> cell : cells.values()) {
            Version<R> version = cell.at(commit);
            if (version != null && version.row != null) {
                return version.row;
            }
        }
        return null;
    }

    /** The order of the keys, or an error that names what needs one. */
    Comparator<? super K> order(Seek seek) {
        Comparator<? super K> order = schema.order();
        if (order == null) {
            throw new WrongTypeException(schema.name(), schema.type(), seek.operation());
        }
        return order;
    }

    // ---- writing ----

    /**
     * Runs a function on a unit of work and commits it.
     *
     * @param writer the epoch the writer holds, or {@link #ANYBODY}
     * @param outcome where the result is stored before the commit, and the commit itself just after it
     * @param failpoints null but in tests and chaos
     * @throws NotOwnerException if the table is at another epoch by now; nothing is changed
     * @throws AccessDeniedException if the writer is not the owner and the table is not public
     * @throws TableClosedException if the table is closed
     * @throws ConflictException if other writers of a public table got in the way of each attempt
     * @throws Exception what the function throws; nothing is changed
     */
    public <T extends @Nullable Object> T atomically(
            long writer, Work<K, R, T> work, Commitment<T> outcome, Failpoint.@Nullable Hook failpoints)
            throws Exception {
        if (writer == ANYBODY && schema.access() != Access.PUBLIC) {
            throw new AccessDeniedException(schema.name(), schema.access(), "write");
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            UnitOfWork<K, R> unit = new UnitOfWork<>(this, failpoints);
            T result;
            try {
                unit.reached(Failpoint.BEFORE_FUNCTION);
                result = work.apply(unit);
            } catch (Exception e) {
                if (isConsistent(unit)) {
                    throw e;
                }
                continue; // it may have failed because it saw two states
            } finally {
                unit.end();
            }
            outcome.prepare(result);
            if (commit(unit, writer, outcome)) {
                return result;
            }
        }
        throw new ConflictException(schema.name(), ATTEMPTS);
    }

    /** Whether the unit was committed; false says that another writer got in its way. */
    private boolean commit(UnitOfWork<K, R> unit, long writer, Commitment<?> outcome) {
        List<Change<K, R>> changes = unit.changes();
        changes.forEach(Change::allocate);
        unit.reached(Failpoint.BEFORE_COMMIT);
        lock.lock();
        try {
            checkWriter(writer);
            if (!isValid(unit)) {
                return false;
            }
            if (changes.isEmpty()) {
                outcome.markApplied();
                return true;
            }
            publish(unit, outcome);
            unit.reached(Failpoint.AFTER_PUBLICATION);
            return true;
        } finally {
            try {
                if (outcome.isApplied()) {
                    retention.prune(changes);
                }
            } finally {
                lock.unlock();
            }
            retention.sweepBatch(); // a bounded part of what is to do
        }
    }

    private void checkWriter(long writer) {
        if (closed) {
            throw new TableClosedException(schema.name());
        }
        if (writer != ANYBODY && writer != epoch) {
            throw new NotOwnerException(schema.name(), writer, epoch);
        }
    }

    /** Installs the changes and makes them visible. Anything thrown before that undoes what was installed. */
    private void publish(UnitOfWork<K, R> unit, Commitment<?> outcome) {
        List<Change<K, R>> changes = unit.changes();
        long commit = published + 1;
        long size = sizeAt(published);
        int installing = 0;
        try {
            for (; installing < changes.size(); installing++) {
                size += changes.get(installing).install(index, commit);
                unit.reached(Failpoint.IN_COMMIT);
            }
            if ((commit & 1) == 0) {
                evenSize = size;
            } else {
                oddSize = size;
            }
            unit.reached(Failpoint.BEFORE_PUBLICATION);
        } catch (Throwable t) {
            for (int i = Math.min(installing, changes.size() - 1); i >= 0; i--) {
                changes.get(i).uninstall(index);
            }
            throw t;
        }
        published = commit;
        outcome.markApplied();
    }

    /** Whether what a unit has read is still what is committed. Under the lock. */
    private boolean isValid(UnitOfWork<K, R> unit) {
        if (schema.access() != Access.PUBLIC || unit.base() == published) {
            return true;
        }
        if (unit.scanned()) {
            return false;
        }
        for (UnitOfWork.Stamp<K> stamp : unit.stamps()) {
            if (stampOf(latest(this, index.get(stamp.key()))) != stamp.commit()) {
                return false;
            }
        }
        return true;
    }

    private boolean isConsistent(UnitOfWork<K, R> unit) {
        if (schema.access() != Access.PUBLIC) {
            return true;
        }
        lock.lock();
        try {
            return isValid(unit);
        } finally {
            lock.unlock();
        }
    }

    // ---- ownership: epoch and end ----

    /** The epoch a writer must hold. */
    public long epoch() {
        return epoch;
    }

    /**
     * Raises the epoch, if the lock is free: no writer that holds a lower one can commit any more, and what it has
     * committed shows in its {@link Commitment}. Never blocks.
     *
     * @return whether it did; it does not if the epoch is as high already, because the owner gave the table away
     */
    public boolean tryFence(long higher) {
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

    /**
     * Raises the epoch, on behalf of the writer that holds the present one.
     *
     * @throws NotOwnerException if the writer is not the owner
     * @throws TableClosedException if the table is closed
     */
    public void fence(long writer, long higher) {
        lock.lock();
        try {
            checkWriter(writer);
            raise(higher);
        } finally {
            lock.unlock();
        }
    }

    private void raise(long higher) {
        if (higher <= epoch) {
            throw new IllegalArgumentException("higher: epoch " + higher + " is not above " + epoch);
        }
        epoch = higher;
    }

    /** Refuses every later commit, if the lock is free. What is in the table stays readable. Never blocks. */
    public boolean tryClose() {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            closed = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    // ---- what snapshots and units of work need ----

    @Nullable
    Cell<R> cell(K key) {
        return index.get(key);
    }

    Collection<Cell<R>> cells() {
        return index.values();
    }

    Retention<K, R> retention() {
        return retention;
    }

    OpenSnapshots snapshots() {
        return snapshots;
    }

    /** The size as of the latest commit or the one before it; whoever asks checks afterwards that it was. */
    long sizeAt(long commit) {
        return (commit & 1) == 0 ? evenSize : oddSize;
    }

    int streamCharacteristics() {
        return Spliterator.NONNULL | Spliterator.IMMUTABLE | (schema.order() == null ? 0 : Spliterator.ORDERED);
    }

    void release(OpenSnapshots.Pin pin) {
        retention.release(pin);
    }

    /** Releases the snapshots that are too old or unreachable and frees what they held. For the manager's clock. */
    public void releaseAbandonedSnapshots() {
        retention.releaseAbandoned();
    }
}
