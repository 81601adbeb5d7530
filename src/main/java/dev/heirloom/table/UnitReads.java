package dev.heirloom.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a unit of work sees of several rows: what is committed, but for the keys it has changed. Not thread-safe.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
final class UnitReads<K, R> implements Query.Source<K, R> {
    private final VersionedTable<K, R> table;
    private final Buffer<K, R> buffer;

    UnitReads(VersionedTable<K, R> table, Buffer<K, R> buffer) {
        this.table = table;
        this.buffer = buffer;
    }

    @Override
    public Schema<K, R> schema() {
        return table.schema();
    }

    @Override
    public Stream<R> stream(Query<K, R> query) {
        buffer.checkAlive();
        return Stream.of(query).flatMap(this::rows); // which looks at the unit when the stream starts to run
    }

    private Stream<R> rows(Query<K, R> query) {
        buffer.scan();
        if (buffer.isEmpty()) {
            return table.stream(query);
        }
        return merged(query).stream().limit(query.limit());
    }

    /** All rows of a query, but for its limit. */
    private List<R> merged(Query<K, R> query) {
        List<R> rows = new ArrayList<>();
        Set<Change<K>> met = new HashSet<>();
        try (Stream<R> committed = table.stream(query.unlimited())) {
            committed.forEach(row -> {
                Change<K> change = buffer.find(schema().keyOf(row));
                if (change == null) {
                    rows.add(row);
                } else if (met.add(change)) { // in the place of what it changes
                    addChosen(change, query, rows);
                }
            });
        }
        buffer.changes().stream()
                .filter(change -> !met.contains(change))
                .forEach(change -> addChosen(change, query, rows));
        Query.IndexScan<?, R> scan = query.scan();
        Comparator<R> byKey = query.rowOrder();
        if (scan != null) {
            rows.sort(scan.order(byKey));
        } else {
            rows.sort(byKey);
        }
        return rows;
    }

    private void addChosen(Change<K> change, Query<K, R> query, List<R> rows) {
        buffer.storage().rows(change.value).stream().filter(query::has).forEach(rows::add);
    }

    @Override
    public Optional<R> first(Query<K, R> query) {
        buffer.scan();
        if (buffer.isEmpty()) {
            return table.first(query);
        }
        if (!query.comesInPageOrder()) {
            return merged(query).stream().findFirst();
        }
        Optional<R> committed = table.first(query.where(row -> buffer.find(schema().keyOf(row)) == null));
        Stream<R> written = buffer.changes().stream()
                .flatMap(change -> buffer.storage().rows(change.value).stream())
                .filter(query::has);
        return Stream.concat(committed.stream(), written).min(query.rowOrder());
    }

    @Override
    public Page<K, R> page(Query<K, R> query) {
        buffer.scan();
        return buffer.isEmpty()
                ? table.page(query)
                : Paging.page(Cursor.of(merged(query).iterator()), query);
    }

    // ---- neighbours ----

    Optional<R> first() {
        return seek(null, true, rows -> rows.first(), key -> table.next(key));
    }

    Optional<R> last() {
        return schema().order() == null ? first() : seek(null, false, rows -> rows.last(), key -> table.previous(key));
    }

    Optional<R> next(K key) {
        return seek(key, true, rows -> rows.next(key), other -> table.next(other));
    }

    Optional<R> previous(K key) {
        return schema().order() == null
                ? next(key)
                : seek(key, false, rows -> rows.previous(key), other -> table.previous(other));
    }

    /** The nearest committed row this unit has not changed, or the nearest it has written, whichever is nearer. */
    private Optional<R> seek(
            @Nullable K from,
            boolean upwards,
            Function<VersionedTable<K, R>, Optional<R>> nearest,
            Function<K, Optional<R>> onwards) {
        buffer.scan();
        if (buffer.isEmpty()) {
            return nearest.apply(table);
        }
        Comparator<? super K> order = schema().order();
        if (order == null) {
            return walk(from);
        }
        Optional<R> committed = nearest.apply(table);
        while (committed.isPresent() && buffer.find(schema().keyOf(committed.get())) != null) {
            committed = onwards.apply(schema().keyOf(committed.get()));
        }
        Comparator<K> ahead = upwards ? order::compare : (a, b) -> order.compare(b, a);
        R best = committed.orElse(null);
        for (Change<K> change : buffer.changes()) {
            R row = buffer.storage().row(change.value);
            if (row != null
                    && (from == null || ahead.compare(change.key, from) > 0)
                    && (best == null || ahead.compare(change.key, schema().keyOf(best)) < 0)) {
                best = row;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The row after a key in a table without order. */
    private Optional<R> walk(@Nullable K from) {
        Query<K, R> all = new Query<>(this);
        List<R> rows = merged(all);
        boolean passed = from == null;
        for (R row : rows) {
            boolean same = from != null && schema().sameKey(schema().keyOf(row), from);
            if (passed && !same) {
                return Optional.of(row);
            }
            passed |= same;
        }
        if (!passed && from != null) {
            throw new NoSuchRowException(schema().name(), from);
        }
        return Optional.empty();
    }
}
