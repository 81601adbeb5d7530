package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is different in bags: a key has several rows. */
class BagTest extends EngineTest {
    private static final Item A1 = item("a", 1);
    private static final Item A2 = item("a", 2);
    private static final Item B = item("b", 3);

    @EachBag
    void insert_sameKey_keepsBothInOrder(TableType type) {
        VersionedTable<String, Item> table = table(type, A2, B);
        insert(table, A1);
        assertThat(table.lookup("a")).containsExactly(A2, A1);
        assertThat(table.size()).isEqualTo(3);
        assertThat(table.storage().index.entries()).isEqualTo(2);
    }

    @Test
    void bag_insertOfAnEqualRow_keepsTheOldInItsPlace() {
        VersionedTable<String, Item> table = table(TableType.BAG, A1, A2);
        Item old = table.lookup("a").get(0);
        long commit = table.latestCommit();
        insert(table, item("a", 1));
        assertThat(table.lookup("a")).containsExactly(A1, A2);
        assertThat(table.lookup("a").get(0)).isSameAs(old);
        assertThat(table.latestCommit()).isEqualTo(commit);
    }

    @Test
    void bag_insertOfAnEqualRow_inAUnit() {
        VersionedTable<String, Item> table = table(TableType.BAG);
        insert(table, A1, A2, A1, A2);
        assertThat(table.lookup("a")).containsExactly(A1, A2);
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void duplicateBag_insertOfAnEqualRow_isKeptTwice() {
        VersionedTable<String, Item> table = table(TableType.DUPLICATE_BAG, A1, A2);
        insert(table, A1);
        assertThat(table.lookup("a")).containsExactly(A1, A2, A1);
        assertThat(table.size()).isEqualTo(3);
    }

    @EachBag
    void insertNew_keyIsThere_refused(TableType type) {
        VersionedTable<String, Item> table = table(type, A1);
        boolean inserted = write(table, unit -> unit.insertNew(A2));
        assertThat(inserted).isFalse();
        assertThat(table.lookup("a")).containsExactly(A1);
    }

    @EachBag
    void deleteRow_otherRowsStayInOrder(TableType type) {
        VersionedTable<String, Item> table = table(type, A1, A2, item("a", 3), B);
        boolean deleted = write(table, unit -> unit.deleteRow(item("a", 2)));
        assertThat(deleted).isTrue();
        assertThat(table.lookup("a")).containsExactly(A1, item("a", 3));
        assertThat(table.size()).isEqualTo(3);
    }

    @Test
    void duplicateBag_deleteRow_deletesEveryCopy() {
        VersionedTable<String, Item> table = table(TableType.DUPLICATE_BAG, A1, A2, A1, A1);
        boolean deleted = write(table, unit -> unit.deleteRow(A1));
        assertThat(deleted).isTrue();
        assertThat(table.lookup("a")).containsExactly(A2);
    }

    @EachBag
    void deleteRow_theLast_deletesTheKey(TableType type) {
        VersionedTable<String, Item> table = table(type, A1, B);
        write(table, unit -> unit.deleteRow(A1));
        assertThat(table.contains("a")).isFalse();
        assertThat(table.storage().index.entries()).isEqualTo(1);
    }

    @EachBag
    void deleteRow_notThere_changesNothing(TableType type) {
        VersionedTable<String, Item> table = table(type, A1);
        long commit = table.latestCommit();
        boolean deleted = write(table, unit -> unit.deleteRow(A2) || unit.deleteRow(B));
        assertThat(deleted).isFalse();
        assertThat(table.latestCommit()).isEqualTo(commit);
    }

    @EachBag
    void delete_allRowsOfTheKey(TableType type) {
        VersionedTable<String, Item> table = table(type, A1, A2, B);
        assertThat(delete(table, "a")).isTrue();
        assertThat(table.stream()).containsExactly(B);
        assertThat(table.size()).isEqualTo(1);
    }

    @EachBag
    void takeAll_inOrder(TableType type) {
        VersionedTable<String, Item> table = table(type, A2, A1, B);
        List<Item> taken = write(table, unit -> {
            unit.insert(item("a", 9));
            return unit.takeAll("a");
        });
        assertThat(taken).containsExactly(A2, A1, item("a", 9));
        assertThat(table.stream()).containsExactly(B);
    }

    @EachBag
    void whatNeedsOneRowAKey_isRefused(TableType type) {
        VersionedTable<String, Item> table = table(type, A1);
        Field<Item, Integer> value = Field.of(Item::value, (row, it) -> item(row.id(), it));
        Counter<Item, Long> count = Counter.ofLong(Item::value, (row, it) -> item(row.id(), (int) it));
        write(table, unit -> {
            List<Runnable> refused = List.of(
                    () -> unit.find("a"),
                    () -> unit.take("a"),
                    () -> unit.update("a", row -> row.plus(1)),
                    () -> unit.update("a", A1, row -> row.plus(1)),
                    () -> unit.set("a", value, 3),
                    () -> unit.count("a", count.add(1L)),
                    () -> unit.count("a", A1, count.add(1L)));
            refused.forEach(operation -> assertThatThrownBy(operation::run).isInstanceOf(WrongTypeException.class));
            return null;
        });
        assertThat(table.lookup("a")).containsExactly(A1);
    }

    /** Groups share their arrays as long as nobody else appends. */
    @EachBag
    void append_afterADroppedUnit_andInASnapshot_sharesNothingWrong(TableType type) {
        VersionedTable<String, Item> table = table(type);
        IntStream.range(0, 10).forEach(i -> insert(table, item("a", i)));
        try (Snapshot<String, Item> snapshot = table.snapshot()) {
            assertThatThrownBy(() -> write(table, unit -> {
                        unit.insert(item("a", 100));
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
            insert(table, item("a", 10));
            write(table, unit -> unit.deleteRow(item("a", 0)));
            insert(table, item("a", 11));
            assertThat(snapshot.lookup("a")).hasSize(10).doesNotContain(item("a", 100), item("a", 10));
            assertThat(snapshot.size()).isEqualTo(10);
        }
        assertThat(table.lookup("a").stream().map(Item::value)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }

    /** Appending takes constant time: this would take minutes if every row was copied each time. */
    @EachBag
    void append_manyRowsToAKey(TableType type) {
        VersionedTable<String, Item> table = table(type);
        int rows = type == TableType.BAG ? 2_000 : 200_000; // a bag looks for an equal row
        for (int i = 0; i < rows; i++) {
            insert(table, item("a", i));
        }
        assertThat(table.lookup("a")).hasSize(rows);
        assertThat(table.size()).isEqualTo(rows);
    }
}
