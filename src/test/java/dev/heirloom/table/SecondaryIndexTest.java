package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Indexes follow the rows: in the same unit of work, whole or not at all, in snapshots too. */
class SecondaryIndexTest extends EngineTest {
    private static final IndexSpec<Integer, Item> PLAIN = IndexSpec.index("plain", Item::value);
    private static final IndexSpec<Integer, Item> ORDERED =
            IndexSpec.<Integer, Item>index("ordered", Item::value).ordered(Comparator.naturalOrder());
    private static final IndexSpec<Integer, Item> POSITIVE =
            IndexSpec.index("positive", row -> row.value() > 0 ? row.value() : null);
    private static final IndexSpec<Integer, Item> UNIQUE =
            IndexSpec.uniqueIndex("unique", row -> row.value() > 0 ? row.value() : null);

    private static final IndexSpec<Integer, Item> UNIQUE_BY_PARITY =
            IndexSpec.uniqueIndex("parity", row -> row.value() % 2);

    @SafeVarargs
    private VersionedTable<String, Item> indexed(TableType type, IndexSpec<?, Item>... indexes) {
        Schema<String, Item> schema = schema(type);
        for (IndexSpec<?, Item> index : indexes) {
            schema = schema.withIndex(index);
        }
        return table(schema);
    }

    @ParameterizedTest
    @EnumSource
    void rowChanges_indexFollows(TableType type) {
        VersionedTable<String, Item> table = indexed(type, PLAIN, ORDERED);
        insert(table, item("a", 1), item("b", 1));
        write(table, unit -> {
            unit.delete("a");
            return unit.insert(item("a", 2));
        });
        for (IndexSpec<Integer, Item> index : List.of(PLAIN, ORDERED)) {
            assertThat(table.lookup(index, 1)).containsExactly(item("b", 1));
            assertThat(table.lookup(index, 2)).containsExactly(item("a", 2));
        }
        delete(table, "a");
        assertThat(table.lookup(PLAIN, 2)).isEmpty();
        assertThat(table.storage().secondary(PLAIN).versions().entries()).isEqualTo(1);
        assertThat(table.storage().secondary(ORDERED).versions().entries()).isEqualTo(1);
    }

    @EachSet
    void update_indexFollows(TableType type) {
        VersionedTable<String, Item> table = indexed(type, PLAIN);
        insert(table, item("a", 1));
        write(table, unit -> unit.update("a", row -> row.plus(1)));
        assertThat(table.lookup(PLAIN, 1)).isEmpty();
        assertThat(table.lookup(PLAIN, 2)).containsExactly(item("a", 2));
    }

    @ParameterizedTest
    @EnumSource
    void update_thatKeepsTheKey_leavesTheIndexAlone(TableType type) {
        VersionedTable<String, Item> table = indexed(type, POSITIVE);
        insert(table, item("a", 1));
        Version<Integer, KeySet<String>> before =
                table.storage().secondary(POSITIVE).versions().get(1);
        write(table, unit -> {
            unit.delete("a");
            return unit.insert(item("a", 1));
        });
        assertThat(table.storage().secondary(POSITIVE).versions().get(1)).isSameAs(before);
    }

    @ParameterizedTest
    @EnumSource
    void nullKey_isNotInTheIndex(TableType type) {
        VersionedTable<String, Item> table = indexed(type, POSITIVE, UNIQUE);
        insert(table, item("a", 0), item("b", -1), item("c", 0), item("d", 5));
        assertThat(table.lookup(POSITIVE, 0)).isEmpty();
        assertThat(table.lookup(POSITIVE, 5)).containsExactly(item("d", 5));
        assertThat(table.storage().secondary(POSITIVE).versions().entries()).isEqualTo(1);
        assertThat(table.find(UNIQUE, 5)).contains(item("d", 5));
    }

