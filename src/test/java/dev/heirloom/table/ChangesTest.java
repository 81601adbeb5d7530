package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What subscribers are told of a table, and in which order. */
class ChangesTest extends EngineTest {
    private static final int MANY = 1000;
    private static final Duration TTL = Duration.ofSeconds(10);

    private VersionedTable<String, Item> keeping(int changes, TableType type) {
        return table(schema(type).withLimits(Limits.DEFAULT.withChanges(changes)));
    }

    private VersionedTable<String, Item> keeping(int changes) {
        return keeping(changes, TableType.SET);
    }

    /** As {@code 3: a 1>2}, or {@code 3: a 1> expired}. */
    private static String describe(RowChange<String, Item> change) {
        return change.sequence() + ": " + change.key() + " "
                + change.before().map(row -> "" + row.value()).orElse("") + ">"
                + change.after().map(row -> "" + row.value()).orElse("") + (change.expired() ? " expired" : "");
    }

    private static List<String> poll(Changes<String, Item> changes) {
        return changes.poll().stream().map(ChangesTest::describe).toList();
    }

    private static List<Long> numbers(List<RowChange<String, Item>> changes) {
        return changes.stream().map(RowChange::sequence).toList();
    }

    private static void assertLost(Changes<String, Item> changes, long from, long to) {
        assertThatThrownBy(changes::poll).isInstanceOfSatisfying(ChangesLostException.class, lost -> {
            assertThat(lost.from()).isEqualTo(from);
            assertThat(lost.to()).isEqualTo(to);
            assertThat(lost).hasMessageContaining(from + " to " + to + " of table items");
        });
        assertThat(changes.sequence()).isEqualTo(to);
    }

    // ---- what a change is ----

    @ParameterizedTest
    @EnumSource(
            value = TableType.class,
            names = {"SET", "ORDERED_SET"})
    void rowOfASet_comesIsReplacedAndGoes(TableType type) {
        VersionedTable<String, Item> table = keeping(MANY, type);
        Changes<String, Item> changes = table.changes();
        assertThat(changes.poll()).isEmpty();
        insert(table, item("a", 1));
        insert(table, item("a", 2));
        write(table, unit -> unit.update("a", row -> row.plus(1)));
        delete(table, "a");
        delete(table, "a");
        assertThat(poll(changes)).containsExactly("1: a >1", "2: a 1>2", "3: a 2>3", "4: a 3>");
        assertThat(changes.poll()).isEmpty();
        assertThat(changes.sequence()).isEqualTo(4);
    }

    @Test
    void unit_hasOneChangeAKey_andOneCommit() {
        VersionedTable<String, Item> table = keeping(MANY);
        insert(table, item("a", 1), item("b", 1));
        Changes<String, Item> changes = table.changes();
        write(table, unit -> {
            unit.insert(item("a", 2));
            unit.insert(item("c", 1));
            unit.insert(item("x", 1));
            unit.delete("b");
            unit.insert(item("a", 3));
            return unit.delete("x");
        });
        List<RowChange<String, Item>> unit = changes.poll();
        assertThat(unit.stream().map(ChangesTest::describe)).containsExactly("3: a 1>3", "4: c >1", "5: b 1>");
        assertThat(unit).allSatisfy(change -> {
            assertThat(change.commit()).isEqualTo(table.latestCommit());
            assertThat(change.epoch()).isEqualTo(EPOCH);
        });
    }

    @ParameterizedTest
    @EnumSource(TableType.class)
    void rowWrittenAgainAsItIs_isNoChange_anEqualOneInItsPlaceIs(TableType type) {
        VersionedTable<String, Item> table = keeping(MANY, type);
        Item row = item("a", 1);
        insert(table, row);
        Changes<String, Item> changes = table.changes();
        write(table, unit -> {
            unit.deleteRow(row);
            return unit.insert(row);
        });
        write(table, unit -> {
            unit.expire("a", Expiry.afterWrite(TTL));
            return null;
        });
        assertThat(changes.poll()).isEmpty();
        write(table, unit -> {
            unit.delete("a");
            return unit.insert(item("a", 1));
        });
        assertThat(poll(changes)).isEqualTo(type.isBag() ? List.of("2: a 1>", "3: a >1") : List.of("2: a 1>1"));
    }

