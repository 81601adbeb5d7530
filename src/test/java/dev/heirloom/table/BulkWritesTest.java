package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writing several rows with one call: all or none of it is done. */
class BulkWritesTest extends EngineTest {
    private static final Item A = item("a", 1);
    private static final Item B = item("b", 2);
    private static final Item C = item("c", 3);

    @ParameterizedTest
    @EnumSource
    void insertAll_allRows(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        long commit = table.latestCommit();
        write(table, unit -> {
            unit.insertAll(List.of(B, C));
            return null;
        });
        assertThat(table.stream()).containsExactlyInAnyOrder(A, B, C);
        assertThat(table.latestCommit()).isEqualTo(commit + 1);
    }

    @ParameterizedTest
    @EnumSource
    void insertAll_none(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        write(table, unit -> {
            unit.insertAll(List.of());
            return null;
        });
        assertThat(table.stream()).containsExactly(A);
    }

    @EachSet
    void insertAll_sameKeyTwice_lastWins(TableType type) {
        VersionedTable<String, Item> table = table(type);
        write(table, unit -> {
            unit.insertAll(List.of(A, B, item("a", 5)));
            return null;
        });
        assertThat(table.stream()).containsExactlyInAnyOrder(item("a", 5), B);
    }

    @ParameterizedTest
    @EnumSource
    void insertAll_oneInvalid_noneIsInserted(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        write(table, unit -> {
            assertThatThrownBy(() -> unit.insertAll(Arrays.asList(B, null))).isInstanceOf(InvalidRowException.class);
            assertThatThrownBy(() -> unit.insertNewAll(Arrays.asList(C, new Item(null, 1))))
                    .isInstanceOf(InvalidRowException.class);
            return null;
        });
        assertThat(table.stream()).containsExactly(A);
    }

    @ParameterizedTest
    @EnumSource
    void insertNewAll_noneIsThere(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        boolean inserted = write(table, unit -> unit.insertNewAll(List.of(B, C)));
        assertThat(inserted).isTrue();
        assertThat(table.stream()).containsExactlyInAnyOrder(A, B, C);
    }

    @ParameterizedTest
    @EnumSource
    void insertNewAll_oneIsThere_noneIsInserted(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        boolean inserted = write(table, unit -> unit.insertNewAll(List.of(B, item("a", 9), C)));
        assertThat(inserted).isFalse();
        assertThat(table.stream()).containsExactly(A);
    }

    @ParameterizedTest
    @EnumSource
    void insertNewAll_oneWasInsertedByTheUnit_noneIsInserted(TableType type) {
        VersionedTable<String, Item> table = table(type);
        write(table, unit -> {
            unit.insert(A);
            assertThat(unit.insertNewAll(List.of(B, item("a", 9)))).isFalse();
            return null;
        });
        assertThat(table.stream()).containsExactly(A);
    }

    @ParameterizedTest
    @EnumSource
    void insertNewAll_sameKeyTwice(TableType type) {
        VersionedTable<String, Item> table = table(type);
        boolean inserted = write(table, unit -> unit.insertNewAll(List.of(A, item("a", 5))));
        assertThat(inserted).isTrue();
        assertThat(table.lookup("a")).isEqualTo(type.isBag() ? List.of(A, item("a", 5)) : List.of(item("a", 5)));
    }

    @ParameterizedTest
    @EnumSource
    void insertNewAll_none_isTrue(TableType type) {
        boolean inserted = write(table(type, A), unit -> unit.insertNewAll(List.of()));
        assertThat(inserted).isTrue();
    }

    // ---- deleting ----

