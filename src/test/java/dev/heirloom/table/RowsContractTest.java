package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may be read, of every type of table; and the three things that can be read are alike in it. */
class RowsContractTest extends EngineTest {
    private static final Item A = item("a", 1);
    private static final Item B = item("b", 2);
    private static final Item C = item("c", 3);

    @ParameterizedTest
    @EnumSource
    void find_emptyTable(TableType type) {
        assertThat(table(type).find("a")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void find_present_sameReference(TableType type) {
        assertThat(table(type, A, B).find("a")).containsSame(A);
    }

    @ParameterizedTest
    @EnumSource
    void find_absent(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        assertThat(table.find("b")).isEmpty();
        assertThat(table.contains("b")).isFalse();
        assertThat(table.lookup("b")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void find_deleted(TableType type) {
        VersionedTable<String, Item> table = table(type, A, B);
        delete(table, "a");
        assertThat(table.find("a")).isEmpty();
        assertThat(table.contains("a")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void lookup_present_oneRow(TableType type) {
        VersionedTable<String, Item> table = table(type, A, B);
        assertThat(table.lookup("b")).containsExactly(B);
        assertThat(table.contains("b")).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void size_followsEachCommit(TableType type) {
        VersionedTable<String, Item> table = table(type);
        assertThat(table.size()).isZero();
        insert(table, A, B);
        assertThat(table.size()).isEqualTo(2);
        insert(table, item("a", 9));
        assertThat(table.size()).isEqualTo(2);
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
        assertThat(table(type, C, A, B).stream()).containsExactlyInAnyOrder(A, B, C);
    }

    @ParameterizedTest
    @EnumSource
    void stream_parallel_allRowsOnce(TableType type) {
        VersionedTable<String, Item> table = table(type);
        Item[] rows = IntStream.range(0, 5000).mapToObj(i -> item("k" + i, i)).toArray(Item[]::new);
        insert(table, rows);
        assertThat(table.stream().parallel().toList()).containsExactlyInAnyOrder(rows);
        assertThat(table.snapshots().count()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void find_nullKey_refused(TableType type) {
        assertThatThrownBy(() -> table(type, A).find(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void orderedSet_firstLast() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, B, C, A);
        assertThat(table.first()).contains(A);
        assertThat(table.last()).contains(C);
    }

    @Test
    void orderedSet_emptied_noFirstNorLast() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, A);
        delete(table, "a");
        assertThat(table.first()).isEmpty();
        assertThat(table.last()).isEmpty();
        assertThat(table.next("a")).isEmpty();
        assertThat(table.previous("z")).isEmpty();
    }

    @Test
    void orderedSet_nextPrevious_ofPresentKey() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, B, C, A);
        assertThat(table.next("a")).contains(B);
        assertThat(table.next("c")).isEmpty();
        assertThat(table.previous("c")).contains(B);
        assertThat(table.previous("a")).isEmpty();
    }

    @Test
    void orderedSet_next_ofMissingKey_isItsSuccessor() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, A, C);
        assertThat(table.next("b")).contains(C);
        assertThat(table.previous("b")).contains(A);
        assertThat(table.next("")).contains(A);
        assertThat(table.previous("z")).contains(C);
    }

    @Test
    void orderedSet_next_ofKeyThatComparesEqual_isBeyondIt() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, A, B, C);
        assertThat(table.next("A")).contains(B);
        assertThat(table.previous("B")).contains(A);
    }

    @Test
    void orderedSet_deletedNeighbours_areSkipped() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, A, B, C);
        try (Snapshot<String, Item> snapshot = table.snapshot()) { // so the cell of b stays
            delete(table, "b");
            assertThat(table.next("a")).contains(C);
            assertThat(table.previous("c")).contains(A);
            assertThat(snapshot.next("a")).contains(B);
        }
    }

    @Test
    void orderedSet_stream_inOrder() {
        assertThat(table(TableType.ORDERED_SET, C, A, B).stream()).containsExactly(A, B, C);
    }

    @Test
    void orderedSet_find_byOrder() {
        assertThat(table(TableType.ORDERED_SET, A).find("A")).containsSame(A);
    }

    @Test
    void set_find_byEquality() {
        assertThat(table(TableType.SET, A).find("A")).isEmpty();
    }

    @Test
    void set_hasNoOrder() {
        VersionedTable<String, Item> table = table(TableType.SET, A);
        try (Snapshot<String, Item> snapshot = table.snapshot()) {
            Stream.of(table, snapshot).forEach(RowsContractTest::assertNoOrder);
        }
        write(table, unit -> {
            assertNoOrder(unit);
            unit.insert(B);
            assertNoOrder(unit);
            return null;
        });
    }

    private static void assertNoOrder(Rows<String, Item> rows) {
        assertThatThrownBy(rows::first).isInstanceOf(WrongTypeException.class).hasMessageContaining("first");
        assertThatThrownBy(rows::last).isInstanceOf(WrongTypeException.class).hasMessageContaining("last");
        assertThatThrownBy(() -> rows.next("a"))
                .isInstanceOf(WrongTypeException.class)
                .hasMessageContaining("next");
        assertThatThrownBy(() -> rows.previous("a"))
                .isInstanceOf(WrongTypeException.class)
                .hasMessageContaining("previous");
    }
}
