package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may be read of every type of table, but for queries. */
class RowsContractTest extends ReadersTest {
    private static final Item A = item("a", 1);
    private static final Item B = item("b", 2);
    private static final Item C = item("c", 3);

    /** Keys with one hash code, which is that of no other key here. */
    private static final Item[] COLLIDING = {
        item("AaAa", 1), item("AaBB", 2), item("BBAa", 3), item("BBBB", 4), item("c", 5), item("a", 6)
    };

    @ParameterizedTest
    @EnumSource
    void lookup_emptyTable(TableType type) {
        read(type, rows -> {
            assertThat(rows.lookup("a")).isEmpty();
            assertThat(rows.contains("a")).isFalse();
            assertThat(rows.size()).isZero();
            assertThat(rows.stream()).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void lookup_present_sameReference(TableType type) {
        read(
                type,
                rows -> {
                    assertThat(rows.lookup("b")).hasSize(1).first().isSameAs(B);
                    assertThat(rows.contains("b")).isTrue();
                },
                A,
                B);
    }

    @ParameterizedTest
    @EnumSource
    void lookup_absent(TableType type) {
        read(
                type,
                rows -> {
                    assertThat(rows.lookup("b")).isEmpty();
                    assertThat(rows.contains("b")).isFalse();
                },
                A);
    }

    @ParameterizedTest
    @EnumSource
    void lookup_cannotBeChanged(TableType type) {
        read(
                type,
                rows -> assertThatThrownBy(() -> rows.lookup("a").add(B))
                        .isInstanceOf(UnsupportedOperationException.class),
                A);
    }

    @EachSet
    void set_find(TableType type) {
        read(
                type,
                rows -> {
                    assertThat(rows.find("a")).containsSame(A);
                    assertThat(rows.find("c")).isEmpty();
                },
                A,
                B);
    }

    @EachBag
    void bag_find_refused(TableType type) {
        read(
                type,
                rows -> assertThatThrownBy(() -> rows.find("a"))
                        .isInstanceOf(WrongTypeException.class)
                        .hasMessageContaining("lookup"),
                A);
    }

    @EachBag
    void bag_lookup_inOrderOfInsertion(TableType type) {
        Item[] items = {item("a", 5), B, item("a", 3), item("a", 4)};
        read(
                type,
                rows -> {
                    assertThat(rows.lookup("a")).containsExactly(items[0], items[2], items[3]);
                    assertThat(rows.stream().filter(row -> row.id().equals("a")))
                            .containsExactly(items[0], items[2], items[3]);
                    assertThat(rows.size()).isEqualTo(4);
                },
                items);
    }

    @ParameterizedTest
    @EnumSource
    void lookup_deleted(TableType type) {
        VersionedTable<String, Item> table = table(type, A, B);
        delete(table, "a");
        assertThat(table.lookup("a")).isEmpty();
        assertThat(table.contains("a")).isFalse();
        assertThat(table.stream()).containsExactly(B);
    }

    @ParameterizedTest
    @EnumSource
    void size_followsEachCommit(TableType type) {
        VersionedTable<String, Item> table = table(type);
        assertThat(table.size()).isZero();
        insert(table, A, B);
        assertThat(table.size()).isEqualTo(2);
        insert(table, item("a", 9));
        assertThat(table.size()).isEqualTo(type.isBag() ? 3 : 2);
        delete(table, "a");
        assertThat(table.size()).isEqualTo(1);
        delete(table, "a");
        assertThat(table.size()).isEqualTo(1);
        delete(table, "b");
        assertThat(table.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void stream_allRows(TableType type) {
        read(type, rows -> assertThat(rows.stream()).containsExactlyInAnyOrder(A, B, C), C, A, B);
    }

    @ParameterizedTest
    @EnumSource
    void stream_parallel_allRowsOnce(TableType type) {
        Item[] items = IntStream.range(0, 5000).mapToObj(i -> item("k" + i, i)).toArray(Item[]::new);
        VersionedTable<String, Item> table = table(type, items);
        assertThat(table.stream().parallel().toList()).containsExactlyInAnyOrder(items);
        assertThat(table.storage().snapshots.count()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void nullKey_refused(TableType type) {
        read(
                type,
                rows -> {
                    assertThatThrownBy(() -> rows.lookup(null)).isInstanceOf(NullPointerException.class);
                    assertThatThrownBy(() -> rows.contains(null)).isInstanceOf(NullPointerException.class);
                },
                A,
                B);
    }

    // ---- neighbours ----

    @ParameterizedTest
    @EnumSource
    void neighbours_emptyTable(TableType type) {
        read(type, rows -> {
            assertThat(rows.first()).isEmpty();
            assertThat(rows.last()).isEmpty();
        });
    }

    @Test
    void orderedSet_firstAndLast() {
        read(
                TableType.ORDERED_SET,
                rows -> {
                    assertThat(rows.first()).contains(A);
                    assertThat(rows.last()).contains(C);
                },
                B,
                C,
                A);
    }

    @Test
    void orderedSet_neighbours_ofPresentKeys() {
        read(
                TableType.ORDERED_SET,
                rows -> {
                    assertThat(rows.next("a")).contains(B);
                    assertThat(rows.next("c")).isEmpty();
                    assertThat(rows.previous("c")).contains(B);
                    assertThat(rows.previous("a")).isEmpty();
                },
                B,
                C,
                A);
    }

    @Test
    void orderedSet_neighbours_ofMissingKeys() {
        read(
                TableType.ORDERED_SET,
                rows -> {
                    assertThat(rows.next("b")).contains(C);
                    assertThat(rows.previous("b")).contains(A);
                    assertThat(rows.next("")).contains(A);
                    assertThat(rows.previous("z")).contains(C);
                },
                A,
                C);
    }

    @Test
    void orderedSet_neighbours_ofKeyThatComparesEqual_areBeyondIt() {
        read(
                TableType.ORDERED_SET,
                rows -> {
                    assertThat(rows.next("A")).contains(B);
                    assertThat(rows.previous("B")).contains(A);
                },
                A,
                B,
                C);
    }

    @Test
    void orderedSet_deletedNeighbours_areSkipped() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, A, B, C);
        try (Snapshot<String, Item> snapshot = table.snapshot()) { // so the entry of b stays
            delete(table, "b");
            assertThat(table.next("a")).contains(C);
            assertThat(table.previous("c")).contains(A);
            assertThat(snapshot.next("a")).contains(B);
        }
    }

    @EachUnordered
    void unordered_nextAndPrevious_meetEveryRowOnce(TableType type) {
        read(
                type,
                rows -> {
                    assertThat(walk(rows, Rows::next)).containsExactlyInAnyOrder(COLLIDING);
                    assertThat(walk(rows, Rows::previous)).containsExactlyInAnyOrder(COLLIDING);
                    assertThat(rows.last()).isEqualTo(rows.first());
                },
                COLLIDING);
    }

    @EachUnordered
    void unordered_neighboursOfMissingKey_refused(TableType type) {
        read(
                type,
                rows -> {
                    for (String missing : List.of("z", "AaAa")) {
                        assertThatThrownBy(() -> rows.next(missing)).isInstanceOf(NoSuchRowException.class);
                        assertThatThrownBy(() -> rows.previous(missing)).isInstanceOf(NoSuchRowException.class);
                    }
                },
                A,
                item("BBBB", 1));
    }

    @EachBag
    void bag_next_firstRowOfTheNextKey(TableType type) {
        read(
                type,
                rows -> {
                    assertThat(rows.first()).contains(B); // as the hash codes have it
                    assertThat(rows.next("b")).contains(A);
                    assertThat(rows.next("a")).isEmpty();
                },
                A,
                B,
                item("a", 5),
                item("b", 6));
    }

    private static List<Item> walk(
            Rows<String, Item> rows, BiFunction<Rows<String, Item>, String, Optional<Item>> onwards) {
        List<Item> seen = new ArrayList<>();
        for (Optional<Item> row = rows.first();
                row.isPresent();
                row = onwards.apply(rows, row.get().id())) {
            seen.add(row.get());
        }
        return seen;
    }

    @Test
    void orderedSet_stream_inOrder() {
        read(TableType.ORDERED_SET, rows -> assertThat(rows.stream()).containsExactly(A, B, C), C, A, B);
    }

    // ---- which keys are one key ----

    @Test
    void orderedSet_byOrder() {
        read(
                TableType.ORDERED_SET,
                rows -> {
                    assertThat(rows.find("A")).containsSame(A);
                    assertThat(rows.lookup("A")).containsExactly(A);
                    assertThat(rows.contains("A")).isTrue();
                },
                A);
    }

    @EachUnordered
    void unordered_byEquality(TableType type) {
        read(
                type,
                rows -> {
                    assertThat(rows.lookup("A")).isEmpty();
                    assertThat(rows.contains("A")).isFalse();
                },
                A);
    }

    @EachUnordered
    void unordered_ranges_refused(TableType type) {
        read(
                type,
                rows -> Stream.<Runnable>of(
                                () -> rows.query().from("a"),
                                () -> rows.query().above("a"),
                                () -> rows.query().to("a"),
                                () -> rows.query().below("a"),
                                () -> rows.query().descending())
                        .forEach(range -> assertThatThrownBy(range::run).isInstanceOf(WrongTypeException.class)),
                A);
    }
}