    @Test
    void keyThatComparesEqual_isThatOfTheRow() {
        VersionedTable<String, Item> table = keeping(MANY, TableType.ORDERED_SET);
        Changes<String, Item> changes = table.changes();
        insert(table, item("a", 1));
        insert(table, item("A", 2));
        delete(table, "a");
        assertThat(poll(changes)).containsExactly("1: a >1", "2: A 1>2", "3: A 2>");
    }

    @ParameterizedTest
    @EnumSource(
            value = TableType.class,
            names = {"BAG", "DUPLICATE_BAG"})
    void rowsOfABag_comeAndGoEachForItself(TableType type) {
        VersionedTable<String, Item> table = keeping(MANY, type);
        Changes<String, Item> changes = table.changes();
        write(table, unit -> {
            unit.insertAll(List.of(item("a", 1), item("a", 2), item("b", 1), item("a", 3)));
            return null;
        });
        assertThat(poll(changes)).containsExactly("1: a >1", "2: a >2", "3: a >3", "4: b >1");
        insert(table, item("a", 4));
        write(table, unit -> unit.deleteRow(item("a", 2)));
        assertThat(poll(changes)).containsExactly("5: a >4", "6: a 2>");
        write(table, unit -> {
            unit.deleteAll(unit.query().where(row -> row.value() != 3));
            return unit.insert(item("a", 5));
        });
        assertThat(poll(changes)).containsExactlyInAnyOrder("7: a 1>", "8: a 4>", "9: a >5", "10: b 1>");
        write(table, unit -> unit.takeAll("a"));
        assertThat(poll(changes)).containsExactly("11: a 3>", "12: a 5>");
    }

    @Test
    void equalRowsOfADuplicateBag_areCounted() {
        VersionedTable<String, Item> table = keeping(MANY, TableType.DUPLICATE_BAG);
        Item row = item("a", 1);
        insert(table, row, row, item("a", 1));
        Changes<String, Item> changes = table.changes();
        write(table, unit -> {
            unit.delete("a");
            unit.insert(item("a", 2));
            return unit.insert(row);
        });
        assertThat(poll(changes)).containsExactly("4: a 1>", "5: a 1>", "6: a >2");
    }

    @Test
    void tableWithIndexes_hasChangesOfRowsOnly_andNoneOfARefusedUnit() {
        IndexSpec<Integer, Item> byValue = IndexSpec.uniqueIndex("byValue", Item::value);
        VersionedTable<String, Item> table =
                table(schema(TableType.SET).withIndex(byValue).withLimits(Limits.DEFAULT.withChanges(MANY)));
        Changes<String, Item> changes = table.changes();
        insert(table, item("a", 1));
        assertThatThrownBy(() -> insert(table, item("b", 2), item("c", 1))).isInstanceOf(NotUniqueException.class);
        write(table, unit -> {
            unit.delete("a");
            return unit.insert(item("b", 1));
        });
        assertThat(poll(changes)).containsExactly("1: a >1", "2: a 1>", "3: b >1");
    }

    // ---- expiry ----

    @ParameterizedTest
    @EnumSource(TableType.class)
    void expiredRow_isRemovedAsExpired(TableType type) {
        VersionedTable<String, Item> table = keeping(MANY, type);
        insert(table, item("a", 1), item("b", 2));
        write(table, unit -> {
            unit.expire("a", Expiry.afterWrite(TTL));
            return null;
        });
        Changes<String, Item> changes = table.changes();
        advance(TTL);
        assertThat(changes.poll()).isEmpty();
        assertThat(table.removeExpired(EPOCH)).isEqualTo(1);
        delete(table, "b");
        assertThat(poll(changes)).containsExactly("3: a 1> expired", "4: b 2>");
    }

