package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way to change a table, on every type of table. */
class UnitOfWorkTest extends EngineTest {
    private static final Item A = item("a", 1);
    private static final Item B = item("b", 2);

    @ParameterizedTest
    @EnumSource
    void insert_new_returnsRow(TableType type) {
        VersionedTable<String, Item> table = table(type);
        Item inserted = write(table, unit -> unit.insert(A));
        assertThat(inserted).isSameAs(A);
        assertThat(table.find("a")).containsSame(A);
    }

    @ParameterizedTest
    @EnumSource
    void insert_present_replaces(TableType type) {
        VersionedTable<String, Item> table = table(type, A, B);
        insert(table, item("a", 9));
        assertThat(table.stream()).containsExactlyInAnyOrder(item("a", 9), B);
    }

    @ParameterizedTest
    @EnumSource
    void insert_sameKeyTwiceInAUnit_lastWins(TableType type) {
        VersionedTable<String, Item> table = table(type);
        insert(table, A, B, item("a", 5));
        assertThat(table.stream()).containsExactlyInAnyOrder(item("a", 5), B);
    }

    @ParameterizedTest
    @EnumSource
    void insertNew_absent(TableType type) {
        VersionedTable<String, Item> table = table(type, B);
        boolean inserted = write(table, unit -> unit.insertNew(A));
        assertThat(inserted).isTrue();
        assertThat(table.find("a")).contains(A);
    }

    @ParameterizedTest
    @EnumSource
    void insertNew_present_changesNothing(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        boolean inserted = write(table, unit -> unit.insertNew(item("a", 2)));
        assertThat(inserted).isFalse();
        assertThat(table.find("a")).containsSame(A);
    }

    @ParameterizedTest
    @EnumSource
    void insertNew_afterOwnChanges(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        write(table, unit -> {
            unit.delete("a");
            assertThat(unit.insertNew(item("a", 2))).isTrue();
            assertThat(unit.insertNew(item("a", 3))).isFalse();
            return null;
        });
        assertThat(table.find("a")).contains(item("a", 2));
    }

    @ParameterizedTest
    @EnumSource
    void update_present(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        Item updated = write(table, unit -> unit.update("a", row -> row.plus(41)));
        assertThat(updated).isEqualTo(item("a", 42));
        assertThat(table.find("a")).containsSame(updated);
    }

    @ParameterizedTest
    @EnumSource
    void update_twiceInAUnit_accumulates(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        write(table, unit -> {
            unit.update("a", row -> row.plus(1));
            return unit.update("a", row -> row.plus(1));
        });
        assertThat(table.find("a")).contains(item("a", 3));
    }

    @ParameterizedTest
    @EnumSource
    void update_absent_refused(TableType type) {
        VersionedTable<String, Item> table = table(type, B);
        assertThatThrownBy(() -> write(table, unit -> unit.update("a", row -> row)))
                .isInstanceOf(NoSuchRowException.class)
                .hasMessageContaining("items")
                .hasMessageContaining("a");
    }

    @ParameterizedTest
    @EnumSource
    void update_ofTheKey_refused(TableType type) {
        VersionedTable<String, Item> table = table(type, A, B);
        write(table, unit -> {
            assertThatThrownBy(() -> unit.update("a", row -> item("b", 9))).isInstanceOf(KeyChangedException.class);
            return null;
        });
        assertThat(table.stream()).containsExactlyInAnyOrder(A, B);
    }

