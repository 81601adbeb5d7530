package dev.heirloom.table;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentNavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * The map view of an ordered set, as {@link Rows#asNavigableMap} says: of all its rows or those within a range, from the
 * lowest key up or from the highest down.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
final class OrderedRowMap<K, R> extends RowMap<K, R> implements ConcurrentNavigableMap<K, R> {
    private final Comparator<? super K> order;
    private final Bounds<K> range;
    private final boolean descending;

    private OrderedRowMap(
            Rows<K, R> rows, Schema<K, R> schema, Comparator<? super K> order, Bounds<K> range, boolean descending) {
        super(rows, schema);
        this.order = order;
        this.range = range;
        this.descending = descending;
    }

    static <K, R> OrderedRowMap<K, R> of(Rows<K, R> rows) {
        Schema<K, R> schema = rows.query().schema();
        return new OrderedRowMap<>(rows, schema, schema.requireOrder("navigable map view"), Bounds.all(), false);
    }

    @Override
    Query<K, R> query() {
        return rows.query().within(range, descending);
    }

    @Override
    @Nullable
    R row(K key) {
        return range.has(requireKey(key), order) ? super.row(key) : null;
    }

    @Override
    public int size() {
        return range.isAll() ? super.size() : (int) Math.min(query().count(), Integer.MAX_VALUE);
    }

    @Override
    public @Nullable Comparator<? super K> comparator() {
        Comparator<? super K> upwards = order.equals(Comparator.naturalOrder()) ? null : order;
        return descending ? Collections.reverseOrder(upwards) : upwards;
    }

    // ---- ends and neighbours ----

    @Override
    public @Nullable Entry<K, R> firstEntry() {
        return entry(end(descending));
    }

    @Override
    public @Nullable Entry<K, R> lastEntry() {
        return entry(end(!descending));
    }

    @Override
    public K firstKey() {
        return requirePresent(key(end(descending)));
    }

    @Override
    public K lastKey() {
        return requirePresent(key(end(!descending)));
    }

    @Override
    public @Nullable Entry<K, R> lowerEntry(K key) {
        return entry(nearest(key, false, !descending));
    }

    @Override
    public @Nullable K lowerKey(K key) {
        return key(nearest(key, false, !descending));
    }

    @Override
    public @Nullable Entry<K, R> floorEntry(K key) {
        return entry(nearest(key, true, !descending));
    }

    @Override
    public @Nullable K floorKey(K key) {
        return key(nearest(key, true, !descending));
    }

    @Override
    public @Nullable Entry<K, R> ceilingEntry(K key) {
        return entry(nearest(key, true, descending));
    }

    @Override
    public @Nullable K ceilingKey(K key) {
        return key(nearest(key, true, descending));
    }

    @Override
    public @Nullable Entry<K, R> higherEntry(K key) {
        return entry(nearest(key, false, descending));
    }

    @Override
    public @Nullable K higherKey(K key) {
        return key(nearest(key, false, descending));
    }

    private @Nullable R end(boolean highest) {
        return rows.query().within(range, highest).first().orElse(null);
    }

    private @Nullable R nearest(K key, boolean included, boolean downwards) {
        requireKey(key);
        Bounds<K> ahead = downwards ? range.narrowedTo(key, included, order) : range.narrowedFrom(key, included, order);
        return rows.query().within(ahead, downwards).first().orElse(null);
    }

    private @Nullable K key(@Nullable R row) {
        return row == null ? null : schema.keyOf(row);
    }

    private @Nullable Entry<K, R> entry(@Nullable R row) {
        return row == null ? null : Map.entry(schema.keyOf(row), row);
    }

    private static <K> K requirePresent(@Nullable K key) {
        if (key == null) {
            throw new NoSuchElementException();
        }
        return key;
    }

    @Override
    public Entry<K, R> pollFirstEntry() {
        throw refused("pollFirstEntry", "take");
    }

    @Override
    public Entry<K, R> pollLastEntry() {
        throw refused("pollLastEntry", "take");
    }

    // ---- keys ----

    @Override
    public NavigableSet<K> keySet() {
        return navigableKeySet();
    }

    @Override
    public NavigableSet<K> navigableKeySet() {
        return new OrderedKeySet<>(this);
    }

    @Override
    public NavigableSet<K> descendingKeySet() {
        return descendingMap().navigableKeySet();
    }

    // ---- parts ----

    @Override
    public OrderedRowMap<K, R> descendingMap() {
        return new OrderedRowMap<>(rows, schema, order, range, !descending);
    }

    @Override
    public OrderedRowMap<K, R> subMap(K from, boolean fromIncluded, K to, boolean toIncluded) {
        return part(from(to(range, to, toIncluded), from, fromIncluded));
    }

    @Override
    public OrderedRowMap<K, R> headMap(K to, boolean included) {
        return part(to(range, to, included));
    }

    @Override
    public OrderedRowMap<K, R> tailMap(K from, boolean included) {
        return part(from(range, from, included));
    }

    @Override
    public OrderedRowMap<K, R> subMap(K from, K to) {
        return subMap(from, true, to, false);
    }

    @Override
    public OrderedRowMap<K, R> headMap(K to) {
        return headMap(to, false);
    }

    @Override
    public OrderedRowMap<K, R> tailMap(K from) {
        return tailMap(from, true);
    }

    private Bounds<K> from(Bounds<K> bounds, K key, boolean included) {
        requireKey(key);
        return descending ? bounds.to(key, included) : bounds.from(key, included);
    }

    private Bounds<K> to(Bounds<K> bounds, K key, boolean included) {
        requireKey(key);
        return descending ? bounds.from(key, included) : bounds.to(key, included);
    }

    private OrderedRowMap<K, R> part(Bounds<K> part) {
        if (!part.isRange(order)) {
            throw new IllegalArgumentException("the range ends before it begins");
        }
        if (!range.includes(part, order)) {
            throw new IllegalArgumentException("the range reaches beyond that of this map");
        }
        return new OrderedRowMap<>(rows, schema, order, part, descending);
    }
}
