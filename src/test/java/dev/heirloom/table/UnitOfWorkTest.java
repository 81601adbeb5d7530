package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
        assertThat(table.lookup("a")).hasSize(1).first().isSameAs(A);
    }

    @EachSet
    void set_insert_present_replaces(TableType type) {
        VersionedTable<String, Item> table = table(type, A, B);
        insert(table, item("a", 9));
        assertThat(table.stream()).containsExactlyInAnyOrder(item("a", 9), B);
    }

    @EachSet
    void set_insert_sameKeyTwiceInAUnit_lastWins(TableType type) {
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
        assertThat(table.lookup("a")).containsExactly(A);
    }

    @ParameterizedTest
    @EnumSource
    void insertNew_present_changesNothing(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        boolean inserted = write(table, unit -> unit.insertNew(item("a", 2)));
        assertThat(inserted).isFalse();
        assertThat(table.lookup("a")).hasSize(1).first().isSameAs(A);
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
        assertThat(table.lookup("a")).containsExactly(item("a", 2));
    }

    @EachSet
    void set_update_present(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        Item updated = write(table, unit -> unit.update("a", row -> row.plus(41)));
        assertThat(updated).isEqualTo(item("a", 42));
        assertThat(table.find("a")).containsSame(updated);
    }

    @EachSet
    void set_update_twiceInAUnit_accumulates(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        write(table, unit -> {
            unit.update("a", row -> row.plus(1));
            return unit.update("a", row -> row.plus(1));
        });
        assertThat(table.find("a")).contains(item("a", 3));
    }

    @EachSet
    void set_update_absent_refused(TableType type) {
        VersionedTable<String, Item> table = table(type, B);
        assertThatThrownBy(() -> write(table, unit -> unit.update("a", row -> row)))
                .isInstanceOf(NoSuchRowException.class)
                .hasMessageContaining("items")
                .hasMessageContaining("a");
    }

    @EachSet
    void set_update_ofTheKey_refused(TableType type) {
        VersionedTable<String, Item> table = table(type, A, B);
        write(table, unit -> {
            assertThatThrownBy(() -> unit.update("a", row -> item("b", 9))).isInstanceOf(KeyChangedException.class);
            return null;
        });
        assertThat(table.stream()).containsExactlyInAnyOrder(A, B);
    }

    @EachSet
    void set_update_functionThrows_unitCanGoOn(TableType type) {
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

    @EachSet
    void set_update_toNull_refused(TableType type) {
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
        assertThat(table.storage().index.entries()).isZero();
    }

    @EachSet
    void set_take_returnsTheRowOnce(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        write(table, unit -> {
            assertThat(unit.take("a")).containsSame(A);
            assertThat(unit.take("a")).isEmpty();
            return null;
        });
        assertThat(table.find("a")).isEmpty();
    }

    @EachSet
    void set_take_ofOwnInsert(TableType type) {
        VersionedTable<String, Item> table = table(type);
        write(table, unit -> {
            unit.insert(A);
            assertThat(unit.take("a")).containsSame(A);
            return null;
        });
        assertThat(table.size()).isZero();
        assertThat(table.storage().index.entries()).isZero();
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
            assertThat(table.contains("b")).isFalse();
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
        assertThatThrownBy(() -> unit.insertAll(Arrays.asList(A, row))).isInstanceOf(InvalidRowException.class);
        assertThatThrownBy(() -> unit.insertNewAll(Arrays.asList(A, row))).isInstanceOf(InvalidRowException.class);
        assertThatThrownBy(() -> unit.deleteRow(row)).isInstanceOf(InvalidRowException.class);
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
                () -> dead.insertAll(List.of(B)),
                () -> dead.insertAll(List.of()),
                () -> dead.insertNewAll(List.of(B)),
                () -> dead.expire("a", Expiry.never()),
                () -> dead.delete("a"),
                () -> dead.deleteRow(A),
                () -> dead.takeAll("a"),
                dead::clear,
                () -> dead.deleteAll(table.query()),
                () -> dead.lookup("a"),
                () -> dead.contains("a"),
                dead::first,
                dead::last,
                () -> dead.next("a"),
                () -> dead.previous("a"),
                dead::stream,
                dead::query,
                dead::size));
        if (!type.isBag()) {
            uses.addAll(List.of(
                    () -> dead.find("a"),
                    () -> dead.take("a"),
                    () -> dead.update("a", row -> row),
                    () -> dead.update("a", A, row -> row),
                    () -> dead.replaceAll(table.query(), row -> row)));
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

    // ---- in an ordered set, keys that compare as 0 are one key ----

    @Test
    void orderedSet_update_comparesEqual_keepsTheStoredKey() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, A);
        write(table, unit -> unit.update("A", row -> row.plus(1)));
        write(table, unit -> unit.update("A", item("A", 50), row -> row.plus(1)));
        assertThat(table.stream()).containsExactly(item("a", 3));
        assertThat(table.storage().index.get("a").key).isEqualTo("a");
    }

    @Test
    void orderedSet_updateWithInitialRow_takesItsKey() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET);
        write(table, unit -> unit.update("a", item("A", 50), row -> row.plus(1)));
        assertThat(table.stream()).containsExactly(item("A", 51));
        assertThat(table.storage().index.get("a").key).isEqualTo("A");
    }

    @Test
    void orderedSet_deleteRow_byEqualityOfTheRow() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, A, B);
        write(table, unit -> {
            assertThat(unit.deleteRow(item("A", 1))).isFalse();
            assertThat(unit.deleteRow(item("a", 2))).isFalse();
            assertThat(unit.deleteRow(item("a", 1))).isTrue();
            return null;
        });
        assertThat(table.stream()).containsExactly(B);
    }

    @Test
    void orderedSet_take_comparesEqual_givesTheStoredRow() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, A);
        Optional<Item> taken = write(table, unit -> unit.take("A"));
        assertThat(taken).containsSame(A);
        assertThat(table.size()).isZero();
    }

    @Test
    void orderedSet_changesOfKeysThatCompareEqual_inABigUnit_areOne() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET);
        write(table, unit -> {
            for (int i = 0; i < 50; i++) {
                unit.insert(item("k" + i, i));
                unit.insert(item("K" + i, -i));
            }
            assertThat(unit.size()).isEqualTo(50);
            return null;
        });
        assertThat(table.size()).isEqualTo(50);
        assertThat(table.stream()).allMatch(row -> row.id().startsWith("K"));
    }

    // ---- rows by equality ----

    @EachSet
    void set_deleteRow_onlyIfItIsEqual(TableType type) {
        VersionedTable<String, Item> table = table(type, A, B);
        write(table, unit -> {
            assertThat(unit.deleteRow(item("a", 2))).isFalse();
            assertThat(unit.deleteRow(item("z", 1))).isFalse();
            assertThat(unit.deleteRow(item("a", 1))).isTrue();
            assertThat(unit.deleteRow(item("a", 1))).isFalse();
            return null;
        });
        assertThat(table.stream()).containsExactly(B);
    }

    @ParameterizedTest
    @EnumSource
    void takeAll_absent_isEmpty(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        long commit = table.latestCommit();
        List<Item> taken = write(table, unit -> unit.takeAll("b"));
        assertThat(taken).isEmpty();
        assertThat(table.latestCommit()).isEqualTo(commit);
    }

    @EachSet
    void update_withInitialRow(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        write(table, unit -> {
            assertThat(unit.update("a", item("a", 50), row -> row.plus(1))).isEqualTo(item("a", 2));
            assertThat(unit.update("b", item("b", 50), row -> row.plus(1))).isEqualTo(item("b", 51));
            assertThatThrownBy(() -> unit.update("a", B, row -> row)).isInstanceOf(KeyChangedException.class);
            assertThatThrownBy(() -> unit.update("c", item("c", 1), row -> B)).isInstanceOf(KeyChangedException.class);
            return null;
        });
        assertThat(table.stream()).containsExactlyInAnyOrder(item("a", 2), item("b", 51));
    }
}
