package dev.heirloom.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a unit of work is about to change, one change a key, and what it has read, for its validation. Not thread-safe.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
final class Buffer<K, R> {
    /** How many changes are found by looking at each before a map is made. */
    private static final int FEW = 8;

    private final Storage<K, R> storage;
    private final long base;
    private final Failpoint.@Nullable Hook failpoints;

    /** Most units have one: then it is a list of that one. */
    private List<Change<K>> changes = List.of();

    private @Nullable Map<K, Change<K>> byKey;
    private @Nullable List<Stamp<K>> stamps;
    private boolean scanned;
    private boolean ended;
    private long now;

    /** What the table's log writes of it; null if the table has none, or nothing changes. */
    private CommitLog.@Nullable Entry<R> entry;

    /** Where the commit was written, if the table is kept. */
    private @Nullable CommitLog<R> log;

    private long position = CommitLog.NOWHERE;

    Buffer(Storage<K, R> storage, Failpoint.@Nullable Hook failpoints) {
        this.storage = storage;
        this.base = storage.clock.latest();
        this.failpoints = failpoints;
    }

    Storage<K, R> storage() {
        return storage;
    }

    // ---- the life of the unit ----

    void checkAlive() {
        if (ended) {
            throw new UnitEndedException(storage.schema.name());
        }
    }

    void end() {
        ended = true;
    }

    void reached(Failpoint point) {
        if (failpoints != null) {
            failpoints.reached(point);
        }
    }

    /** To be called after each write. */
    void written() {
        reached(Failpoint.IN_FUNCTION);
    }

    /** The time of day in milliseconds, always the same once it was asked. */
    long now() {
        if (now == 0) {
            now = storage.now();
        }
        return now;
    }

    // ---- reading ----

    /** What a key holds, the changes included; null if nothing. */
    @Nullable
    Object current(K key) {
        checkAlive();
        Change<K> change = find(key);
        if (change != null) {
            return change.value;
        }
        Version<K, Object> version = read(key);
        return version == null || isExpired(version) ? null : version.value;
    }

    /** What a key holds, the changes included, and since which commit. */
    Revision<R> revision(K key) {
        checkAlive();
        Change<K> change = find(key);
        if (change != null) {
            return new Revision<>(storage.rows(change.value), Revision.NONE);
        }
        Version<K, Object> version = read(key);
        return version == null || version.value == null || isExpired(version)
                ? Revision.absent()
                : version.revision(storage.rows(version.value));
    }

    boolean isExpired(Version<K, Object> version) {
        long deadline = version.deadline();
        return deadline != Expiry.NEVER_MILLIS && deadline <= now();
    }

    /** What was said of a key alone; null if the table's expiry holds. */
    @Nullable
    Expiry ownExpiry(K key) {
        Change<K> change = find(key);
        if (change != null) {
            return change.expiry;
        }
        Version<K, Object> version = storage.clock.shown(storage.index.get(key));
        return version instanceof ExpiringVersion<K, Object> expiring && expiring.deadline() > now()
                ? expiring.own
                : null;
    }

    private @Nullable Version<K, Object> read(K key) {
        Version<K, Object> version = storage.clock.shown(storage.index.get(key));
        if (storage.schema.access() == Access.PUBLIC) {
            if (stamps == null) {
                stamps = new ArrayList<>(2);
            }
            stamps.add(new Stamp<>(key, version));
        }
        return version;
    }

    /** Notes that the unit looks at the table as a whole, so that any later commit is a conflict. */
    void scan() {
        checkAlive();
        scanned = true;
    }

    // ---- changing ----

    List<Change<K>> changes() {
        return changes;
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    @Nullable
    Change<K> find(K key) {
        if (byKey != null) {
            return byKey.get(key);
        }
        for (int i = 0; i < changes.size(); i++) {
            if (storage.schema.sameKey(changes.get(i).key, key)) {
                return changes.get(i);
            }
        }
        return null;
    }

    /** The change of a key, a new one if there is none yet. */
    Change<K> change(K key) {
        checkAlive();
        Change<K> change = find(key);
        if (change == null) {
            change = new Change<>(storage.index, key);
            if (!storage.secondary.isEmpty()) { // expired or not: what the indexes have of it
                Version<K, Object> version = read(key);
                change.found = version == null ? null : version.value;
            }
            add(change);
        }
        return change;
    }

    private void add(Change<K> change) {
        if (changes.isEmpty()) {
            changes = List.of(change);
            return;
        }
        if (changes.size() == 1) {
            changes = new ArrayList<>(changes);
        }
        changes.add(change);
        if (byKey != null) {
            byKey.put(change.key, change);
        } else if (changes.size() > FEW) {
            Comparator<? super K> order = storage.schema.order();
            Map<K, Change<K>> map = order == null ? new HashMap<>() : new TreeMap<>(order);
            changes.forEach(each -> map.put(each.key, each));
            byKey = map;
        }
    }

    /** Removes what is still expired of some keys. */
    int removeExpired(List<K> keys) {
        int removed = 0;
        for (K key : keys) {
            Version<K, Object> version = read(key);
            if (version != null && version.value != null && version.deadline() <= now()) {
                change(key).delete();
                removed++;
            }
        }
        return removed;
    }

    // ---- committing ----

    /** Makes everything the commit will install. */
    List<? extends Write<?, ?>> allocate() {
        for (int i = 0; i < changes.size(); i++) {
            changes.get(i).allocate(storage.schema.expiry(), this);
        }
        return storage.secondary.isEmpty() ? changes : new IndexWrites<>(this).of(changes);
    }

    /**
     * Makes what the log writes of the changes, which are allocated.
     *
     * @throws ReadOnlyTableException if nothing can be written any more
     */
    CommitLog.@Nullable Entry<R> log(CommitLog<R> kept) {
        if (!changes.isEmpty()) {
            entry = kept.entry();
            for (int i = 0; i < changes.size(); i++) {
                changes.get(i).log(entry, storage);
            }
        }
        return entry;
    }

    CommitLog.@Nullable Entry<R> entry() {
        return entry;
    }

    /** Notes where the commit ends in the log. */
    void written(CommitLog<R> kept, long end) {
        log = kept;
        position = end;
    }

    void markApplied(Commitment<?> outcome) {
        outcome.markApplied(log, position);
    }

    /** Waits until the commit may be acknowledged. */
    void awaitSafe() {
        if (log != null) {
            log.awaitSafe(position);
        }
    }

    /** Whether what was read is still what is committed, and what was logged what is changed. Under the lock. */
    boolean isValid() {
        return isConsistent() && (entry == null || isAllLogged());
    }

    /** In a loop: a stream for each commit shows in profiles. */
    private boolean isAllLogged() {
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i).deletesUnlogged()) {
                return false;
            }
        }
        return true;
    }

    private boolean isConsistent() {
        if (storage.schema.access() != Access.PUBLIC || base == storage.clock.latest()) {
            return true;
        }
        return !scanned && (stamps == null || stamps.stream().allMatch(stamp -> stamp.isValid(storage, now())));
    }
}
