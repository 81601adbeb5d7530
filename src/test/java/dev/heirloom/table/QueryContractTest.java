package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way to choose rows, of every type of table. */
class QueryContractTest extends ReadersTest {
    private static final IndexSpec<Integer, Item> BY_VALUE = IndexSpec.index("byValue", Item::value);
    private static final IndexSpec<Integer, Item> BY_ORDERED_VALUE =
            IndexSpec.<Integer, Item>index("byOrderedValue", Item::value).ordered(Comparator.naturalOrder());
    private static final IndexSpec<Integer, Item> UNIQUE = IndexSpec.uniqueIndex("unique", Item::value);

    private static final Item[] ITEMS = {
        item("e", 5), item("a", 1), item("c", 3), item("b", 2), item("d", 4), item("B2", 2), item("c2", 3)
    };

    private static Schema<String, Item> indexed(TableType type) {
        return schema(type).withIndex(BY_VALUE).withIndex(BY_ORDERED_VALUE);
    }

    @ParameterizedTest
    @EnumSource
    void where_allConditionsHold(TableType type) {
        read(
                type,
                rows -> {
                    Query<String, Item> query =
                            rows.query().where(row -> row.value() > 1).where(row -> row.value() < 4);
                    assertThat(query.stream()).containsExactlyInAnyOrder(ITEMS[2], ITEMS[3], ITEMS[5], ITEMS[6]);
                    assertThat(query.count()).isEqualTo(4);
                    assertThat(query.page().rows()).hasSize(4);
                    assertThat(rows.query().where(row -> false).stream()).isEmpty();
                },
                ITEMS);
    }

    @ParameterizedTest
    @EnumSource
    void limit_atMost(TableType type) {
        read(
                type,
                rows -> {
                    assertThat(rows.query().limit(3).stream().distinct()).hasSize(3);
                    assertThat(rows.query().limit(3).count()).isEqualTo(3);
                    assertThat(rows.query().limit(100).stream()).hasSize(7);
                    assertThat(rows.query().where(row -> row.value() > 3).limit(1).stream())
                            .hasSize(1)
                            .allMatch(row -> row.value() > 3);
                },
                ITEMS);
    }

    @ParameterizedTest
    @EnumSource
    void limit_ofNone_refused(TableType type) {
        read(
                type,
                rows -> assertThatThrownBy(() -> rows.query().limit(0)).isInstanceOf(IllegalArgumentException.class));
    }

    @ParameterizedTest
    @EnumSource
    void query_isReadAgainEachTime(TableType type) {
        VersionedTable<String, Item> table = table(type, ITEMS);
        Query<String, Item> query = table.query().where(row -> row.value() == 9);
        assertThat(query.count()).isZero();
        insert(table, item("n", 9));
        assertThat(query.count()).isEqualTo(1);
        assertThat(query.stream()).containsExactly(item("n", 9));
    }

    @ParameterizedTest
    @EnumSource
    void predicate_limited_runsForNoMoreRowsThanNeeded(TableType type) {
        VersionedTable<String, Item> table = table(type, ITEMS);
        AtomicInteger tested = new AtomicInteger();
        assertThat(table.query().where(row -> tested.incrementAndGet() > 0).limit(2).stream())
                .hasSize(2);
        assertThat(tested).hasValue(2);
    }

    // ---- ranges of keys ----

    @Test
    void orderedSet_ranges() {
        read(
                TableType.ORDERED_SET,
                rows -> {
                    assertKeys(rows.query().from("b"), "b", "B2", "c", "c2", "d", "e");
                    assertKeys(rows.query().above("b"), "B2", "c", "c2", "d", "e");
                    assertKeys(rows.query().to("c"), "a", "b", "B2", "c");
                    assertKeys(rows.query().below("c"), "a", "b", "B2");
                    assertKeys(rows.query().from("b").to("c"), "b", "B2", "c");
                    assertKeys(rows.query().above("B").below("C"), "B2");
                    assertKeys(rows.query().from("bb").to("cc"), "c", "c2");
                    assertKeys(rows.query().from("c").below("c"));
                    assertKeys(rows.query().from("d").to("b"));
                    assertKeys(rows.query().above("e"));
                    assertKeys(rows.query().below("a"));
                },
                ITEMS);
    }

