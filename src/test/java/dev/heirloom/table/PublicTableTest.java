package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Anybody may write a public table: units of work are as if they had run one after the other. */
class PublicTableTest extends EngineTest {
    private VersionedTable<String, Item> open(TableType type) {
        VersionedTable<String, Item> table = table(schema(type).withAccess(Access.PUBLIC));
        insert(table, item("a", 0), item("b", 0));
        return table;
    }

    private static <T> T anybody(VersionedTable<String, Item> table, Work<String, Item, T> work) {
        return as(VersionedTable.ANYBODY, table, work, new Commitment<>(), null);
    }

    /** Runs a unit in which, the first time only, another writer gets in between. */
    private static int attempts(
            VersionedTable<String, Item> table,
            Consumer<UnitOfWork<String, Item>> first,
            Consumer<UnitOfWork<String, Item>> other,
            Consumer<UnitOfWork<String, Item>> then) {
        AtomicInteger attempts = new AtomicInteger();
        anybody(table, unit -> {
            int attempt = attempts.incrementAndGet();
            first.accept(unit);
            if (attempt == 1) {
                anybody(table, between -> {
                    other.accept(between);
                    return null;
                });
            }
            then.accept(unit);
            return null;
        });
        return attempts.get();
    }

    @EachSet
    void increments_byThreads_noneIsLost(TableType type) throws Exception {
        VersionedTable<String, Item> table = open(type);
        int threads = 4;
        int each = 500;
        List<FutureTask<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            long writer = i == 0 ? EPOCH : VersionedTable.ANYBODY;
            FutureTask<Integer> task = new FutureTask<>(() -> {
                int applied = 0;
                while (applied < each) {
                    try {
                        table.atomically(writer, PublicTableTest::bothUp, new Commitment<>(), null);
                        applied++;
                    } catch (ConflictException e) {
                        Thread.onSpinWait(); // nothing was changed: again
                    }
                }
                return applied;
            });
            tasks.add(task);
            new Thread(task, "writer-" + i).start();
        }
        for (FutureTask<Integer> task : tasks) {
            assertThat(task.get()).isEqualTo(each);
        }
        assertThat(table.stream()).containsExactlyInAnyOrder(item("a", threads * each), item("b", threads * each));
    }

    private static Item bothUp(UnitOfWork<String, Item> unit) {
        unit.update("a", row -> row.plus(1));
        return unit.update("b", row -> row.plus(1));
    }

    @Test
    void readOfAChangedRow_runsAgain() {
        VersionedTable<String, Item> table = open(TableType.SET);
        int attempts = attempts(
                table,
                unit -> unit.find("a"),
                other -> other.insert(item("a", 5)),
                unit -> unit.insert(item("b", unit.find("a").orElseThrow().value() + 1)));
        assertThat(attempts).isEqualTo(2);
        assertThat(table.find("b")).contains(item("b", 6));
    }

    @Test
    void readOfAnotherRow_isNoConflict() {
        VersionedTable<String, Item> table = open(TableType.SET);
        int attempts = attempts(
                table, unit -> unit.find("a"), other -> other.insert(item("b", 5)), unit -> unit.insert(item("c", 1)));
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void readOfAMissingRow_thatAppears_runsAgain() {
        VersionedTable<String, Item> table = open(TableType.SET);
        List<Boolean> inserted = new ArrayList<>();
        int attempts = attempts(
                table,
                unit -> inserted.add(unit.insertNew(item("c", 1))),
                other -> other.insert(item("c", 5)),
                unit -> {});
        assertThat(attempts).isEqualTo(2);
        assertThat(inserted).containsExactly(true, false);
        assertThat(table.find("c")).contains(item("c", 5));
    }

    @Test
    void readOfARow_thatIsDeletedAndInsertedAgain_runsAgain() {
        VersionedTable<String, Item> table = open(TableType.SET);
        Item same = table.find("a").orElseThrow();
        int attempts = attempts(
                table,
                unit -> unit.find("a"),
                other -> {
                    other.delete("a");
                    other.insert(same);
                },
                unit -> unit.insert(item("b", 1)));
        assertThat(attempts).isEqualTo(2);
    }

    @Test
    void deleteOfARow_thatIsDeleted_runsAgain() {
        VersionedTable<String, Item> table = open(TableType.SET);
        List<Boolean> deleted = new ArrayList<>();
        attempts(table, unit -> deleted.add(unit.delete("a")), other -> other.delete("a"), unit -> {});
        assertThat(deleted).containsExactly(true, false);
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void blindInserts_lastWins() {
        VersionedTable<String, Item> table = open(TableType.SET);
        int attempts = attempts(
                table,
                unit -> unit.insert(item("n", 1)),
                other -> {
                    other.insert(item("n", 2));
                    other.delete("a");
                },
                unit -> unit.insert(item("a", 7)));
        assertThat(attempts).isEqualTo(1);
        assertThat(table.stream()).containsExactlyInAnyOrder(item("n", 1), item("a", 7), item("b", 0));
    }

    @Test
    void scan_anyCommitSince_runsAgain() {
        List<Consumer<UnitOfWork<String, Item>>> scans = List.of(
                UnitOfWork::size,
                unit -> unit.stream().forEach(row -> {}),
                UnitOfWork::first,
                UnitOfWork::last,
                unit -> unit.next("a"),
                unit -> unit.previous("b"));
        for (Consumer<UnitOfWork<String, Item>> scan : scans) {
            int attempts = attempts(
                    open(TableType.ORDERED_SET),
                    scan,
                    other -> other.insert(item("z", 1)),
                    unit -> unit.insert(item("c", 1)));
            assertThat(attempts).isEqualTo(2);
        }
    }

    @Test
    void unitThatOnlyReads_isValidatedToo() {
        VersionedTable<String, Item> table = open(TableType.SET);
        List<Integer> sums = new ArrayList<>();
        attempts(
                table,
                unit -> unit.find("a"),
                PublicTableTest::bothUp,
                unit -> sums.add(unit.find("a").orElseThrow().value()
                        + unit.find("b").orElseThrow().value()));
        assertThat(sums).last().isEqualTo(2);
    }

    @Test
    void exception_becauseTwoStatesWereSeen_runsAgain() {
        VersionedTable<String, Item> table = open(TableType.SET);
        int attempts = attempts(table, unit -> unit.find("a"), PublicTableTest::bothUp, unit -> {
            if (unit.find("a").orElseThrow().value()
                    != unit.find("b").orElseThrow().value()) {
                throw new IllegalStateException("a and b differ");
            }
        });
        assertThat(attempts).isBetween(1, 2);
    }

    @Test
    void exception_ofItsOwn_isThrown() {
        VersionedTable<String, Item> table = open(TableType.SET);
        AtomicInteger attempts = new AtomicInteger();
        assertThatThrownBy(() -> anybody(table, unit -> {
                    attempts.incrementAndGet();
                    unit.insert(item("a", 1));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(attempts).hasValue(1);
        assertThat(table.find("a")).contains(item("a", 0));
    }

    @Test
    void conflicts_withoutEnd_areGivenUp() {
        VersionedTable<String, Item> table = open(TableType.SET);
        AtomicInteger attempts = new AtomicInteger();
        Commitment<Item> outcome = new Commitment<>();
        assertThatThrownBy(() -> as(
                        VersionedTable.ANYBODY,
                        table,
                        unit -> {
                            attempts.incrementAndGet();
                            Item changed = unit.update("a", row -> row.plus(1000));
                            anybody(table, other -> other.update("a", row -> row.plus(1)));
                            return changed;
                        },
                        outcome,
                        null))
                .isInstanceOf(ConflictException.class)
                .isInstanceOf(NotAppliedException.class);
        assertThat(attempts).hasValueBetween(2, 1000);
        assertThat(outcome.isApplied()).isFalse();
        assertThat(table.find("a")).contains(item("a", attempts.get()));
    }

    @Test
    void owner_writesBesideTheOthers_untilItIsFenced() {
        VersionedTable<String, Item> table = open(TableType.SET);
        insert(table, item("a", 1));
        assertThat(table.tryFence(EPOCH + 1)).isTrue();
        assertThatThrownBy(() -> insert(table, item("a", 2))).isInstanceOf(NotOwnerException.class);
        Item byAnybody = anybody(table, unit -> unit.insert(item("a", 3)));
        assertThat(table.find("a")).containsSame(byAnybody);
    }

    @Test
    void closed_writesAreRefused() {
        VersionedTable<String, Item> table = open(TableType.SET);
        assertThat(table.tryClose()).isTrue();
        assertThatThrownBy(() -> anybody(table, unit -> unit.insert(item("a", 3))))
                .isInstanceOf(TableClosedException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Access.class,
            names = {"PRIVATE", "PROTECTED"})
    void notPublic_othersAreRefused(Access access) {
        VersionedTable<String, Item> table = table(schema(TableType.SET).withAccess(access));
        AtomicInteger ran = new AtomicInteger();
        assertThatThrownBy(() -> anybody(table, unit -> ran.incrementAndGet()))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(ran).hasValue(0);
    }
}