    @ParameterizedTest
    @EnumSource
    void clear_deletesCommittedAndOwnRows(TableType type) {
        VersionedTable<String, Item> table = table(type, A, B);
        write(table, unit -> {
            unit.insert(C);
            unit.clear();
            assertThat(unit.size()).isZero();
            assertThat(unit.stream()).isEmpty();
            return unit.insert(item("b", 7));
        });
        assertThat(table.stream()).containsExactly(item("b", 7));
        assertThat(table.storage().index.entries()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void deleteAll_ofAQuery(TableType type) {
        VersionedTable<String, Item> table = table(type, A, B, C, item("c", 4));
        long deleted = write(table, unit -> {
            unit.insert(item("d", 5));
            return unit.deleteAll(unit.query().where(row -> row.value() % 2 == 1));
        });
        assertThat(deleted).isEqualTo(type.isBag() ? 3 : 2);
        assertThat(table.stream()).containsExactlyInAnyOrder(B, item("c", 4));
    }

    @ParameterizedTest
    @EnumSource
    void deleteAll_none(TableType type) {
        VersionedTable<String, Item> table = table(type, A);
        long commit = table.latestCommit();
        long deleted = write(table, unit -> unit.deleteAll(unit.query().where(row -> false)));
        assertThat(deleted).isZero();
        assertThat(table.latestCommit()).isEqualTo(commit);
    }

    @ParameterizedTest
    @EnumSource
    void deleteAll_limited(TableType type) {
        VersionedTable<String, Item> table = table(type, A, B, C);
        long deleted = write(table, unit -> unit.deleteAll(unit.query().limit(2)));
        assertThat(deleted).isEqualTo(2);
        assertThat(table.size()).isEqualTo(1);
    }

    /** It is about the rows as the unit sees them, wherever the query was made. */
    @ParameterizedTest
    @EnumSource
    void deleteAll_queryOfTheTableOrASnapshot_seesTheUnitsChanges(TableType type) {
        VersionedTable<String, Item> table = table(type, A, B);
        try (Snapshot<String, Item> snapshot = table.snapshot()) {
            insert(table, C);
            long deleted = write(table, unit -> {
                unit.insert(item("d", 4));
                unit.delete("a");
                return unit.deleteAll(snapshot.query()) + unit.deleteAll(table.query());
            });
            assertThat(deleted).isEqualTo(3);
            assertThat(snapshot.stream()).containsExactlyInAnyOrder(A, B);
        }
        assertThat(table.size()).isZero();
    }

    @EachBag
    void bag_deleteAll_leavesTheOtherRowsOfAKeyInOrder(TableType type) {
        VersionedTable<String, Item> table =
                table(type, item("a", 1), item("a", 2), item("a", 3), item("a", 4), item("b", 2));
        long deleted = write(table, unit -> unit.deleteAll(table.query().where(row -> row.value() == 2)));
        assertThat(deleted).isEqualTo(2);
        assertThat(table.lookup("a")).containsExactly(item("a", 1), item("a", 3), item("a", 4));
        assertThat(table.contains("b")).isFalse();
    }

    @Test
    void duplicateBag_deleteAllLimited_leavesTheOtherCopies() {
        VersionedTable<String, Item> table = table(TableType.DUPLICATE_BAG, A, A, A);
        long deleted = write(table, unit -> unit.deleteAll(unit.query().limit(2)));
        assertThat(deleted).isEqualTo(2);
        assertThat(table.lookup("a")).containsExactly(A);
    }

    // ---- replacing ----

    @EachSet
    void replaceAll_ofAQuery(TableType type) {
        VersionedTable<String, Item> table = table(type, A, B, C);
        long replaced =
                write(table, unit -> unit.replaceAll(table.query().where(row -> row.value() > 1), row -> row.plus(10)));
        assertThat(replaced).isEqualTo(2);
        assertThat(table.stream()).containsExactlyInAnyOrder(A, item("b", 12), item("c", 13));
    }

    @EachSet
    void replaceAll_oneNewRowIsWrong_noneIsReplaced(TableType type) {
        VersionedTable<String, Item> table = table(type, A, B);
        Stream.<UnaryOperator<Item>>of(
                        row -> row.equals(A) ? row.plus(1) : null,
                        row -> row.equals(A) ? null : row.plus(1),
                        row -> item(row.id() + "x", 1))
                .forEach(wrong -> write(table, unit -> {
                    assertThatThrownBy(() -> unit.replaceAll(unit.query(), wrong))
                            .isInstanceOfAny(InvalidRowException.class, KeyChangedException.class);
                    return null;
                }));
        assertThat(table.stream()).containsExactlyInAnyOrder(A, B);
    }
}