    @ParameterizedTest
    @EnumSource
    void snapshot_indexIsFrozen(TableType type) {
        VersionedTable<String, Item> table = indexed(type, PLAIN, ORDERED);
        insert(table, item("a", 1), item("b", 1), item("c", 2));
        try (Snapshot<String, Item> snapshot = table.snapshot()) {
            write(table, unit -> {
                unit.clear();
                unit.insert(item("a", 2));
                return unit.insert(item("z", 1));
            });
            for (IndexSpec<Integer, Item> index : List.of(PLAIN, ORDERED)) {
                assertThat(snapshot.lookup(index, 1)).containsExactlyInAnyOrder(item("a", 1), item("b", 1));
                assertThat(snapshot.lookup(index, 2)).containsExactly(item("c", 2));
                assertThat(table.lookup(index, 1)).containsExactly(item("z", 1));
            }
            assertThat(snapshot.query().by(ORDERED, 1, null).stream()).hasSize(3);
            TableInvariants.assertInvariants(table);
        }
        assertThat(table.commits().retention.retained()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void expiredRow_isNotFoundByIndex_andLeavesItWhenRemoved(TableType type) {
        VersionedTable<String, Item> table = table(
                schema(type).withIndex(PLAIN).withIndex(UNIQUE).withExpiry(Expiry.afterWrite(Duration.ofSeconds(1))));
        insert(table, item("a", 1));
        advance(Duration.ofSeconds(1));
        assertThat(table.lookup(PLAIN, 1)).isEmpty();
        assertThat(table.find(UNIQUE, 1)).isEmpty();
        assertThat(table.removeExpired(EPOCH)).isEqualTo(1);
        assertThat(table.storage().secondary(PLAIN).versions().entries()).isZero();
    }

    /** It was there and nobody removed it yet, but nobody can see it. */
    @ParameterizedTest
    @EnumSource
    void expiredRow_replaced_indexFollows(TableType type) {
        VersionedTable<String, Item> table =
                table(schema(type).withIndex(PLAIN).withExpiry(Expiry.afterWrite(Duration.ofSeconds(1))));
        insert(table, item("a", 1));
        advance(Duration.ofSeconds(1));
        insert(table, item("a", 2));
        assertThat(table.storage().secondary(PLAIN).versions().get(1)).isNull();
        assertThat(table.lookup(PLAIN, 2)).containsExactly(item("a", 2));
    }

    @Test
    void manyKeys_manyRows() {
        VersionedTable<String, Item> table = indexed(TableType.SET, PLAIN, ORDERED);
        insert(
                table,
                IntStream.range(0, 3000).mapToObj(i -> item("k" + i, i % 3)).toArray(Item[]::new));
        assertThat(table.lookup(PLAIN, 1)).hasSize(1000).allMatch(row -> row.value() == 1);
        write(
                table,
                unit -> unit.deleteAll(
                        unit.query().by(ORDERED, 1, null).where(row -> !row.id().endsWith("7"))));
        assertThat(table.lookup(PLAIN, 1)).hasSize(100);
        assertThat(table.lookup(PLAIN, 0)).hasSize(1000);
    }

    // ---- one key, said in two ways ----

    @Test
    void orderedSet_rowUnderAKeyThatComparesEqual_replacesItInTheIndex() {
        VersionedTable<String, Item> table = indexed(TableType.ORDERED_SET, PLAIN, UNIQUE);
        insert(table, item("a", 1));
        insert(table, item("A", 1));
        assertThat(table.lookup(PLAIN, 1)).containsExactly(item("A", 1));
        assertThat(table.find(UNIQUE, 1)).contains(item("A", 1));
        write(table, unit -> unit.update("a", row -> row.plus(1)));
        assertThat(table.lookup(PLAIN, 1)).isEmpty();
        assertThat(table.lookup(PLAIN, 2)).containsExactly(item("A", 2));
        write(table, unit -> {
            unit.expire("a", Expiry.afterWrite(Duration.ofSeconds(9)));
            return null;
        });
        delete(table, "a");
        assertThat(table.lookup(PLAIN, 2)).isEmpty();
        assertThat(table.storage().secondary(PLAIN).versions().entries()).isZero();
    }

    @Test
    void orderedIndex_keysThatCompareEqual_areOneKey() {
        IndexSpec<String, Item> byName =
                IndexSpec.<String, Item>index("byName", Item::id).ordered(String.CASE_INSENSITIVE_ORDER);
        VersionedTable<String, Item> table = indexed(TableType.SET, byName);
        insert(table, item("x", 1), item("X", 2), item("y", 3));
        assertThat(table.lookup(byName, "X")).containsExactlyInAnyOrder(item("x", 1), item("X", 2));
        delete(table, "X");
        assertThat(table.lookup(byName, "X")).containsExactly(item("x", 1));
        write(table, unit -> {
            assertThat(unit.lookup(byName, "X")).containsExactly(item("x", 1));
            unit.insert(item("X", 5));
            assertThat(unit.lookup(byName, "x")).containsExactlyInAnyOrder(item("x", 1), item("X", 5));
            return null;
        });
    }

    // ---- unique ----

    @ParameterizedTest
    @EnumSource
    void unique_takenByACommittedRow_refused(TableType type) {
        VersionedTable<String, Item> table = indexed(type, UNIQUE);
        insert(table, item("a", 1));
        long commit = table.latestCommit();
        assertThatThrownBy(() -> insert(table, item("c", 7), item("b", 1)))
                .isInstanceOf(NotUniqueException.class)
                .isInstanceOf(NotAppliedException.class)
                .hasMessageContaining("unique")
                .hasMessageContaining("1");
        assertThat(table.stream()).containsExactly(item("a", 1));
        assertThat(table.latestCommit()).isEqualTo(commit);
        assertThat(table.find(UNIQUE, 7)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void unique_takenWithinTheUnit_refused(TableType type) {
        VersionedTable<String, Item> table = indexed(type, UNIQUE);
        assertThatThrownBy(() -> insert(table, item("a", 1), item("b", 1))).isInstanceOf(NotUniqueException.class);
        assertThat(table.size()).isZero();
        assertThat(table.storage().secondary(UNIQUE).versions().entries()).isZero();
        insert(table, item("b", 1));
        assertThat(table.find(UNIQUE, 1)).contains(item("b", 1));
    }

    @EachBag
    void bag_unique_twoRowsOfOneKey_refused(TableType type) {
        VersionedTable<String, Item> table = indexed(type, UNIQUE_BY_PARITY);
        insert(table, item("a", 1));
        assertThatThrownBy(() -> insert(table, item("a", 3))).isInstanceOf(NotUniqueException.class);
        assertThat(table.lookup("a")).containsExactly(item("a", 1));
        insert(table, item("a", 2));
        assertThat(table.find(UNIQUE_BY_PARITY, 0)).contains(item("a", 2));
    }

    @ParameterizedTest
    @EnumSource
    void unique_swappedInAUnit(TableType type) {
        VersionedTable<String, Item> table = indexed(type, UNIQUE);
        insert(table, item("a", 1), item("b", 2));
        write(table, unit -> {
            unit.clear();
            unit.insert(item("a", 2));
            return unit.insert(item("b", 1));
        });
        assertThat(table.find(UNIQUE, 1)).contains(item("b", 1));
        assertThat(table.find(UNIQUE, 2)).contains(item("a", 2));
    }

    /** Whether it was removed already or not: nobody can see it. */
    @ParameterizedTest
    @EnumSource
    void unique_takenByAnExpiredRow_isFree(TableType type) {
        VersionedTable<String, Item> table =
                table(schema(type).withIndex(UNIQUE).withExpiry(Expiry.afterWrite(Duration.ofSeconds(1))));
        insert(table, item("a", 1));
        advance(Duration.ofSeconds(1));
        insert(table, item("b", 1));
        assertThat(table.find(UNIQUE, 1)).contains(item("b", 1));
        assertThatThrownBy(() -> insert(table, item("c", 1))).isInstanceOf(NotUniqueException.class);
        assertThat(table.removeExpired(EPOCH)).isEqualTo(1);
        assertThat(table.find(UNIQUE, 1)).contains(item("b", 1));
    }

    @EachSet
    void unique_swappedByUpdates(TableType type) {
        VersionedTable<String, Item> table = indexed(type, UNIQUE);
        insert(table, item("a", 1), item("b", 2));
        write(table, unit -> {
            unit.update("a", row -> row.plus(1));
            return unit.update("b", row -> row.plus(-1));
        });
        assertThat(table.find(UNIQUE, 1)).contains(item("b", 1));
        assertThat(table.find(UNIQUE, 2)).contains(item("a", 2));
    }

    @ParameterizedTest
    @EnumSource
    void unique_handedOnInAUnit(TableType type) {
        VersionedTable<String, Item> table = indexed(type, UNIQUE);
        insert(table, item("a", 1));
        write(table, unit -> {
            unit.insert(item("b", 1));
            return unit.delete("a");
        });
        assertThat(table.find(UNIQUE, 1)).contains(item("b", 1));
    }

    // ---- rolled back with the unit ----

    static Stream<Arguments> failures() {
        return Stream.of(TableType.values())
                .flatMap(type -> Stream.of(Failpoint.values())
                        .flatMap(point -> IntStream.rangeClosed(1, point == Failpoint.IN_COMMIT ? 7 : 1)
                                .mapToObj(nth -> Arguments.of(type, point, nth))));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failure_atAnyStep_indexIsWholeOrAsBefore(TableType type, Failpoint point, int nth) {
        VersionedTable<String, Item> table = indexed(type, PLAIN, ORDERED);
        insert(table, item("a", 1), item("b", 2));
        AtomicInteger countdown = new AtomicInteger(nth);
        IllegalStateException failure = new IllegalStateException("asked for");
        Work<String, Item, Boolean> work = unit -> {
            unit.delete("a");
            unit.insert(item("c", 2));
            return unit.insertNew(item("d", 4));
        };
        Throwable thrown = catchThrowable(() -> table.atomically(EPOCH, work, new Commitment<>(), reached -> {
            if (reached == point && countdown.decrementAndGet() == 0) {
                throw failure;
            }
        }));
        assertThat(thrown).isSameAs(failure);
        boolean applied = point == Failpoint.AFTER_PUBLICATION;
        for (IndexSpec<Integer, Item> index : Arrays.asList(PLAIN, ORDERED)) {
            assertThat(table.lookup(index, 1)).hasSize(applied ? 0 : 1);
            assertThat(table.lookup(index, 2)).hasSize(applied ? 2 : 1);
            assertThat(table.lookup(index, 4)).hasSize(applied ? 1 : 0);
        }
    }

    /** Such an entry is left behind when there is no memory to remove it. */
    @Test
    void entryOfAnUndoneCommit_countsAsNothing() {
        VersionedTable<String, Item> table = indexed(TableType.SET, UNIQUE);
        KeySet<String> undone = KeySet.<String>empty().with("z");
        table.storage().secondary(UNIQUE).versions().put(new Version<>(1, undone));
        assertThat(table.find(UNIQUE, 1)).isEmpty();
        insert(table, item("a", 1));
        assertThat(table.find(UNIQUE, 1)).contains(item("a", 1));
    }

    @Test
    void descending_byAnIndex_refused() {
        Query<String, Item> all = indexed(TableType.ORDERED_SET, PLAIN, ORDERED).query();
        assertThatThrownBy(() -> all.descending().by(ORDERED, 1, 2)).isInstanceOf(WrongTypeException.class);
        assertThatThrownBy(() -> all.by(PLAIN, 1).descending())
                .isInstanceOf(WrongTypeException.class)
                .hasMessageContaining(PLAIN.name());
    }
}