    @Test
    void orderedSet_descending() {
        read(
                TableType.ORDERED_SET,
                rows -> {
                    assertKeys(rows.query().descending(), "e", "d", "c2", "c", "B2", "b", "a");
                    assertKeys(rows.query().descending().limit(2), "e", "d");
                    assertKeys(rows.query().from("b").to("c").descending(), "c", "B2", "b");
                    assertKeys(rows.query().above("b").below("c").descending(), "B2");
                    assertKeys(rows.query().descending().after("c"), "B2", "b", "a");
                    assertKeys(rows.query().descending().after("bz").from("b"), "B2", "b");
                    assertKeys(rows.query().descending().after("z").to("b"), "b", "a");
                    assertKeys(rows.query().descending().after("a"));
                },
                ITEMS);
    }

    @Test
    void orderedSet_after() {
        read(
                TableType.ORDERED_SET,
                rows -> {
                    assertKeys(rows.query().after("c"), "c2", "d", "e");
                    assertKeys(rows.query().after("C").limit(1), "c2");
                    assertKeys(rows.query().after("bb").to("c2"), "c", "c2");
                    assertKeys(rows.query().after("A").from("c").below("e"), "c", "c2", "d");
                    assertKeys(rows.query().after("d").to("c"));
                    assertKeys(rows.query().after("e"));
                },
                ITEMS);
    }

    private static void assertKeys(Query<String, Item> query, String... keys) {
        assertThat(query.stream().map(Item::id)).containsExactly(keys);
        assertThat(query.page().rows().stream().map(Item::id)).containsExactly(keys);
        assertThat(query.count()).isEqualTo(keys.length);
    }

    // ---- indexes ----

    @ParameterizedTest
    @EnumSource
    void by_aKeyOfAnIndex(TableType type) {
        read(
                indexed(type),
                rows -> {
                    for (IndexSpec<Integer, Item> index : List.of(BY_VALUE, BY_ORDERED_VALUE)) {
                        assertThat(rows.lookup(index, 3)).containsExactlyInAnyOrder(item("c", 3), item("c2", 3));
                        assertThat(rows.lookup(index, 5)).containsExactly(item("e", 5));
                        assertThat(rows.lookup(index, 9)).isEmpty();
                        assertThat(rows.query().by(index, 3).stream())
                                .containsExactlyInAnyOrder(item("c", 3), item("c2", 3));
                        assertThat(rows
                                        .query()
                                        .by(index, 3)
                                        .where(row -> row.id().length() == 1)
                                        .stream())
                                .containsExactly(item("c", 3));
                        assertThat(rows.query().by(index, 3).limit(1).stream()).hasSize(1);
                        assertThat(rows.query().by(index, 2).count()).isEqualTo(2);
                    }
                },
                ITEMS);
    }

    @ParameterizedTest
    @EnumSource
    void by_aRangeOfAnOrderedIndex_inItsOrder(TableType type) {
        read(
                indexed(type),
                rows -> {
                    assertThat(values(rows.query().by(BY_ORDERED_VALUE, 2, 5))).containsExactly(2, 2, 3, 3, 4);
                    assertThat(values(rows.query().by(BY_ORDERED_VALUE, 4, null)))
                            .containsExactly(4, 5);
                    assertThat(values(rows.query().by(BY_ORDERED_VALUE, 0, 1))).isEmpty();
                    assertThat(values(rows.query().by(BY_ORDERED_VALUE, 3, 3))).isEmpty();
                    assertThat(values(rows.query().by(BY_ORDERED_VALUE, 9, null)))
                            .isEmpty();
                    assertThat(values(rows.query().by(BY_ORDERED_VALUE, 2, 5).limit(3)))
                            .containsExactly(2, 2, 3);
                },
                ITEMS);
    }