    @ParameterizedTest
    @EnumSource(TableType.class)
    void expiredRow_overwrittenBeforeItIsRemoved_goesFirst(TableType type) {
        VersionedTable<String, Item> table = keeping(MANY, type);
        Item row = item("a", 1);
        insert(table, row);
        write(table, unit -> {
            unit.expire("a", Expiry.afterWrite(TTL));
            return null;
        });
        Changes<String, Item> changes = table.changes();
        advance(TTL);
        insert(table, row);
        assertThat(poll(changes)).containsExactly("2: a 1> expired", "3: a >1");
        assertThat(table.removeExpired(EPOCH)).isZero();
        assertThat(changes.poll()).isEmpty();
    }

    @Test
    void rowThatExpiresWhileAUnitRuns_isWhatTheUnitTookItFor() {
        VersionedTable<String, Item> table = keeping(MANY);
        insert(table, item("a", 1));
        write(table, unit -> {
            unit.expire("a", Expiry.afterWrite(TTL));
            return null;
        });
        Changes<String, Item> changes = table.changes();
        write(table, unit -> {
            Item before = unit.find("a").orElseThrow();
            advance(TTL);
            return unit.insert(before.plus(1));
        });
        assertThat(poll(changes)).containsExactly("2: a 1>2");
    }

    // ---- numbers ----

    @ParameterizedTest
    @EnumSource(value = Failpoint.class, names = "AFTER_PUBLICATION", mode = EnumSource.Mode.EXCLUDE)
    void undoneUnit_leavesNoChangeAndTakesNoNumber(Failpoint failing) {
        VersionedTable<String, Item> table = keeping(MANY);
        insert(table, item("a", 1));
        Changes<String, Item> changes = table.changes();
        RuntimeException failure = new IllegalStateException("asked for");
        Throwable thrown = catchThrowable(() -> write(
                table,
                unit -> {
                    unit.insert(item("a", 2));
                    return unit.insert(item("b", 2));
                },
                point -> {
                    if (point == failing) {
                        throw failure;
                    }
                }));
        assertThat(thrown).isSameAs(failure);
        assertThat(changes.poll()).isEmpty();
        try (Snapshot<String, Item> snapshot = table.snapshot()) {
            assertThat(snapshot.sequence()).isEqualTo(1);
        }
        insert(table, item("c", 3));
        assertThat(poll(changes)).containsExactly("2: c >3");
    }

    @Test
    void failureAfterPublication_leavesTheChanges() {
        VersionedTable<String, Item> table = keeping(MANY);
        Changes<String, Item> changes = table.changes();
        Failpoint.Hook hook = point -> {
            if (point == Failpoint.AFTER_PUBLICATION) {
                throw new StackOverflowError("asked for");
            }
        };
        assertThatThrownBy(() -> write(table, unit -> unit.insert(item("a", 1)), hook))
                .isInstanceOf(StackOverflowError.class);
        assertThat(poll(changes)).containsExactly("1: a >1");
    }

    @Test
    void changes_haveTheEpochOfTheirOwner() {
        VersionedTable<String, Item> table = keeping(MANY);
        Changes<String, Item> changes = table.changes();
        insert(table, item("a", 1));
        assertThat(table.tryFence(EPOCH + 1)).isTrue();
        assertThatThrownBy(() -> insert(table, item("a", 2))).isInstanceOf(NotOwnerException.class);
        as(EPOCH + 1, table, unit -> unit.insert(item("a", 3)), new Commitment<>(), null);
        assertThat(changes.poll().stream().map(change -> change.epoch() + "/" + describe(change)))
                .containsExactly(EPOCH + "/1: a >1", EPOCH + 1 + "/2: a 1>3");
    }

