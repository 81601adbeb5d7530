package dev.heirloom.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a table that appear together or not at all. It buffers: nobody sees a change before the commit, and to
 * drop the unit is to forget it. Its own reads see its own changes.
 *
 * <p>Not thread-safe: it belongs to the function it was given to, and is dead when that ends
 * ({@link UnitEndedException}).
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
public final class UnitOfWork<K, R> implements Rows<K, R> {
    /** How many changes are found by looking at each before a map is made. */
    private static final int FEW = 8;

    private final VersionedTable<K, R> table;
    private final long base;
    private final Failpoint.@Nullable Hook failpoints;
    private final List<Change<K, R>> changes = new ArrayList<>(2);
    private @Nullable Map<K, Change<K, R>> changesByKey;
    private @Nullable List<Stamp<K>> stamps;
    private boolean scanned;
    private boolean ended;

    /** Which version of a key the unit has read: the commit number, 0 for no row. */
    record Stamp<K>(K key, long commit) {}

    UnitOfWork(VersionedTable<K, R> table, Failpoint.@Nullable Hook failpoints) {
        this.table = table;
        this.base = table.latestCommit();
        this.failpoints = failpoints;
    }

    /**
     * Inserts a row, in place of the one that has its key if there is one ({@code ets:insert}).
     *
     * @return the row inserted
     * @throws InvalidRowException if it is null, of another class, or has no key
     */
    public R insert(R row) {
        K key = table.schema().keyOf(row);
        change(key).row = row;
        written();
        return row;
    }

    /**
     * Inserts a row if no row has its key ({@code ets:insert_new}).
     *
     * @return whether it was inserted
     * @throws InvalidRowException if it is null, of another class, or has no key
     */
    public boolean insertNew(R row) {
        K key = table.schema().keyOf(row);
        if (current(key) != null) {
            return false;
        }
        change(key).row = row;
        written();
        return true;
    }

    /**
     * Replaces a row by what the function makes of it.
     *
     * @return the new row
     * @throws NoSuchRowException if there is no row with the key
     * @throws KeyChangedException if the new row has another key
     * @throws InvalidRowException if the function returns null or an object of another class
     */
    public R update(K key, UnaryOperator<R> change) {
        R before = current(key);
        if (before == null) {
            throw new NoSuchRowException(table.schema().name(), key);
        }
        R after = change.apply(before);
        K keyAfter = table.schema().keyOf(after);
        if (!table.schema().sameKey(key, keyAfter)) {
            throw new KeyChangedException(table.schema().name(), key, keyAfter);
        }
        change(key).row = after;
        written();
        return after;
    }

    /**
     * Deletes the row with the key ({@code ets:delete}).
     *
     * @return whether there was one
     */
    public boolean delete(K key) {
        return take(key).isPresent();
    }

    /** Deletes the row with the key and returns it ({@code ets:take}). */
    public Optional<R> take(K key) {
        R before = current(key);
        if (before != null) {
            change(key).row = null;
            written();
        }
        return Optional.ofNullable(before);
    }

    @Override
    public Optional<R> find(K key) {
        return Optional.ofNullable(current(key));
    }

    @Override
    public Optional<R> first() {
        return seek(Seek.FIRST, null);
    }

    @Override
    public Optional<R> last() {
        return seek(Seek.LAST, null);
    }

    @Override
    public Optional<R> next(K key) {
        return seek(Seek.NEXT, key);
    }

    @Override
    public Optional<R> previous(K key) {
        return seek(Seek.PREVIOUS, key);
    }

    /** All rows as this unit sees them. Once it has changes the rows are copied into a list. */
    @Override
    public Stream<R> stream() {
        checkAlive();
        return Stream.of(this).flatMap(UnitOfWork::rows); // which looks at the unit when the stream starts to run
    }