    private static List<Integer> values(Query<String, Item> query) {
        return query.stream().map(Item::value).toList();
    }

    @Test
    void orderedSet_byAnIndexWithinARangeOfKeys() {
        read(
                indexed(TableType.ORDERED_SET),
                rows -> {
                    assertThat(rows.query().by(BY_VALUE, 3).above("c").stream()).containsExactly(item("c2", 3));
                    assertThat(rows.query().below("c").by(BY_ORDERED_VALUE, 2, null).stream())
                            .containsExactlyInAnyOrder(item("b", 2), item("B2", 2));
                },
                ITEMS);
    }

    @ParameterizedTest
    @EnumSource
    void pagesByAnIndex_everyRowOnce(TableType type) {
        Item[] items =
                IntStream.range(0, 40).mapToObj(i -> item("k" + i, i % 4)).toArray(Item[]::new);
        read(
                indexed(type),
                rows -> {
                    for (Query<String, Item> query :
                            List.of(rows.query().by(BY_VALUE, 1), rows.query().by(BY_ORDERED_VALUE, 1, 3))) {
                        assertThat(PagingTest.pages(query.limit(3)))
                                .containsExactlyInAnyOrderElementsOf(
                                        query.stream().toList());
                    }
                },
                items);
    }

    @EachBag
    void bag_by_onlyTheRowsThatHaveTheKey(TableType type) {
        read(
                indexed(type),
                rows -> {
                    assertThat(rows.lookup(BY_VALUE, 1)).containsExactlyInAnyOrder(item("a", 1), item("b", 1));
                    assertThat(rows.lookup(BY_VALUE, 2)).containsExactly(item("a", 2));
                    assertThat(values(rows.query().by(BY_ORDERED_VALUE, 1, null)))
                            .containsExactly(1, 1, 2);
                },
                item("a", 1),
                item("a", 2),
                item("b", 1));
    }

    @ParameterizedTest
    @EnumSource
    void uniqueIndex_find(TableType type) {
        read(
                schema(type).withIndex(UNIQUE),
                rows -> {
                    assertThat(rows.find(UNIQUE, 2)).contains(item("b", 2));
                    assertThat(rows.find(UNIQUE, 9)).isEmpty();
                    assertThat(rows.lookup(UNIQUE, 1)).containsExactly(item("a", 1));
                },
                item("a", 1),
                item("b", 2));
    }

    @ParameterizedTest
    @EnumSource
    void index_misused_refused(TableType type) {
        IndexSpec<Integer, Item> other = IndexSpec.index("other", Item::value);
        read(
                indexed(type),
                rows -> {
                    Stream.<Runnable>of(
                                    () -> rows.lookup(other, 1),
                                    () -> rows.find(other, 1),
                                    () -> rows.query().by(other, 1))
                            .forEach(use -> assertThatThrownBy(use::run)
                                    .isInstanceOf(NoSuchIndexException.class)
                                    .hasMessageContaining("other"));
                    assertThatThrownBy(() -> rows.find(BY_VALUE, 1)).isInstanceOf(WrongTypeException.class);
                    assertThatThrownBy(() -> rows.query().by(BY_VALUE, 1, 2)).isInstanceOf(WrongTypeException.class);
                },
                ITEMS);
    }

    @EachBag
    void bag_stream_ofAnOrderedIndex_hasEachCopy(TableType type) {
        List<Item> items = new ArrayList<>(List.of(item("a", 1), item("a", 2), item("b", 1)));
        items.add(item("a", 1));
        read(
                indexed(type),
                rows -> assertThat(rows.lookup(BY_ORDERED_VALUE, 1)).hasSize(type == TableType.BAG ? 2 : 3),
                items.toArray(Item[]::new));
    }
}