    // ---- where to go on ----

    @Test
    void anotherSubscription_goesOnAfterANumber() {
        VersionedTable<String, Item> table = keeping(MANY);
        IntStream.rangeClosed(1, 5).forEach(value -> insert(table, item("a", value)));
        assertThat(numbers(table.changesAfter(0).poll())).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(numbers(table.changesAfter(3).poll())).containsExactly(4L, 5L);
        Changes<String, Item> last = table.changesAfter(5);
        assertThat(last.poll()).isEmpty();
        insert(table, item("a", 6));
        assertThat(numbers(last.poll())).containsExactly(6L);
    }

    @Test
    void subscription_goesOnWithinAUnit() {
        VersionedTable<String, Item> table = keeping(MANY);
        insert(table, item("a", 1), item("b", 1), item("c", 1));
        assertThat(numbers(table.changesAfter(2).poll())).containsExactly(3L);
    }

    @Test
    void snapshot_saysWhereToGoOn() {
        VersionedTable<String, Item> table = keeping(MANY);
        insert(table, item("a", 1), item("b", 1));
        try (Snapshot<String, Item> snapshot = table.snapshot()) {
            insert(table, item("c", 1));
            assertThat(snapshot.sequence()).isEqualTo(2);
            assertThat(poll(table.changesAfter(snapshot.sequence()))).containsExactly("3: c >1");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 3, Long.MAX_VALUE})
    void numberThatNoChangeHas_isRefused(long number) {
        VersionedTable<String, Item> table = keeping(MANY);
        insert(table, item("a", 1), item("b", 1));
        assertThatThrownBy(() -> table.changesAfter(number))
                .isInstanceOf(NoSuchChangeException.class)
                .hasMessageContaining("table items has no change " + number);
    }

    @Test
    void tableThatKeepsNoChanges_saysSo() {
        VersionedTable<String, Item> table = table(TableType.SET);
        assertThatThrownBy(table::changes).isInstanceOf(ChangesNotKeptException.class);
        assertThatThrownBy(() -> table.changesAfter(0)).isInstanceOf(ChangesNotKeptException.class);
        try (Snapshot<String, Item> snapshot = table.snapshot()) {
            assertThatThrownBy(snapshot::sequence).isInstanceOf(ChangesNotKeptException.class);
        }
    }

    // ---- bounds ----

    @Test
    void slowSubscriber_isToldOnceWhatItLost_andGoesOn() {
        VersionedTable<String, Item> table = keeping(4);
        Changes<String, Item> changes = table.changes();
        IntStream.rangeClosed(1, 4).forEach(value -> insert(table, item("a", value)));
        assertThat(numbers(changes.poll())).containsExactly(1L, 2L, 3L, 4L);
        IntStream.rangeClosed(5, 10).forEach(value -> insert(table, item("a", value)));
        assertLost(changes, 5, 6);
        assertThat(numbers(changes.poll())).containsExactly(7L, 8L, 9L, 10L);
        assertLost(table.changesAfter(0), 1, 6);
    }

    @Test
    void lostChanges_endWhereAUnitEnds() {
        VersionedTable<String, Item> table = keeping(4);
        Changes<String, Item> changes = table.changes();
        insert(table, item("a", 1));
        insert(table, item("a", 2), item("b", 2), item("c", 2));
        insert(table, item("a", 3));
        insert(table, item("a", 4));
        assertLost(changes, 1, 4);
        assertThat(poll(changes)).containsExactly("5: a 2>3", "6: a 3>4");
    }

    @Test
    void unitAsLargeAsTheBuffer_isDelivered_aLargerOneIsLost() {
        VersionedTable<String, Item> table = keeping(3);
        Changes<String, Item> changes = table.changes();
        insert(table, item("a", 1));
        insert(table, item("a", 2), item("b", 2), item("c", 2));
        assertLost(changes, 1, 1);
        assertThat(numbers(changes.poll())).containsExactly(2L, 3L, 4L);
        write(table, unit -> {
            IntStream.range(0, 20).forEach(i -> unit.insert(item("k" + i, i)));
            return null;
        });
        assertLost(changes, 5, 24);
        assertThat(changes.poll()).isEmpty();
        insert(table, item("a", 3));
        assertThat(numbers(changes.poll())).containsExactly(25L);
    }

