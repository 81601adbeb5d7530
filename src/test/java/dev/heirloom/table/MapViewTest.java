package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.Spliterator;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Map views are live, their iterators frozen, and they write nothing. What all maps do is in MapContractTest. */
class MapViewTest extends EngineTest {
    private static final Schema<String, Item> NATURAL =
            Schema.orderedSet("items", Item.class, Item::id, Comparator.naturalOrder());
    private static final Duration SHORT = Duration.ofSeconds(1);

    @ParameterizedTest
    @EnumSource(
            value = TableType.class,
            names = {"SET", "ORDERED_SET"})
    void view_afterCommits_showsThem(TableType type) {
        VersionedTable<String, Item> table = table(type);
        Map<String, Item> map = table.asMap();
        assertThat(map.isEmpty()).isTrue();
        insert(table, item("a", 1), item("b", 2));
        assertThat(map.get("a")).isEqualTo(item("a", 1));
        assertThat(map.size()).isEqualTo(2);
        insert(table, item("a", 10));
        delete(table, "b");
        assertThat(map.get("a")).isEqualTo(item("a", 10));
        assertThat(map.containsKey("b")).isFalse();
        assertThat(map.equals(Map.of("a", item("a", 10)))).isTrue();
    }

    @Test
    void neighbours_afterCommits_showThem() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, item("b", 2), item("d", 4));
        NavigableMap<String, Item> map = table.asNavigableMap();
        assertThat(map.ceilingKey("c")).isEqualTo("d");
        insert(table, item("c", 3));
        assertThat(map.ceilingKey("c")).isEqualTo("c");
        assertThat(map.floorEntry("c")).isEqualTo(Map.entry("c", item("c", 3)));
        try (Snapshot<String, Item> snapshot = table.snapshot()) { // keeps what is deleted in the index
            delete(table, "c");
            delete(table, "d");
            assertThat(map.ceilingKey("c")).isNull();
            assertThat(map.floorKey("c")).isEqualTo("b");
            assertThat(map.lastKey()).isEqualTo("b");
            assertThat(snapshot.asNavigableMap().ceilingKey("c")).isEqualTo("c");
            assertThat(snapshot.asNavigableMap().lastKey()).isEqualTo("d");
        }
    }

    @Test
    void keysOfAnOrderedView_areANavigableSet() {
        VersionedTable<String, Item> table = table(NATURAL);
        insert(table, item("b", 2), item("d", 4), item("f", 6));
        NavigableMap<String, Item> map = table.asNavigableMap();
        NavigableSet<String> keys = map.navigableKeySet();
        NavigableSet<String> same = new TreeSet<>(List.of("b", "d", "f"));
        assertThat(keys).containsExactlyElementsOf(same);
        assertThat(keys.first()).isEqualTo("b");
        assertThat(keys.last()).isEqualTo("f");
        for (String key : List.of("a", "b", "c", "d", "e", "f", "g")) {
            assertThat(keys.floor(key)).as("floor of %s", key).isEqualTo(same.floor(key));
            assertThat(keys.lower(key)).as("lower of %s", key).isEqualTo(same.lower(key));
            assertThat(keys.ceiling(key)).as("ceiling of %s", key).isEqualTo(same.ceiling(key));
            assertThat(keys.higher(key)).as("higher of %s", key).isEqualTo(same.higher(key));
            String next = same.ceiling(key);
            assertThat(map.ceilingEntry(key))
                    .isEqualTo(
                            next == null
                                    ? null
                                    : Map.entry(next, table.find(next).orElseThrow()));
            assertThat(keys.headSet(key)).containsExactlyElementsOf(same.headSet(key));
            assertThat(keys.headSet(key, true)).containsExactlyElementsOf(same.headSet(key, true));
            assertThat(keys.tailSet(key)).containsExactlyElementsOf(same.tailSet(key));
            assertThat(keys.subSet("b", key.compareTo("b") < 0 ? "b" : key))
                    .containsExactlyElementsOf(same.subSet("b", key.compareTo("b") < 0 ? "b" : key));
            assertThat(keys.contains(key)).isEqualTo(same.contains(key));
        }
        assertThat(List.copyOf(keys.descendingSet())).containsExactly("f", "d", "b");
        Iterator<String> backwards = keys.descendingIterator();
        assertThat(backwards.next()).isEqualTo("f");
        NavigableMap<String, Item> ignoringCase = table(TableType.ORDERED_SET).asNavigableMap();
        assertThat(ignoringCase.comparator()).isEqualTo(String.CASE_INSENSITIVE_ORDER);
        assertThat(ignoringCase.navigableKeySet().comparator()).isEqualTo(String.CASE_INSENSITIVE_ORDER);
    }

    @Test
    void collectionsOfAView_haveItsSizeAndContents() {
        VersionedTable<String, Item> table = table(TableType.SET);
        Map<String, Item> map = table.asMap();
        assertThat(map.values().isEmpty()).isTrue();
        assertThat(map.values().size()).isZero();
        insert(table, item("a", 1), item("b", 2));
        assertThat(map.values().isEmpty()).isFalse();
        assertThat(map.values().size()).isEqualTo(2);
        assertThat(map.values().contains(item("a", 1))).isTrue();
        assertThat(map.values().contains(item("a", 2))).isFalse();
        assertThat(map.entrySet().contains(Map.entry("b", item("b", 2)))).isTrue();
        assertThat(map.entrySet().contains(Map.entry("b", item("b", 1)))).isFalse();
        Spliterator<Item> items = map.values().spliterator();
        assertThat(items.estimateSize()).isPositive();
        List<Item> seen = new ArrayList<>();
        while (items.tryAdvance(seen::add)) {
            assertThat(seen.size()).isLessThanOrEqualTo(2);
        }
        assertThat(seen).containsExactlyInAnyOrder(item("a", 1), item("b", 2));
    }

    @Test
    void partOfAView_afterCommits_showsThem() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, item("a", 1), item("e", 5));
        NavigableMap<String, Item> part = table.asNavigableMap().subMap("b", true, "d", true);
        assertThat(part.isEmpty()).isTrue();
        assertThat(part.size()).isZero();
        insert(table, item("b", 2), item("d", 4));
        assertThat(part.size()).isEqualTo(2);
        assertThat(part.descendingKeySet()).containsExactly("d", "b");
        assertThat(part.get("e")).isNull();
    }

    @Test
    void partOfAView_beyondItsRange_refused() {
        ConcurrentNavigableMap<String, Item> part =
                table(TableType.ORDERED_SET).asNavigableMap().subMap("b", true, "d", false);
        List<ThrowingCallable> parts = List.of(
                () -> part.headMap("d", true),
                () -> part.headMap("a", false),
                () -> part.tailMap("a", true),
                () -> part.tailMap("e", true),
                () -> part.subMap("c", true, "b", true),
                () -> part.subMap("a", "c"),
                () -> part.descendingMap().headMap("a", true),
                () -> part.descendingMap().tailMap("d", true),
                () -> part.descendingMap().subMap("b", "c"),
                () -> part.keySet().subSet("b", "e"));
        for (ThrowingCallable each : parts) {
            assertThatThrownBy(each).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(part.headMap("d", false).isEmpty()).isTrue(); // as far as it goes
        assertThat(part.descendingMap().tailMap("b", true).isEmpty()).isTrue();
    }

    @Test
    void comparator_isTheOneOfTheTable_nullIfNatural() {
        NavigableMap<String, Item> folded = table(TableType.ORDERED_SET).asNavigableMap();
        assertThat(folded.comparator()).isSameAs(String.CASE_INSENSITIVE_ORDER);
        assertThat(folded.descendingMap().comparator().compare("a", "B")).isPositive();
        NavigableMap<String, Item> natural = table(NATURAL).asNavigableMap();
        assertThat(natural.comparator()).isNull();
        assertThat(natural.descendingMap().comparator()).isEqualTo(Comparator.reverseOrder());
    }

    @Test
    void keys_thatCompareAsEqual_areOne() {
        NavigableMap<String, Item> map =
                table(TableType.ORDERED_SET, item("a", 1)).asNavigableMap();
        assertThat(map.get("A")).isEqualTo(item("a", 1));
        assertThat(map.ceilingKey("A")).isEqualTo("a");
        assertThat(map.higherKey("A")).isNull();
        assertThat(map.tailMap("A", true).size()).isEqualTo(1);
        assertThat(map.tailMap("A", false).size()).isZero();
    }

    // ---- iterators ----

    @ParameterizedTest
    @EnumSource(
            value = TableType.class,
            names = {"SET", "ORDERED_SET"})
    void iterator_showsTheCommitAtWhichItWasMade(TableType type) {
        VersionedTable<String, Item> table = table(type, item("a", 1), item("b", 2));
        Iterator<Item> rows = table.asMap().values().iterator();
        Iterator<String> keys = table.asMap().keySet().iterator();
        Iterator<Map.Entry<String, Item>> entries = table.asMap().entrySet().iterator();
        insert(table, item("b", 20), item("c", 3));
        delete(table, "a");
        assertThat(rows).toIterable().containsExactlyInAnyOrder(item("a", 1), item("b", 2));
        assertThat(keys).toIterable().containsExactlyInAnyOrder("a", "b");
        assertThat(entries)
                .toIterable()
                .containsExactlyInAnyOrder(Map.entry("a", item("a", 1)), Map.entry("b", item("b", 2)));
    }

    @Test
    void iterator_atItsEnd_freesItsSnapshot() {
        VersionedTable<String, Item> table = table(TableType.SET, item("a", 1));
        Iterator<String> keys = table.asMap().keySet().iterator();
        assertThat(table.storage().snapshots.count()).isEqualTo(1);
        keys.next();
        assertThat(keys.hasNext()).isFalse();
        assertThat(table.storage().snapshots.count()).isZero();
        assertThat(keys.hasNext()).isFalse();
    }

    @Test
    void iterator_tooOld_fails() {
        VersionedTable<String, Item> table =
                table(schema(TableType.ORDERED_SET).withLimits(Limits.DEFAULT.withSnapshots(8, SHORT)));
        insert(table, item("a", 1), item("b", 2));
        Iterator<String> keys = table.asNavigableMap().keySet().iterator();
        advance(SHORT.plusNanos(1));
        insert(table, item("b", 20));
        assertThat(keys.next()).isEqualTo("a"); // read when the iterator was made
        assertThatThrownBy(keys::hasNext).isInstanceOf(SnapshotExpiredException.class);
        assertThatThrownBy(keys::next).isInstanceOf(SnapshotExpiredException.class);
    }

    @Test
    void stream_closedEarly_freesItsSnapshot() {
        VersionedTable<String, Item> table = table(TableType.SET, item("a", 1), item("b", 2));
        try (Stream<String> keys = table.asMap().keySet().stream()) {
            assertThat(keys.findFirst()).isPresent();
            assertThat(table.storage().snapshots.count()).isEqualTo(1);
        }
        assertThat(table.storage().snapshots.count()).isZero();
    }

    @Test
    void forEach_thatThrows_freesItsSnapshot() {
        VersionedTable<String, Item> table = table(TableType.SET, item("a", 1), item("b", 2));
        assertThatThrownBy(() -> table.asMap().forEach((key, row) -> {
                    throw new IllegalStateException(key);
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(table.storage().snapshots.count()).isZero();
    }

    @Test
    void lookups_takeNoSnapshot() {
        VersionedTable<String, Item> table =
                table(schema(TableType.ORDERED_SET).withLimits(Limits.DEFAULT.withSnapshots(1, SHORT)));
        insert(table, item("a", 1), item("b", 2));
        NavigableMap<String, Item> map = table.asNavigableMap();
        try (Snapshot<String, Item> only = table.snapshot()) {
            assertThat(map.firstKey()).isEqualTo("a");
            assertThat(map.higherKey("a")).isEqualTo("b");
            assertThat(map.isEmpty()).isFalse();
            assertThat(map.get("a")).isNotNull();
            assertThat(only.size()).isEqualTo(2); // it did not have to give way
        }
    }

    @Test
    void keySpliterator_saysWhatTheKeysAreSortedBy() {
        NavigableMap<String, Item> map =
                table(TableType.ORDERED_SET, item("a", 1), item("B", 2)).asNavigableMap();
        Spliterator<String> keys = map.navigableKeySet().spliterator();
        assertThat(keys.hasCharacteristics(Spliterator.SORTED | Spliterator.ORDERED | Spliterator.DISTINCT))
                .isTrue();
        assertThat(keys.getComparator()).isEqualTo(String.CASE_INSENSITIVE_ORDER);
        assertThat(map.descendingKeySet().stream().sorted(String.CASE_INSENSITIVE_ORDER))
                .containsExactly("a", "B");
        assertThat(map.keySet().parallelStream().toList()).containsExactly("a", "B");
    }

    // ---- expiry ----

    @ParameterizedTest
    @EnumSource(
            value = TableType.class,
            names = {"SET", "ORDERED_SET"})
    void expiredRow_isSeenByNothingButTheSize(TableType type) {
        VersionedTable<String, Item> table = table(type, item("a", 1), item("b", 2));
        ConcurrentMap<String, Item> map = table.asMap();
        write(table, unit -> {
            unit.expire("a", Expiry.afterWrite(SHORT));
            return null;
        });
        advance(SHORT);
        assertThat(map.get("a")).isNull();
        assertThat(map.containsValue(item("a", 1))).isFalse();
        assertThat(map.keySet().iterator()).toIterable().containsExactly("b");
        assertThat(map.size()).isEqualTo(2);
        assertThat(map.equals(Map.of("b", item("b", 2)))).isTrue();
        assertThat(map.keySet().equals(Set.of("b"))).isTrue();
        assertThat(map.hashCode()).isEqualTo(Map.of("b", item("b", 2)).hashCode());
    }

    @Test
    void expiredRows_seenByNoNeighbour() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, item("a", 1), item("b", 2), item("c", 3));
        ConcurrentNavigableMap<String, Item> map = table.asNavigableMap();
        write(table, unit -> {
            unit.expire("a", Expiry.afterWrite(SHORT));
            unit.expire("b", Expiry.afterWrite(SHORT));
            return null;
        });
        advance(SHORT);
        assertThat(map.firstKey()).isEqualTo("c");
        assertThat(map.ceilingKey("a")).isEqualTo("c");
        assertThat(map.floorKey("b")).isNull();
        assertThat(map.headMap("c").isEmpty()).isTrue();
        assertThat(map.headMap("c").size()).isZero();
    }

    // ---- other tables, other rows ----

    @ParameterizedTest
    @EnumSource(
            value = TableType.class,
            names = {"BAG", "DUPLICATE_BAG"})
    void bag_refused(TableType type) {
        VersionedTable<String, Item> table = table(type);
        assertThatThrownBy(table::asMap).isInstanceOf(WrongTypeException.class).hasMessageContaining("map view");
        assertThatThrownBy(table::asNavigableMap).isInstanceOf(WrongTypeException.class);
    }

    @Test
    void set_hasNoOrder_refused() {
        VersionedTable<String, Item> table = table(TableType.SET);
        assertThatThrownBy(table::asNavigableMap)
                .isInstanceOf(WrongTypeException.class)
                .hasMessageContaining("navigable map view");
    }

    @Test
    void snapshot_isFrozen_andEndsWithIt() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, item("a", 1));
        Snapshot<String, Item> snapshot = table.snapshot();
        NavigableMap<String, Item> map = snapshot.asNavigableMap();
        insert(table, item("a", 10), item("b", 2));
        assertThat(map.equals(Map.of("a", item("a", 1)))).isTrue();
        assertThat(map.lastEntry()).isEqualTo(Map.entry("a", item("a", 1)));
        snapshot.close();
        List<ThrowingCallable> reads = List.of(
                () -> map.get("a"),
                map::size,
                map::isEmpty,
                map::firstKey,
                () -> map.keySet().iterator());
        for (ThrowingCallable read : reads) {
            assertThatThrownBy(read).isInstanceOf(SnapshotExpiredException.class);
        }
    }

    @Test
    void unitOfWork_showsItsOwnChanges_andEndsWithIt() {
        VersionedTable<String, Item> table =
                table(TableType.ORDERED_SET, item("a", 1), item("c", 3), item("e", 5), item("g", 7));
        AtomicReference<NavigableMap<String, Item>> escaped = new AtomicReference<>();
        write(table, unit -> {
            NavigableMap<String, Item> map = unit.asNavigableMap();
            assertThat(map.ceilingKey("b")).isEqualTo("c");
            unit.delete("c");
            assertThat(map.ceilingKey("b")).isEqualTo("e");
            unit.insert(item("d", 4));
            assertThat(map.ceilingKey("b")).isEqualTo("d");
            assertThat(map.floorKey("c")).isEqualTo("a");
            assertThat(map.subMap("b", true, "c", true).isEmpty()).isTrue();
            assertThat(map.descendingMap().firstEntry()).isEqualTo(Map.entry("g", item("g", 7)));
            assertThat(map.keySet()).containsExactly("a", "d", "e", "g");
            escaped.set(map);
            return null;
        });
        assertThatThrownBy(() -> escaped.get().get("a")).isInstanceOf(UnitEndedException.class);
        assertThatThrownBy(() -> escaped.get().firstKey()).isInstanceOf(UnitEndedException.class);
    }

    // ---- writing ----

    @Test
    void writes_sayWhatToUseInstead() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, item("a", 1));
        ConcurrentNavigableMap<String, Item> map = table.asNavigableMap();
        Item row = item("a", 2);
        assertRefused("insert", () -> map.put("a", row));
        assertRefused("insertAll", () -> map.putAll(Map.of()));
        assertRefused("insertNew", () -> map.putIfAbsent("a", row));
        assertRefused("take", () -> map.remove("a"));
        assertRefused("deleteRow", () -> map.remove("a", row));
        assertRefused("clear", map::clear);
        assertRefused("update", () -> map.replace("a", row));
        assertRefused("update", () -> map.replace("a", row, row));
        assertRefused("replaceAll", () -> map.replaceAll((key, old) -> row));
        assertRefused("update", () -> map.compute("a", (key, old) -> row));
        assertRefused("insertNew", () -> map.computeIfAbsent("a", key -> row));
        assertRefused("update", () -> map.computeIfPresent("a", (key, old) -> row));
        assertRefused("update", () -> map.merge("a", row, (old, other) -> other));
        assertRefused("take", map::pollFirstEntry);
        assertRefused("take", map::pollLastEntry);
        assertThat(table.stream()).containsExactly(item("a", 1));
    }

    @Test
    void writesToCollections_sayWhatToUseInstead() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, item("a", 1));
        ConcurrentNavigableMap<String, Item> map = table.asNavigableMap();
        assertRefused("insert", () -> map.keySet().add("b"));
        assertRefused("insertAll", () -> map.values().addAll(List.of()));
        assertRefused("delete", () -> map.keySet().remove("b"));
        assertRefused("deleteAll", () -> map.values().removeIf(row -> false));
        assertRefused("deleteAll", () -> map.values().removeAll(List.of()));
        assertRefused("deleteAll", () -> map.values().retainAll(map.values()));
        assertRefused("clear", () -> map.entrySet().clear());
        assertRefused("take", () -> map.navigableKeySet().pollFirst());
        assertRefused("take", () -> map.navigableKeySet().pollLast());
        Iterator<String> keys = map.keySet().iterator();
        keys.next();
        assertRefused("delete", keys::remove);
        assertThatThrownBy(() -> map.firstEntry().setValue(item("a", 2)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(table.stream()).containsExactly(item("a", 1));
    }

    private static void assertRefused(String instead, ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("use " + instead);
    }
}