    private Stream<R> rows() {
        checkAlive();
        scanned = true;
        if (changes.isEmpty()) {
            return table.stream();
        }
        List<R> rows = new ArrayList<>();
        try (Stream<R> committed = table.stream()) {
            committed.filter(row -> changeOf(table.schema().keyOf(row)) == null).forEach(rows::add);
        }
        for (Change<K, R> change : changes) {
            if (change.row != null) {
                rows.add(change.row);
            }
        }
        Comparator<? super K> order = table.schema().order();
        if (order != null) {
            rows.sort((a, b) ->
                    order.compare(table.schema().keyOf(a), table.schema().keyOf(b)));
        }
        return rows.stream();
    }

    @Override
    public long size() {
        checkAlive();
        scanned = true;
        long size = table.size();
        for (Change<K, R> change : changes) {
            boolean before = table.find(change.key).isPresent();
            size += (change.row != null ? 1 : 0) - (before ? 1 : 0);
        }
        return size;
    }

    // ---- what the table needs of it ----

    List<Change<K, R>> changes() {
        return changes;
    }

    List<Stamp<K>> stamps() {
        return stamps == null ? List.of() : stamps;
    }

    /** Whether it has looked at the table as a whole, so that any later commit is a conflict. */
    boolean scanned() {
        return scanned;
    }

    /** The latest commit when the unit began. */
    long base() {
        return base;
    }

    void end() {
        ended = true;
    }

    void reached(Failpoint point) {
        if (failpoints != null) {
            failpoints.reached(point);
        }
    }

    // ---- the buffer ----

    private void checkAlive() {
        if (ended) {
            throw new UnitEndedException(table.schema().name());
        }
    }

    private void written() {
        reached(Failpoint.IN_FUNCTION);
    }

    private @Nullable R current(K key) {
        checkAlive();
        Change<K, R> change = changeOf(key);
        if (change != null) {
            return change.row;
        }
        Version<R> version = VersionedTable.latest(table, table.cell(key));
        stamp(key, version);
        return version == null ? null : version.row;
    }

    private Change<K, R> change(K key) {
        checkAlive();
        Change<K, R> change = changeOf(key);
        if (change == null) {
            change = new Change<>(key, table.cell(key));
            changes.add(change);
            if (changesByKey != null) {
                changesByKey.put(key, change);
            } else if (changes.size() > FEW) {
                Comparator<? super K> order = table.schema().order();
                Map<K, Change<K, R>> byKey = order == null ? new HashMap<>() : new TreeMap<>(order);
                changes.forEach(each -> byKey.put(each.key, each));
                changesByKey = byKey;
            }
        }
        return change;
    }

    private @Nullable Change<K, R> changeOf(K key) {
        if (changesByKey != null) {
            return changesByKey.get(key);
        }
        for (int i = 0; i < changes.size(); i++) {
            if (table.schema().sameKey(changes.get(i).key, key)) {
                return changes.get(i);
            }
        }
        return null;
    }

    private void stamp(K key, @Nullable Version<R> version) {
        if (table.schema().access() == Access.PUBLIC) {
            if (stamps == null) {
                stamps = new ArrayList<>(2);
            }
            stamps.add(new Stamp<>(key, VersionedTable.stampOf(version)));
        }
    }

    private Optional<R> seek(Seek seek, @Nullable K from) {
        checkAlive();
        scanned = true;
        Optional<R> committed = table.seekLatest(seek, from);
        if (changes.isEmpty()) {
            return committed;
        }
        // The nearest committed row this unit has not changed, against the nearest row it has written.
        while (committed.isPresent()) {
            K key = table.schema().keyOf(committed.get());
            if (changeOf(key) == null) {
                break;
            }
            committed = table.seekLatest(seek.onward(), key);
        }
        R best = committed.orElse(null);
        for (Change<K, R> change : changes) {
            R row = change.row;
            if (row != null && (from == null || seek.isBeyond(table.order(seek).compare(change.key, from)))) {
                if (best == null
                        || seek.isBeyond(
                                table.order(seek).compare(table.schema().keyOf(best), change.key))) {
                    best = row;
                }
            }
        }
        return Optional.ofNullable(best);
    }
}
