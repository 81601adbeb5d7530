package dev.heirloom.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.ownership.Room.Row;
import dev.heirloom.table.Access;
import dev.heirloom.table.NotAppliedException;
import dev.heirloom.table.NotOwnerException;
import dev.heirloom.table.TableClosedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only the owner of a table may decide about it: its heir, its name and its end. */
class LifeTest {
    private static final Heir OTHER = Heir.consumer("Other");

    private final Room room = new Room();

    @AfterEach
    void endThreads() {
        room.close();
    }

    /** Runs on the thread of a new owner, which then returns. */
    private interface Duty {
        void perform(OwnedTable<String, Row> table) throws Exception;
    }

    private void own(Duty duty) {
        assertThat(room.start((table, requests) -> duty.perform(table)).death()).isNull();
    }

    /** The table of an owner that serves requests on its own thread. */
    private OwnedTable<String, Row> elsewhere() throws Exception {
        CompletableFuture<OwnedTable<String, Row>> escaped = new CompletableFuture<>();
        room.start((table, requests) -> {
            escaped.complete(table);
            requests.serve(Room.LONG);
        });
        return escaped.get(30, TimeUnit.SECONDS);
    }

    private void assertInheritance(Heir heir, Object data) {
        assertThat(room.table.inheritance()).isEqualTo(new Inheritance(heir, data));
    }

    // ---- heir ----

