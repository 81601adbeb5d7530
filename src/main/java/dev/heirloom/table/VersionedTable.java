package dev.heirloom.table;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A table in memory: versions of rows in an index, one writer at a time, any number of readers.
 *
 * <p>Thread-safe. Readers never block.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
public final class VersionedTable<K, R> implements Rows<K, R>, Query.Source<K, R> {
    private static final int ATTEMPTS = 100;
    private static final int OPTIMISTIC_READS = 3;

    /** How many expired rows are removed in one unit of work. */
    private static final int EXPIRY_BATCH = 256;

    /** The epoch of a writer that is not the owner, on a public table. */
    public static final long ANYBODY = -1;

    private final Storage<K, R> storage;
    private final Schema<K, R> schema;
    private final Clock clock;
    private final Index<K, Object> index;
    private final Commits<K, R> commits;

    public VersionedTable(Schema<K, R> schema, long epoch) {
        this(schema, epoch, System::nanoTime, InstantSource.system());
    }

    /**
     * @param ticker the time in nanoseconds, for the age of snapshots
     * @param time the time of day, for the expiry of rows
     */
    VersionedTable(Schema<K, R> schema, long epoch, LongSupplier ticker, InstantSource time) {
        this(new Storage<>(schema, ticker, time, 0), epoch);
    }

    private VersionedTable(Storage<K, R> storage, long epoch) {
        this.schema = storage.schema;
        this.storage = storage;
        this.clock = storage.clock;
        this.index = storage.index;
        this.commits = new Commits<>(storage, epoch);
    }

    @Override
    public Schema<K, R> schema() {
        return schema;
    }

    // ---- reading ----

    @Override
    public Optional<R> find(K key) {
        schema.requireOneRowAKey("find: use lookup");
        return Optional.ofNullable(storage.row(latest(key)));
    }

    @Override
    public List<R> lookup(K key) {
        return storage.rows(latest(key));
    }

    @Override
    public Revision<R> revision(K key) {
        Version<K, Object> version = latestVersion(key);
        return version == null || version.value == null
                ? Revision.absent()
                : version.revision(storage.rows(version.value));
    }

    @Override
    public boolean contains(K key) {
        return latest(key) != null;
    }

    private @Nullable Object latest(K key) {
        Version<K, Object> version = latestVersion(key);
        return version == null ? null : version.value;
    }

    private @Nullable Version<K, Object> latestVersion(K key) {
        Version<K, Object> version = clock.shown(index.get(key));
        while (version != null && isExpired(version)) {
            Version<K, Object> after = clock.shown(index.get(key));
            if (after == version) {
                return null;
            }
            version = after; // written again before its time was over
        }
        return version;
    }

    private boolean isExpired(Version<K, Object> version) {
        long deadline = version.deadline();
        return deadline != Expiry.NEVER_MILLIS && deadline <= storage.now();
    }

    @Override
    public <I> Optional<R> find(IndexSpec<I, R> by, I key) {
        schema.requireUnique(by);
        return lookup(by, key).stream().findFirst();
    }

    @Override
    public <I> List<R> lookup(IndexSpec<I, R> by, I key) {
        return consistent(view -> view.lookup(by, key));
    }

    @Override
    public Optional<R> first() {
        return consistent(View::first).stream().findFirst();
    }

    @Override
    public Optional<R> last() {
        return consistent(View::last).stream().findFirst();
    }

    @Override
    public Optional<R> next(K key) {
        return consistent(view -> view.next(key)).stream().findFirst();
    }

    @Override
    public Optional<R> previous(K key) {
        return consistent(view -> view.previous(key)).stream().findFirst();
    }

    @Override
    public Query<K, R> query() {
        return new Query<>(this);
    }

    @Override
    public Stream<R> stream(Query<K, R> query) {
        AtomicReference<@Nullable Snapshot<K, R>> reading = new AtomicReference<>();
        return StreamSupport.stream(
                        () -> {
                            Snapshot<K, R> snapshot = snapshot();
                            reading.set(snapshot);
                            return snapshot.spliterator(query, true);
                        },
                        storage.characteristics(),
                        false)
                .onClose(() -> {
                    Snapshot<K, R> snapshot = reading.get();
                    if (snapshot != null) {
                        snapshot.close();
                    }
                });
    }

    @Override
    public Optional<R> first(Query<K, R> query) {
        return consistent(view -> view.first(query));
    }

    @Override
    public Page<K, R> page(Query<K, R> query) {
        return consistent(view -> view.page(query));
    }

