package dev.heirloom.table;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The map view of a set, as {@link Rows#asMap} says. It holds nothing but the {@link Rows} it reads.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
class RowMap<K, R> extends ReadOnlyMap<K, R> {
    final Rows<K, R> rows;
    final Schema<K, R> schema;

    RowMap(Rows<K, R> rows, Schema<K, R> schema) {
        this.rows = rows;
        this.schema = schema;
    }

    static <K, R> RowMap<K, R> of(Rows<K, R> rows) {
        Schema<K, R> schema = rows.query().schema();
        schema.requireOneRowAKey("map view: use lookup");
        return new RowMap<>(rows, schema);
    }

    /** The rows of this view, in its order. */
    Query<K, R> query() {
        return rows.query();
    }

    @Override
    @SuppressWarnings("unchecked") // what is no key is found nowhere, or refused by the order of the keys
    public @Nullable R get(Object key) {
        return row((K) key);
    }

    @Override
    @SuppressWarnings("unchecked") // as in get
    public boolean containsKey(Object key) {
        return row((K) key) != null;
    }

    @Nullable
    R row(K key) {
        return rows.find(requireKey(key)).orElse(null);
    }

    static <K> K requireKey(K key) {
        return Objects.requireNonNull(key, "key");
    }

    @Override
    public boolean containsValue(Object value) {
        Objects.requireNonNull(value, "value");
        try (Stream<R> all = query().stream()) {
            return all.anyMatch(value::equals);
        }
    }

    private boolean containsEntry(Object candidate) {
        return candidate instanceof Map.Entry<?, ?> entry
                && entry.getKey() != null
                && entry.getValue() != null
                && entry.getValue().equals(get(entry.getKey()));
    }

    @Override
    public int size() {
        return (int) Math.min(rows.size(), Integer.MAX_VALUE);
    }

    @Override
    public boolean isEmpty() {
        return query().first().isEmpty();
    }

    @Override
    public Set<K> keySet() {
        return new RowSet<>(this, schema::keyOf, this::containsKey);
    }

    @Override
    public Collection<R> values() {
        return new RowCollection<>(this, row -> row, this::containsValue);
    }

    @Override
    public Set<Map.Entry<K, R>> entrySet() {
        return new RowSet<>(this, row -> Map.entry(schema.keyOf(row), row), this::containsEntry);
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super R> action) {
        try (Stream<R> all = query().stream()) {
            all.forEach(row -> action.accept(schema.keyOf(row), row));
        }
    }

    /** Compares the entries one by one: {@link #size} may count rows that have expired. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Map<?, ?> map && entrySet().equals(map.entrySet());
    }

    @Override
    public int hashCode() {
        return entrySet().hashCode();
    }
}