    @Test
    void heir_isChangedByTheOwner_andStaysAfterItsEnd() {
        own(table -> {
            table.heir(OTHER, "data");
            assertInheritance(OTHER, "data");
            table.heir(Heir.NONE, null);
            assertInheritance(Heir.NONE, null);
            table.heir(OTHER, null);
        });
        room.reclaim(null);
        assertInheritance(OTHER, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nobody", "Consumer"})
    void heir_thatIsNotLive_orTheOwnerItself_isRefused(String name) {
        own(table -> {
            table.heir(OTHER, "data");
            assertThatThrownBy(() -> table.heir(Heir.consumer(name), null))
                    .isInstanceOf(HeirRefusedException.class)
                    .hasMessageContainingAll(
                            name, "table rows", name.equals("Consumer") ? "owns it already" : "not deployed");
            assertInheritance(OTHER, "data");
            assertThat(table.isOwned()).isTrue();
        });
    }

    @Test
    void heir_nameAndEnd_areNotForOtherThreads() throws Exception {
        OwnedTable<String, Row> table = elsewhere();
        assertThatThrownBy(() -> table.heir(OTHER, null)).isInstanceOf(NotOwnerException.class);
        assertThatThrownBy(() -> table.rename("other")).isInstanceOf(NotOwnerException.class);
        assertThatThrownBy(table::delete).isInstanceOf(NotOwnerException.class);
        assertUntouched();
        assertThat(table.isOwned()).isTrue();
    }

    @Test
    void heir_nameAndEnd_areNotForAnOwnerThatWasReplaced() {
        own(table -> {
            room.reclaim(null);
            assertThatThrownBy(() -> table.heir(OTHER, null)).isInstanceOf(NotOwnerException.class);
            assertThatThrownBy(() -> table.heir(Heir.consumer("Nobody"), null)).isInstanceOf(NotOwnerException.class);
            assertThatThrownBy(() -> table.rename("other")).isInstanceOf(NotOwnerException.class);
            assertThatThrownBy(table::delete).isInstanceOf(NotOwnerException.class);
        });
        assertUntouched();
    }

    @Test
    void heir_nameAndEnd_areNotForAnOwnerThatGaveTheTableAway() {
        own(table -> {
            table.giveAway("Other", null);
            assertThatThrownBy(() -> table.heir(OTHER, null)).isInstanceOf(NotOwnerException.class);
            assertThatThrownBy(() -> table.rename("other")).isInstanceOf(NotOwnerException.class);
            assertThatThrownBy(table::delete).isInstanceOf(NotOwnerException.class);
        });
        assertUntouched();
    }

    private void assertUntouched() {
        assertInheritance(Heir.MANAGER, null);
        assertThat(room.table.name()).isEqualTo("rows");
        assertThat(room.deleted).isFalse();
        assertThat(room.ref.size()).isZero();
    }

    @Test
    void heir_thatComesWithAHandOver_isInForceBeforeTheOwnerRuns() {
        Transfer transfer = new Transfer("rows", Transfer.Reason.CREATED, null, null, room.nextEpoch(), 0);
        assertThat(room.table.tryHandOver("Consumer", transfer, new Inheritance(OTHER, "data")))
                .isNotNull();
        assertInheritance(OTHER, "data");
        assertThat(room.table.tryHandOver("Consumer", transfer, new Inheritance(Heir.NONE, null)))
                .as("of an epoch that was")
                .isNull();
        assertInheritance(OTHER, "data");
    }

    /** Rows die exactly if the heir that was in force in the end was nobody: no change slips in behind the fence. */
    @Test
    void heir_changedAgainAndAgain_whileTheTableIsTaken_isFinalOnceItWas() throws Exception {
        for (int round = 0; round < 300; round++) {
            CountDownLatch changing = new CountDownLatch(1);
            AtomicReference<Heir> last = new AtomicReference<>();
            Room.Term term = room.start((table, requests) -> {
                table.atomically(unit -> unit.insert(new Row("a", 1)));
                for (int i = 0; ; i++) {
                    Heir next = i % 2 == 0 ? Heir.NONE : Heir.MANAGER;
                    table.heir(next, i);
                    last.set(next);
                    changing.countDown();
                }
            });
            changing.await();
            room.reclaim(null);
            Inheritance taken = room.table.inheritance();
            assertThat(room.table.size()).isEqualTo(taken.heir() == Heir.NONE ? 0 : 1);
            assertThat(term.death()).isInstanceOf(NotOwnerException.class);
            assertThat(room.table.inheritance()).isSameAs(taken);
            assertThat(last).hasValue(taken.heir());
        }
    }

    @Test
    void heirlessTable_isTakenBackWithItsRows_ifItsOwnerNeverBegan() throws Exception {
        try (Room heirless = new Room(Access.PUBLIC, Heir.NONE, 10)) {
            heirless.ref.atomically(unit -> unit.insert(new Row("a", 1)));
            heirless.prepare((table, requests) -> {});
            assertThat(heirless.table.tryTakeBack(heirless.nextEpoch())).isTrue();
            assertThat(heirless.value("a")).isEqualTo(1);
            assertThat(heirless.table.tryTakeBack(1)).as("to an epoch that was").isFalse();
        }
    }

    // ---- rename ----

    @Test
    void rename_isSeenEverywhere() {
        own(table -> {
            table.rename("other");
            assertThat(table.name()).isEqualTo("other");
            assertThatThrownBy(() -> table.heir(Heir.consumer("Nobody"), null)).hasMessageContaining("table other");
            assertThatThrownBy(() -> table.giveAway("Nobody", null)).hasMessageContaining("table other");
        });
        assertThat(room.ref.name()).isEqualTo("other");
        assertThat(room.table.schema().name()).isEqualTo("rows");
        room.reclaim(null);
        room.table.refuse(() -> new NoOwnerException(room.table.name(), "test"));
        assertThatThrownBy(() -> room.put("a", 1)).hasMessageContaining("table other");
        room.table.admit();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "-a", "a/b"})
    void rename_toWhatIsNoName_isRefused(String name) {
        own(table -> {
            assertThatThrownBy(() -> table.rename(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("name");
            assertThat(table.name()).isEqualTo("rows");
        });
    }

    @Test
    void rename_thatTheManagerRefuses_changesNothing() {
        room.taken.add("taken");
        own(table -> {
            assertThatThrownBy(() -> table.rename("taken")).hasMessageContaining("taken");
            table.atomically(unit -> unit.insert(new Row("a", 1)));
        });
        assertThat(room.table.name()).isEqualTo("rows");
        room.reclaim(null); // nothing is held
    }

    // ---- delete ----

    @Test
    void delete_isTheEndForEverybody() {
        var waiting = room.ref.ask(unit -> unit.insert(new Row("a", 1))).toCompletableFuture();
        own(table -> {
            table.atomically(unit -> unit.insert(new Row("a", 1)));
            table.delete();
            assertThat(table.isOwned()).isFalse();
            assertThatThrownBy(() -> table.atomically(unit -> unit.insert(new Row("b", 1))))
                    .isInstanceOf(NotAppliedException.class);
        });
        assertThat(room.deleted).isTrue();
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(TableClosedException.class);
        assertGone();
        assertThat(room.table.tryClose()).isTrue();
        assertThat(room.table.tryClose()).isTrue();
        assertGone();
        assertThat(room.table.size()).isZero();
        assertThat(room.table.memoryEstimate()).isZero();
        assertThat(room.table.epoch()).isEqualTo(room.epochs.get());
        assertThatThrownBy(() -> room.table.tryReclaim(room.nextEpoch(), null))
                .isInstanceOf(TableClosedException.class);
    }

    @Test
    void delete_isFinal_whateverTheManagerSaysOfRequestsNow() {
        own(OwnedTable::delete);
        room.table.admit();
        assertGone();
        room.table.refuse(() -> new NoOwnerException("rows", "test"));
        assertGone();
    }

    private void assertGone() {
        assertThatThrownBy(() -> room.ref.find("a")).isInstanceOf(TableClosedException.class);
        assertThatThrownBy(() -> room.put("a", 1)).isInstanceOf(TableClosedException.class);
        assertThatThrownBy(() -> room.ref.snapshot()).isInstanceOf(TableClosedException.class);
        assertThat(room.table.mailboxDepth()).isZero();
    }

    @Test
    void memoryEstimate_growsWithTheRows() {
        own(table -> {
            assertThat(room.table.memoryEstimate()).isZero();
            table.atomically(unit -> unit.insert(new Row("a", 1)));
            long one = room.table.memoryEstimate();
            assertThat(one).isEqualTo(SharedTable.ROW_BYTES);
            table.atomically(unit -> unit.insert(new Row("b", 1)));
            assertThat(room.table.memoryEstimate()).isEqualTo(2 * one);
        });
    }
}