    @ParameterizedTest
    @EnumSource
    void update_functionThrows_unitCanGoOn(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        write(table, unit -> {
            assertThatThrownBy(() -> unit.update("a", row -> {
                        throw new IllegalStateException("no");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            return unit.insert(B);
        });
        assertThat(table.stream()).containsExactlyInAnyOrder(A, B);
    }

    @ParameterizedTest
    @EnumSource
    void update_toNull_refused(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        assertThatThrownBy(() -> write(table, unit -> unit.update("a", row -> null)))
                .isInstanceOf(InvalidRowException.class);
        assertThat(table.find("a")).containsSame(A);
    }

    @ParameterizedTest
    @EnumSource
    void delete_saysWhetherThereWasOne(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        assertThat(delete(table, "a")).isTrue();
        assertThat(delete(table, "a")).isFalse();
        assertThat(table.index).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void take_returnsTheRowOnce(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        write(table, unit -> {
            assertThat(unit.take("a")).containsSame(A);
            assertThat(unit.take("a")).isEmpty();
            return null;
        });
        assertThat(table.find("a")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void take_ofOwnInsert(TableType type) {
        VersionedTable<String, Item> table = table(type);
        write(table, unit -> {
            unit.insert(A);
            assertThat(unit.take("a")).containsSame(A);
            return null;
        });
        assertThat(table.size()).isZero();
        assertThat(table.index).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void deleteThenInsert_inAUnit(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        write(table, unit -> {
            unit.delete("a");
            return unit.insert(item("a", 8));
        });
        assertThat(table.stream()).containsExactly(item("a", 8));
    }

    @ParameterizedTest
    @EnumSource
    void changes_beforeTheCommit_areInvisible(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        write(table, unit -> {
            unit.insert(B);
            unit.delete("a");
            assertThat(table.stream()).containsExactly(A);
            assertThat(table.find("b")).isEmpty();
            assertThat(table.size()).isEqualTo(1);
            return null;
        });
        assertThat(table.stream()).containsExactly(B);
    }

    @ParameterizedTest
    @EnumSource
    void function_throws_nothingChanges(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        long before = table.latestCommit();
        IOException why = new IOException("no");
        assertThatThrownBy(() -> table.atomically(
                        EPOCH,
                        unit -> {
                            unit.insert(B);
                            unit.delete("a");
                            throw why;
                        },
                        new Commitment<>(),
                        null))
                .isSameAs(why);
        assertThat(table.stream()).containsExactly(A);
        assertThat(table.latestCommit()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void row_invalid_refused(TableType type) {
        VersionedTable<String, Item> table = table(type);
        write(table, unit -> {
            assertRefused(unit, null);
            assertRefused(unit, new Item(null, 1));
            return null;
        });
        assertThat(table.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    @SuppressWarnings({"unchecked", "rawtypes"})
    void row_ofAnotherClass_refused(TableType type) {
        VersionedTable<String, Item> table = table(type);
        Work<String, Item, Object> work = unit -> ((UnitOfWork) unit).insert("a string");
        assertThatThrownBy(() -> write(table, work))
                .isInstanceOf(InvalidRowException.class)
                .hasMessageContaining(Item.class.getName());
    }

    private static void assertRefused(UnitOfWork<String, Item> unit, Item row) {
        assertThatThrownBy(() -> unit.insert(row)).isInstanceOf(InvalidRowException.class);
        assertThatThrownBy(() -> unit.insertNew(row)).isInstanceOf(InvalidRowException.class);
    }

    @ParameterizedTest
    @EnumSource
    void unit_afterItsFunction_isDead(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        List<UnitOfWork<String, Item>> escaped = new ArrayList<>();
        write(table, escaped::add);
        UnitOfWork<String, Item> dead = escaped.get(0);
        List<Runnable> uses = new ArrayList<>(List.of(
                () -> dead.insert(B),
                () -> dead.insertNew(B),
                () -> dead.update("a", row -> row),
                () -> dead.delete("a"),
                () -> dead.take("a"),
                () -> dead.find("a"),
                () -> dead.lookup("a"),
                () -> dead.contains("a"),
                dead::stream,
                dead::size));
        if (type == TableType.ORDERED_SET) {
            uses.addAll(List.of(dead::first, dead::last, () -> dead.next("a"), () -> dead.previous("a")));
        }
        for (Runnable use : uses) {
            assertThatThrownBy(use::run).isInstanceOf(UnitEndedException.class);
        }
        assertThat(table.stream()).containsExactly(A);
    }

    @Test
    void orderedSet_insert_comparesEqual_replacesTheStoredKey() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, A);
        insert(table, item("A", 2));
        assertThat(table.stream()).containsExactly(item("A", 2));
        assertThat(table.find("a")).contains(item("A", 2));
    }

    @Test
    void orderedSet_insertNew_comparesEqual_refused() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, A);
        boolean inserted = write(table, unit -> unit.insertNew(item("A", 2)));
        assertThat(inserted).isFalse();
        assertThat(table.stream()).containsExactly(A);
    }

    @Test
    void orderedSet_insertOfKeysThatCompareEqual_inAUnit_oneRow() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET);
        insert(table, A, item("A", 2));
        assertThat(table.stream()).containsExactly(item("A", 2));
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void orderedSet_delete_comparesEqual() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, A);
        assertThat(delete(table, "A")).isTrue();
        assertThat(table.size()).isZero();
    }
}
