package dev.heirloom.table;

import java.util.Comparator;
import java.util.Iterator;
import java.util.NavigableSet;
import java.util.Spliterator;
import org.jspecify.annotations.Nullable;

/** The keys of an {@link OrderedRowMap}, in its order. */
final class OrderedKeySet<K, R> extends RowSet<R, K> implements NavigableSet<K> {
    private final OrderedRowMap<K, R> map;

    OrderedKeySet(OrderedRowMap<K, R> map) {
        super(map, map.schema::keyOf, map::containsKey);
        this.map = map;
    }

    @Override
    int characteristics() {
        return super.characteristics() | Spliterator.SORTED;
    }

    @Override
    @Nullable
    Comparator<? super K> order() {
        return map.comparator();
    }

    @Override
    public @Nullable Comparator<? super K> comparator() {
        return map.comparator();
    }

    @Override
    public K first() {
        return map.firstKey();
    }

    @Override
    public K last() {
        return map.lastKey();
    }

    @Override
    public @Nullable K lower(K key) {
        return map.lowerKey(key);
    }

    @Override
    public @Nullable K floor(K key) {
        return map.floorKey(key);
    }

    @Override
    public @Nullable K ceiling(K key) {
        return map.ceilingKey(key);
    }

    @Override
    public @Nullable K higher(K key) {
        return map.higherKey(key);
    }

    @Override
    public K pollFirst() {
        throw ReadOnlyMap.refused("pollFirst", "take");
    }

    @Override
    public K pollLast() {
        throw ReadOnlyMap.refused("pollLast", "take");
    }

    @Override
    public NavigableSet<K> descendingSet() {
        return map.descendingKeySet();
    }

    @Override
    public Iterator<K> descendingIterator() {
        return descendingSet().iterator();
    }

    @Override
    public NavigableSet<K> subSet(K from, boolean fromIncluded, K to, boolean toIncluded) {
        return map.subMap(from, fromIncluded, to, toIncluded).navigableKeySet();
    }

    @Override
    public NavigableSet<K> headSet(K to, boolean included) {
        return map.headMap(to, included).navigableKeySet();
    }

    @Override
    public NavigableSet<K> tailSet(K from, boolean included) {
        return map.tailMap(from, included).navigableKeySet();
    }

    @Override
    public NavigableSet<K> subSet(K from, K to) {
        return subSet(from, true, to, false);
    }

    @Override
    public NavigableSet<K> headSet(K to) {
        return headSet(to, false);
    }

    @Override
    public NavigableSet<K> tailSet(K from) {
        return tailSet(from, true);
    }
}