    @Test
    void bufferOfOne_keepsTheLatestChange() {
        VersionedTable<String, Item> table = keeping(1);
        Changes<String, Item> changes = table.changes();
        insert(table, item("a", 1));
        assertThat(numbers(changes.poll())).containsExactly(1L);
        insert(table, item("a", 2));
        insert(table, item("a", 3));
        assertLost(changes, 2, 2);
        assertThat(numbers(changes.poll())).containsExactly(3L);
    }

    @Test
    void manyUnits_comeInListsOfWholeUnits() {
        VersionedTable<String, Item> table = keeping(10_000);
        Changes<String, Item> changes = table.changes();
        for (int i = 0; i < 1000; i++) {
            insert(table, item("a", i), item("b", i), item("c", i));
        }
        List<Long> seen = new ArrayList<>();
        int lists = 0;
        for (List<RowChange<String, Item>> next = changes.poll(); !next.isEmpty(); next = changes.poll()) {
            assertThat(next.size() % 3).isZero();
            assertThat(next).hasSizeLessThan(Changes.BATCH + 3);
            seen.addAll(numbers(next));
            lists++;
        }
        assertThat(seen)
                .isEqualTo(
                        IntStream.rangeClosed(1, 3000).mapToObj(i -> (long) i).toList());
        assertThat(lists).isEqualTo(3);
    }

    // ---- ends ----

    @Test
    void closedTable_deliversWhatIsLeft_andThenSaysSo() {
        VersionedTable<String, Item> table = keeping(MANY);
        Changes<String, Item> changes = table.changes();
        insert(table, item("a", 1));
        assertThat(table.tryClose()).isTrue();
        assertThat(poll(changes)).containsExactly("1: a >1");
        assertThatThrownBy(changes::poll).isInstanceOf(TableClosedException.class);
        assertThatThrownBy(() -> changes.take(TTL)).isInstanceOf(TableClosedException.class);
    }

    @Test
    void successorOfATable_refusesTheNumbersOfItsPredecessor() {
        VersionedTable<String, Item> table = keeping(MANY);
        insert(table, item("a", 1), item("b", 1));
        assertThat(table.tryClose()).isTrue();
        VersionedTable<String, Item> next = table.successor(EPOCH + 1);
        Changes<String, Item> changes = next.changes();
        for (long old = 0; old <= 2; old++) {
            long number = old;
            assertThatThrownBy(() -> next.changesAfter(number))
                    .isInstanceOf(NoSuchChangeException.class)
                    .hasMessageContaining("an owner that had no heir");
        }
        as(EPOCH + 1, next, unit -> unit.insert(item("c", 1)), new Commitment<>(), null);
        assertThat(next.size()).isEqualTo(1);
        assertThat(poll(changes)).containsExactly("4: c >1");
        try (Snapshot<String, Item> snapshot = next.snapshot()) {
            assertThat(snapshot.sequence()).isEqualTo(4);
        }
        TableInvariants.assertInvariants(next);
    }

    @Test
    void closedSubscription_isDead() {
        Changes<String, Item> changes = keeping(MANY).changes();
        changes.close();
        changes.close();
        assertThatThrownBy(changes::poll).isInstanceOf(SubscriptionClosedException.class);
        assertThatThrownBy(() -> changes.take(TTL)).isInstanceOf(SubscriptionClosedException.class);
    }

    @Test
    void take_noTimeAtAll_isRefused() {
        Changes<String, Item> changes = keeping(MANY).changes();
        assertThatThrownBy(() -> changes.take(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