    @Override
    public long size() {
        return clock.size();
    }

    /** A frozen view of what is committed now; to be closed. */
    public Snapshot<K, R> snapshot() {
        commits.retention.releaseAbandoned();
        return new Snapshot<>(storage, commits.retention);
    }

    /** The number of the latest commit; every commit that changes something has the next higher one. */
    public long latestCommit() {
        return clock.latest();
    }

    /** Reads several rows as one commit shows them. */
    private <T> T consistent(Function<View<K, R>, T> read) {
        for (int i = 0; i < OPTIMISTIC_READS; i++) {
            long commit = clock.latest();
            try {
                T result = read.apply(storage.view(commit));
                if (clock.latest() == commit) { // so nothing it relied on was pruned
                    return result;
                }
            } catch (RuntimeException e) {
                if (clock.latest() == commit) {
                    throw e;
                }
            }
        }
        try (Snapshot<K, R> snapshot = snapshot()) {
            return snapshot.read(read);
        }
    }

    // ---- writing ----

    /**
     * Runs a function on a unit of work and commits it.
     *
     * @param writer the epoch the writer holds, or {@link #ANYBODY}
     * @param outcome where the result is stored before the commit, and the commit itself just after it: whoever
     *     acknowledges that {@link Commitment#awaitSafe waits until it is safe}; null if nobody will ask: then this
     *     method waits for it
     * @param failpoints null but in tests and chaos
     * @throws NotOwnerException if the table is at another epoch by now; nothing is changed
     * @throws AccessDeniedException if the writer is not the owner and the table is not public
     * @throws TableClosedException if the table is closed
     * @throws TableFullException if it would have more rows than it may
     * @throws NotUniqueException if two rows would have one key of a unique index
     * @throws ReadOnlyTableException if the table is kept and nothing can be written any more
     * @throws OutcomeUnknownException if the changes are visible, and nobody knows whether they will be kept
     * @throws ConflictException if other writers of a public table got in the way of each attempt
     * @throws Exception what the function throws; nothing is changed
     */
    public <T extends @Nullable Object> T atomically(
            long writer, Work<K, R, T> work, @Nullable Commitment<T> outcome, Failpoint.@Nullable Hook failpoints)
            throws Exception {
        if (writer == ANYBODY && schema.access() != Access.PUBLIC) {
            throw new AccessDeniedException(schema.name(), schema.access(), "write");
        }
        makeRoom(writer);
        return attempt(writer, work, outcome, failpoints);
    }

    /**
     * Removes the expired rows of a table that may be full: all of them, since nobody knows how many the unit inserts,
     * and its function shall run once.
     */
    private void makeRoom(long writer) {
        if (schema.limits().rows() < Long.MAX_VALUE && hasExpired()) {
            int removed;
            do {
                removed = removeExpired(writer);
            } while (removed > 0);
        }
    }

