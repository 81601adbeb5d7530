package dev.heirloom.table;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
public final class UnitOfWork<K, R> implements Writes<K, R> {
    private final VersionedTable<K, R> table;
    private final Buffer<K, R> buffer;

    UnitOfWork(VersionedTable<K, R> table, Buffer<K, R> buffer) {
        this.table = table;
        this.buffer = buffer;
    }

    private Storage<K, R> storage() {
        return buffer.storage();
    }

    private Schema<K, R> schema() {
        return buffer.storage().schema;
    }

    // ---- inserting ----

    @Override
    public R insert(R row) {
        put(schema().keyOf(row), row);
        buffer.written();
        return row;
    }

    @Override
    public void insertAll(Collection<? extends R> rows) {
        List<K> keys = rows.stream().map(schema()::keyOf).toList();
        buffer.checkAlive();
        int i = 0;
        for (R row : rows) {
            put(keys.get(i++), row);
        }
        buffer.written();
    }

    @Override
    public boolean insertNew(R row) {
        K key = schema().keyOf(row);
        if (buffer.current(key) != null) {
            return false;
        }
        put(key, row);
        buffer.written();
        return true;
    }

    @Override
    public boolean insertNewAll(Collection<? extends R> rows) {
        List<K> keys = rows.stream().map(schema()::keyOf).toList();
        for (K key : keys) {
            if (buffer.current(key) != null) {
                return false;
            }
        }
        insertAll(rows);
        return true;
    }

    private void put(K key, R row) {
        if (!schema().type().isBag()) {
            buffer.change(key).set(key, row, null);
            return;
        }
        Group<R> group = group(key);
        if (schema().type() == TableType.DUPLICATE_BAG || !group.contains(row)) {
            buffer.change(key).set(key, group.append(row), null);
        }
    }

    private Group<R> group(K key) {
        return storage().group(buffer.current(key));
    }

    // ---- updating ----

    @Override
    public R update(K key, UnaryOperator<R> change) {
        return replace(key, change.apply(required(key, "update")));
    }

    @Override
    public R update(K key, R initial, UnaryOperator<R> change) {
        schema().requireOneRowAKey("update");
        schema().requireSameKey(key, initial);
        R before = storage().row(buffer.current(key));
        return replace(key, change.apply(before == null ? initial : before));
    }

    @Override
    public <V extends @Nullable Object> boolean set(K key, Field<R, V> field, V value) {
        schema().requireOneRowAKey("update");
        R before = storage().row(buffer.current(key));
        if (before == null) {
            return false;
        }
        replace(key, field.write(before, value));
        return true;
    }

    @Override
    public <N extends Number> List<N> countAll(K key, List<Counter.Step<R, N>> steps) {
        return count(key, required(key, "update"), steps);
    }

    @Override
    public <N extends Number> List<N> countAll(K key, R initial, List<Counter.Step<R, N>> steps) {
        schema().requireOneRowAKey("update");
        schema().requireSameKey(key, initial);
        R before = storage().row(buffer.current(key));
        return count(key, before == null ? initial : before, steps);
    }

    private <N extends Number> List<N> count(K key, R before, List<Counter.Step<R, N>> steps) {
        Counter.Counted<R, N> counted = Counter.count(before, steps);
        replace(key, counted.row());
        return counted.values();
    }

    private R replace(K key, R after) {
        K its = schema().requireSameKey(key, after);
        Expiry own = buffer.ownExpiry(key);
        buffer.change(key).set(its, after, own);
        buffer.written();
        return after;
    }

    private R required(K key, String operation) {
        schema().requireOneRowAKey(operation);
        R before = storage().row(buffer.current(key));
        if (before == null) {
            throw new NoSuchRowException(schema().name(), key);
        }
        return before;
    }

    @Override
    public void expire(K key, Expiry expiry) {
        Object value = buffer.current(key);
        if (value == null) {
            throw new NoSuchRowException(schema().name(), key);
        }
        K its = schema().keyOf(storage().rows(value).get(0));
        boolean over = expiry.deadline(buffer.now()) <= buffer.now();
        buffer.change(key).set(its, over ? null : value, over ? null : expiry);
        buffer.written();
    }

    // ---- deleting ----

    @Override
    public boolean delete(K key) {
        return !takeAll(key).isEmpty();
    }

    @Override
    public Optional<R> take(K key) {
        schema().requireOneRowAKey("take: use takeAll");
        return takeAll(key).stream().findFirst();
    }

    @Override
    public List<R> takeAll(K key) {
        Object before = buffer.current(key);
        if (before != null) {
            buffer.change(key).delete();
            buffer.written();
        }
        return storage().rows(before);
    }

    @Override
    public boolean deleteRow(R row) {
        K key = schema().keyOf(row);
        if (!schema().type().isBag()) {
            return row.equals(buffer.current(key)) && delete(key);
        }
        Group<R> before = group(key);
        Group<R> after = before.without(row);
        if (before.size() == after.size()) {
            return false;
        }
        Expiry own = buffer.ownExpiry(key);
        buffer.change(key).set(key, after.isEmpty() ? null : after, own);
        buffer.written();
        return true;
    }

    @Override
    public void clear() {
        deleteAll(query());
    }

    @Override
    public long deleteAll(Query<K, R> rows) {
        return new Bulk<>(buffer).delete(rows(rows));
    }

    @Override
    public long replaceAll(Query<K, R> rows, UnaryOperator<R> change) {
        return new Bulk<>(buffer).replace(rows(rows), change);
    }

    /** The rows of a query, as this unit sees them, wherever the query comes from. */
    private List<R> rows(Query<K, R> query) {
        try (Stream<R> chosen = query.of(reads()).stream()) {
            return chosen.toList();
        }
    }

    // ---- reading ----

    private UnitReads<K, R> reads() {
        buffer.checkAlive();
        return new UnitReads<>(table, buffer);
    }

    @Override
    public Optional<R> find(K key) {
        schema().requireOneRowAKey("find: use lookup");
        return Optional.ofNullable(storage().row(buffer.current(key)));
    }

    @Override
    public List<R> lookup(K key) {
        return storage().rows(buffer.current(key));
    }

    @Override
    public Revision<R> revision(K key) {
        return buffer.revision(key);
    }

    @Override
    public boolean contains(K key) {
        return buffer.current(key) != null;
    }

    @Override
    public <I> Optional<R> find(IndexSpec<I, R> index, I key) {
        schema().requireUnique(index);
        return lookup(index, key).stream().findFirst();
    }

    @Override
    public <I> List<R> lookup(IndexSpec<I, R> index, I key) {
        return rows(query().by(index, key));
    }

    @Override
    public Optional<R> first() {
        return reads().first();
    }

    @Override
    public Optional<R> last() {
        return reads().last();
    }

    @Override
    public Optional<R> next(K key) {
        return reads().next(key);
    }

    @Override
    public Optional<R> previous(K key) {
        return reads().previous(key);
    }

    /** All rows as this unit sees them. Once it has changes the rows are copied into a list. */
    @Override
    public Query<K, R> query() {
        return new Query<>(reads());
    }

    @Override
    public long size() {
        buffer.scan();
        long size = table.size();
        for (Change<K> change : buffer.changes()) {
            Version<K, Object> before = storage().clock.shown(storage().index.get(change.key));
            size += storage().count(change.value) - storage().count(before == null ? null : before.value);
        }
        return size;
    }
}
