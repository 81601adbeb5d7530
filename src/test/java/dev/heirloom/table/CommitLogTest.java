package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a table has its log write, and when. */
class CommitLogTest extends EngineTest {
    private static final Item A = new Item("a", 1);
    private static final Item B = new Item("b", 2);
    private static final Duration TTL = Duration.ofSeconds(1);

    private final RecordedLog<Item> log = new RecordedLog<>();
    private VersionedTable<String, Item> table = loaded(TableType.SET);

    private VersionedTable<String, Item> loaded(TableType type) {
        VersionedTable<String, Item> made = table(schema(type).withLimits(Limits.DEFAULT.withChanges(100)));
        TableLoader<String, Item> loader = made.loader();
        loader.put(List.of(B), 7, Expiry.NEVER_MILLIS, null);
        loader.finish(40, 500, log);
        return made;
    }

    private <T> T write(Work<String, Item, T> work) throws Exception {
        return table.atomically(EPOCH, work, new Commitment<>(), null);
    }

    @AfterEach
    void everyEntryIsGivenBack() {
        assertThat(log.held()).isZero();
    }

    @Test
    void loaded_goesOnWhereItWas() throws Exception {
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.find("b")).contains(B);
        assertThat(table.latestCommit()).isEqualTo(40);
        assertThat(table.latestChange()).isEqualTo(500);
        write(unit -> unit.insert(A));
        assertThat(table.latestCommit()).isEqualTo(41);
        assertThat(table.latestChange()).isEqualTo(501);
        assertThat(log.written).containsExactly(new RecordedLog.Written(List.of("put [" + A + "]"), 41, EPOCH));
    }

    @ParameterizedTest
    @EnumSource
    void loaded_theLastThatIsSaidOfAKeyCounts_alsoForIndexesAndDeadlines(TableType type) {
        IndexSpec<Integer, Item> byValue = IndexSpec.index("byValue", Item::value);
        VersionedTable<String, Item> made = table(schema(type).withIndex(byValue));
        TableLoader<String, Item> loader = made.loader();
        long soon = START.plus(TTL).toEpochMilli();
        loader.put(List.of(new Item("a", 9)), 2, Expiry.NEVER_MILLIS, null);
        loader.put(List.of(A), 3, soon, Expiry.at(START.plus(TTL)));
        loader.put(List.of(B), 4, Expiry.NEVER_MILLIS, null);
        loader.put(List.of(new Item("gone", 5)), 5, Expiry.NEVER_MILLIS, null);
        loader.delete(new Item("gone", 5));
        loader.delete(new Item("never there", 0));
        for (int i = 0; i < 2_000; i++) {
            loader.put(List.of(new Item("x" + i, 1_000 + i)), 6, Expiry.NEVER_MILLIS, null);
        }
        loader.finish(40, 0, null);
        assertThat(made.size()).isEqualTo(2_002);
        assertThat(made.lookup("a")).containsExactly(A);
        assertThat(made.lookup("gone")).isEmpty();
        assertThat(made.lookup(byValue, 1)).containsExactly(A);
        assertThat(made.lookup(byValue, 9)).isEmpty();
        assertThat(made.lookup(byValue, 5)).isEmpty();
        assertThat(made.lookup(byValue, 2_999)).containsExactly(new Item("x1999", 2_999));
        advance(TTL);
        assertThat(made.lookup("a")).isEmpty();
        assertThat(made.removeExpired(EPOCH)).isEqualTo(1);
        assertThat(made.size()).isEqualTo(2_001);
    }

    @Test
    void unit_isOneEntry_ofWhatItHasDoneInTheEnd() throws Exception {
        write(unit -> {
            unit.insert(A);
            unit.insert(new Item("a", 5));
            unit.delete("b");
            unit.insert(new Item("c", 1));
            return unit.delete("c");
        });
        assertThat(log.written).hasSize(1);
        assertThat(log.last()).containsExactlyInAnyOrder("put [" + new Item("a", 5) + "]", "delete " + B);
    }

    @Test
    void bag_allRowsOfTheKeyAreWritten() throws Exception {
        table = loaded(TableType.BAG);
        write(unit -> unit.insert(new Item("b", 3)));
        assertThat(log.last()).containsExactly("put " + List.of(B, new Item("b", 3)));
    }

    @Test
    void nothingChanged_nothingIsWritten() throws Exception {
        write(unit -> unit.find("b"));
        write(unit -> unit.delete("none"));
        assertThat(log.written).isEmpty();
        assertThat(table.latestCommit()).isEqualTo(40);
    }

    @Test
    void appended_beforeAnybodySeesIt() throws Exception {
        log.onAppend = () -> assertThat(table.find("a")).isEmpty();
        write(unit -> unit.insert(A));
        assertThat(table.find("a")).contains(A);
    }

    @Test
    void refusedEntry_nothingIsApplied() throws Exception {
        log.onEntry = () -> {
            throw new ReadOnlyTableException("rows", "its journal has failed");
        };
        Commitment<Item> outcome = new Commitment<>();
        assertThatThrownBy(() -> table.atomically(EPOCH, unit -> unit.insert(A), outcome, null))
                .isInstanceOf(ReadOnlyTableException.class);
        assertThat(outcome.isApplied()).isFalse();
        assertThat(table.find("a")).isEmpty();
        boolean found = write(unit -> unit.contains("b")); // what only reads needs no log
        assertThat(found).isTrue();
    }

    @Test
    void appendFails_nothingIsApplied_andTheNextUnitIs() throws Exception {
        log.onAppend = () -> {
            throw new ReadOnlyTableException("rows", "the disk is full");
        };
        Commitment<Item> outcome = new Commitment<>();
        assertThatThrownBy(() -> table.atomically(EPOCH, unit -> unit.insert(A), outcome, null))
                .isInstanceOf(ReadOnlyTableException.class);
        assertThat(outcome.isApplied()).isFalse();
        assertThat(table.find("a")).isEmpty();
        assertThat(table.size()).isEqualTo(1);
        log.onAppend = () -> {};
        write(unit -> unit.insert(A));
        assertThat(log.written)
                .singleElement()
                .satisfies(each -> assertThat(each.commit()).isEqualTo(41));
    }

    @Test
    void noRoom_isMadeWithoutTheLock() throws Exception {
        log.room = false;
        AtomicInteger made = new AtomicInteger();
        log.onMakeRoom = () -> {
            made.incrementAndGet();
            assertThat(table.commits().lock.isLocked()).isFalse();
        };
        write(unit -> unit.insert(A));
        assertThat(made).hasValue(1);
        assertThat(log.last()).containsExactly("put [" + A + "]");
        assertThat(table.commits().lock.isLocked()).isFalse();
    }

    @Test
    void fencedWhileRoomIsMade_nothingIsWritten() {
        log.room = false;
        log.onMakeRoom = () -> table.fence(EPOCH, EPOCH + 1);
        assertThatThrownBy(() -> write(unit -> unit.insert(A))).isInstanceOf(NotOwnerException.class);
        assertThat(log.written).isEmpty();
        assertThat(table.find("a")).isEmpty();
    }

    @Test
    void safe_isAwaitedByWhoeverAcknowledges_notByTheCommit() throws Exception {
        AtomicInteger awaited = new AtomicInteger();
        log.onSafe = awaited::incrementAndGet;
        Commitment<Item> outcome = new Commitment<>();
        table.atomically(EPOCH, unit -> unit.insert(A), outcome, null);
        assertThat(outcome.isApplied()).isTrue();
        assertThat(awaited).hasValue(0);
        outcome.awaitSafe();
        assertThat(awaited).hasValue(1);

        Commitment<Boolean> nothing = new Commitment<>();
        table.atomically(EPOCH, unit -> unit.delete("none"), nothing, null);
        nothing.awaitSafe();
        assertThat(awaited).hasValue(1);
    }

    @Test
    void expiredRows_areWrittenAsDeleted_unlessTheLockIsTaken() throws Exception {
        write(unit -> unit.insert(A));
        write(unit -> {
            unit.expire("a", Expiry.afterWrite(TTL));
            return null;
        });
        advance(TTL);
        table.commits().lock.lock();
        try {
            assertThat(CompletableFuture.supplyAsync(() -> table.tryRemoveExpired(EPOCH))
                            .get())
                    .isZero();
        } finally {
            table.commits().lock.unlock();
        }
        log.room = false;
        assertThat(table.tryRemoveExpired(EPOCH)).isZero(); // it does not wait for room either
        log.room = true;
        assertThat(table.tryRemoveExpired(EPOCH)).isEqualTo(1);
        assertThat(log.last()).containsExactly("delete " + A);
    }

    @Test
    void anotherLog_getsWhatComes_andAllThatIsThere() throws Exception {
        write(unit -> unit.insert(A));
        RecordedLog<Item> next = new RecordedLog<>();
        table.rewriter().writeAll(next);
        assertThat(next.written).hasSize(1);
        assertThat(next.last()).containsExactlyInAnyOrder("put [" + A + "] of 41", "put [" + B + "] of 7");
        table.log(next);
        write(unit -> unit.delete("a"));
        assertThat(log.written).hasSize(1);
        assertThat(next.last()).containsExactly("delete " + A);
        assertThat(next.held()).isZero();
    }

    @Test
    void rewriter_writesOnlyWhatIsStillAsItWas() throws Exception {
        write(unit -> unit.insert(A));
        Rewriter<String, Item> rewriter = table.rewriter();
        rewriter.add(A, 41);
        rewriter.add(B, 6); // another commit
        rewriter.add(new Item("none", 0), 41);
        assertThat(rewriter.size()).isEqualTo(1);
        log.onEntry = () -> {
            log.onEntry = () -> {};
            try {
                write(unit -> unit.insert(new Item("a", 9)));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        assertThat(rewriter.write(log)).isEqualTo(CommitLog.NOWHERE); // it has changed just now
        assertThat(log.last()).containsExactly("put [" + new Item("a", 9) + "]");
        rewriter.add(B, 7);
        log.room = false;
        assertThat(rewriter.write(log)).isEqualTo(log.written.size());
        assertThat(log.last()).containsExactly("put [" + B + "] of 7");
        assertThat(log.room).isTrue();
    }
}