    private <T extends @Nullable Object> T attempt(
            long writer, Work<K, R, T> work, @Nullable Commitment<T> outcome, Failpoint.@Nullable Hook failpoints)
            throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Buffer<K, R> unit = new Buffer<>(storage, failpoints);
            T result;
            try {
                unit.reached(Failpoint.BEFORE_FUNCTION);
                result = work.apply(new UnitOfWork<>(this, unit));
            } catch (Exception e) {
                if (commits.isConsistent(unit)) {
                    throw e;
                }
                continue; // it may have failed because it saw two states
            } finally {
                unit.end();
            }
            if (outcome != null) {
                outcome.prepare(result);
            }
            if (commits.commit(unit, writer, outcome)) {
                if (outcome == null) {
                    unit.awaitSafe();
                }
                return result;
            }
        }
        throw new ConflictException(schema.name(), ATTEMPTS);
    }

    // ---- expiry ----

    /** When there may be expired rows to remove, in milliseconds since the epoch; {@link Long#MAX_VALUE} for never. */
    public long nextExpiry() {
        return commits.deadlines().next();
    }

    /** Whether there may be expired rows to remove now. */
    public boolean hasExpired() {
        long next = nextExpiry();
        return next != Expiry.NEVER_MILLIS && next <= storage.now();
    }

    /** How long until there may be expired rows to remove: 0 if now, {@link Long#MAX_VALUE} if never. */
    public long nanosToExpiry() {
        long next = nextExpiry();
        return next == Expiry.NEVER_MILLIS
                ? Long.MAX_VALUE
                : TimeUnit.MILLISECONDS.toNanos(Math.max(0, next - storage.now()));
    }

    /**
     * Removes some of the rows that have expired, in one unit of work.
     *
     * @param writer the epoch the writer holds, or {@link #ANYBODY}
     * @return how many
     * @throws NotOwnerException if the table is at another epoch by now
     * @throws TableClosedException if the table is closed
     */
    public int removeExpired(long writer) {
        while (true) {
            List<K> due = commits.due(EXPIRY_BATCH);
            if (due.isEmpty()) {
                return 0;
            }
            Buffer<K, R> unit = new Buffer<>(storage, null);
            int removed = unit.removeExpired(due);
            if (commits.commit(unit, writer, null)) {
                return removed;
            }
        }
    }

    /** As {@link #removeExpired}, if the lock is free; otherwise 0. Never blocks. */
    public int tryRemoveExpired(long writer) {
        List<K> due = commits.tryDue(EXPIRY_BATCH);
        if (due.isEmpty()) {
            return 0;
        }
        Buffer<K, R> unit = new Buffer<>(storage, null);
        int removed = unit.removeExpired(due);
        return commits.tryCommit(unit, writer) ? removed : 0;
    }

    /** How many snapshots are open. */
    public int openSnapshots() {
        return storage.snapshots.count();
    }

    // ---- changes ----

    /** The number of the latest change; every change has the next higher one, also if they are not kept. */
    public long latestChange() {
        return clock.changes();
    }

    /**
     * The changes that are committed from now on.
     *
     * @throws ChangesNotKeptException if the table keeps none
     */
    public Changes<K, R> changes() {
        return new Changes<>(feed(), clock.changes());
    }

    /**
     * The changes after one.
     *
     * @param sequence its number
     * @throws ChangesNotKeptException if the table keeps none
     * @throws NoSuchChangeException if there never was a change of that number, or the rows it was about died with an
     *     owner that had no heir
     */
    public Changes<K, R> changesAfter(long sequence) {
        ChangeFeed<K, R> feed = feed();
        long latest = clock.changes(); // the feed may be about to be told of it
        if (sequence < feed.start() || sequence > latest) {
            throw new NoSuchChangeException(schema.name(), sequence, feed.start(), latest);
        }
        return new Changes<>(feed, sequence);
    }

    private ChangeFeed<K, R> feed() {
        ChangeFeed<K, R> feed = commits.feed();
        if (feed == null) {
            throw new ChangesNotKeptException(schema.name());
        }
        return feed;
    }

    // ---- what was kept, and is kept on ----

    /** For whoever fills a new table with what was kept. */
    public TableLoader<K, R> loader() {
        return new TableLoader<>(storage, commits);
    }

    /** Has commits be written to another log from now on, which has all rows. */
    public void log(CommitLog<R> log) {
        commits.log(log);
    }

    /** For whoever has rows written once more. */
    public Rewriter<K, R> rewriter() {
        return new Rewriter<>(storage, commits);
    }

    // ---- ownership: epoch and end ----

    /** The epoch a writer must hold. */
    public long epoch() {
        return commits.epoch();
    }

    /**
     * Raises the epoch, if the lock is free: no writer that holds a lower one can commit any more, and what it has
     * committed shows in its {@link Commitment}. Never blocks.
     *
     * @return whether it did; it does not if the epoch is as high already, because the owner gave the table away
     */
    public boolean tryFence(long higher) {
        return commits.tryFence(higher);
    }

    /**
     * Raises the epoch, on behalf of the writer that holds the present one.
     *
     * @throws NotOwnerException if the writer is not the owner
     * @throws TableClosedException if the table is closed
     */
    public void fence(long writer, long higher) {
        commits.fence(writer, higher);
    }

    /** Refuses every later commit, if the lock is free. What is in the table stays readable. Never blocks. */
    public boolean tryClose() {
        return commits.tryClose();
    }

    /** An empty table to take the place of this one, which is closed; its changes are numbered on. */
    public VersionedTable<K, R> successor(long epoch) {
        return new VersionedTable<>(storage.successor(), epoch);
    }

    /** Releases the snapshots that are too old or unreachable and frees what they held. For the manager's clock. */
    public void releaseAbandonedSnapshots() {
        commits.retention.releaseAbandoned();
    }

    // ---- for tests ----

    Storage<K, R> storage() {
        return storage;
    }

    Commits<K, R> commits() {
        return commits;
    }
}
