package dev.heirloom.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heirloom.ownership.Room.Gift;
import dev.heirloom.ownership.Room.Row;
import dev.heirloom.ownership.Room.Term;
import dev.heirloom.table.Access;
import dev.heirloom.table.AccessDeniedException;
import dev.heirloom.table.NotOwnerException;
import dev.heirloom.table.Snapshot;
import dev.heirloom.table.TableClosedException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What owners may do, and no longer may once they were replaced. */
class OwnerTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final Room room = new Room();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void endThreads() {
        goOn.countDown();
        room.close();
    }

    /** Runs on the thread of a new owner. */
    private interface Duty {
        void perform(OwnedTable<String, Row> table) throws Exception;
    }

    /** Has a new owner do something, and fails as that does; returns the owner, which has ended. */
    private Term own(Duty duty) throws Exception {
        Term term = room.start((table, requests) -> duty.perform(table));
        Throwable death = term.death();
        if (death instanceof Exception e) {
            throw e;
        }
        if (death != null) {
            throw (Error) death;
        }
        return term;
    }

    @Test
    void owner_readsAndWritesDirectly() throws Exception {
        own(table -> {
            table.atomically(unit -> unit.insert(new Row("a", 1)));
            assertThat(table.find("a")).contains(new Row("a", 1));
            assertThat(table.size()).isEqualTo(1);
            assertThat(table.stream()).hasSize(1);
            assertThat(table.isOwned()).isTrue();
            try (Snapshot<String, Row> snapshot = table.snapshot()) {
                assertThat(snapshot.size()).isEqualTo(1);
            }
        });
        assertThat(room.value("a")).isEqualTo(1);
    }

    @Test
    void accept_runsBeforeAnyRequest() {
        var answer = room.ref.ask(unit -> unit.update("a", row -> row.plus(1))).toCompletableFuture();
        room.start(new TableConsumer<>() {
            @Override
            public void accept(OwnedTable<String, Row> table, Transfer transfer) throws Exception {
                assertThat(transfer.epoch()).isEqualTo(table.epoch());
                table.atomically(unit -> unit.insert(new Row("a", 1)));
            }

            @Override
            public void consume(OwnedTable<String, Row> table, Requests requests) throws InterruptedException {
                requests.serve(Room.LONG);
            }
        });
        assertThat(answer.join()).isEqualTo(new Row("a", 2));
    }

    @Test
    void write_byAnotherThread_refused() throws Exception {
        CompletableFuture<OwnedTable<String, Row>> escaped = new CompletableFuture<>();
        room.start((table, requests) -> {
            escaped.complete(table);
            requests.serve(Room.LONG);
        });
        OwnedTable<String, Row> table = escaped.get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> table.atomically(unit -> 1)).isInstanceOf(NotOwnerException.class);
        assertThatThrownBy(() -> table.giveAway("Other", null)).isInstanceOf(NotOwnerException.class);
        assertThat(table.isOwned()).isTrue();
        assertThat(room.gifts).isEmpty();
    }

    @Test
    void write_afterReclaim_refused() throws Exception {
        own(table -> {
            room.reclaim(null);
            assertThat(table.isOwned()).isFalse();
            assertThatThrownBy(() -> table.atomically(unit -> unit.insert(new Row("a", 1))))
                    .isInstanceOf(NotOwnerException.class);
        });
        assertThat(room.value("a")).isZero();
    }

    @Test
    void task_thatStartsAfterItWasReplaced_doesNothing() {
        Term late = room.prepare((table, requests) -> begun.countDown());
        room.reclaim(null);
        late.thread.start();
        assertThat(late.death()).isInstanceOf(NotOwnerException.class);
        assertThat(begun.getCount()).isEqualTo(1);
    }

    @Test
    void requests_waitForTheNextOwner() {
        room.start((table, requests) -> {}).death();
        room.reclaim(null);
        var answer = room.ref.ask(unit -> unit.insert(new Row("a", 1))).toCompletableFuture();
        assertThat(answer).isNotDone();
        room.start();
        assertThat(answer.join()).isEqualTo(new Row("a", 1));
    }

    @Test
    void interrupt_whileItWaits_endsTheOwner() {
        Term term = room.start();
        await().until(term::isIdle);
        term.owner.interrupt();
        assertThat(term.death()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void interrupt_afterItEnded_doesNotReachTheThread() throws Exception {
        Term term = room.start((table, requests) -> {});
        assertThat(term.death()).isNull();
        term.owner.interrupt();
        assertThat(term.thread.isInterrupted()).isFalse();
    }

    // ---- give away ----

    @Test
    void giveAway_fencesTheGiver_andTellsTheManager() throws Exception {
        Term giver = own(table -> {
            table.atomically(unit -> unit.insert(new Row("a", 1)));
            table.giveAway("Other", "gift");
            assertThat(table.isOwned()).isFalse();
            assertThatThrownBy(() -> table.atomically(unit -> unit.insert(new Row("a", 2))))
                    .isInstanceOf(NotOwnerException.class);
            assertThatThrownBy(() -> table.giveAway("Other", null)).isInstanceOf(NotOwnerException.class);
        });
        assertThat(room.gifts).containsExactly(new Gift(giver.owner.epoch(), "Other", "gift"));
        assertThat(room.value("a")).isEqualTo(1);
        room.start();
        room.put("a", 3);
    }

    @Test
    void giveAway_toOneself_refused() throws Exception {
        own(table -> assertRefused(table, "Consumer"));
        assertThat(room.gifts).isEmpty();
    }

    @Test
    void giveAway_toOneThatIsNotLive_refused() throws Exception {
        own(table -> assertRefused(table, "Nobody"));
        assertThat(room.gifts).isEmpty();
    }

    private static void assertRefused(OwnedTable<String, Row> table, String to) throws Exception {
        assertThatThrownBy(() -> table.giveAway(to, null))
                .isInstanceOf(GiveAwayRefusedException.class)
                .hasMessageContaining(to);
        assertThat(table.isOwned()).isTrue();
        table.atomically(unit -> unit.insert(new Row("a", 1)));
    }

    @Test
    void giveAway_afterReclaim_refused() throws Exception {
        own(table -> {
            room.reclaim(null);
            assertThatThrownBy(() -> table.giveAway("Other", null)).isInstanceOf(NotOwnerException.class);
        });
        assertThat(room.gifts).isEmpty();
    }

    // ---- access and heirs ----

    @Test
    void privateTable_othersAskOnly() throws Exception {
        try (Room hidden = new Room(Access.PRIVATE, Heir.MANAGER, 10)) {
            hidden.start();
            hidden.put("a", 1);
            assertThatThrownBy(() -> hidden.ref.find("a")).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> hidden.ref.contains("a")).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> hidden.ref.lookup("a")).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(hidden.ref::stream).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(hidden.ref::asMap).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(hidden.ref::size).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(hidden.ref::snapshot).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> hidden.ref.atomically(unit -> 1)).isInstanceOf(AccessDeniedException.class);
            int asked = hidden.ref.call(unit -> unit.find("a").orElseThrow().value());
            assertThat(asked).isEqualTo(1);
        }
    }

    @Test
    void publicTable_isWrittenWithoutAnOwner() throws Exception {
        try (Room open = new Room(Access.PUBLIC, Heir.MANAGER, 10)) {
            open.ref.atomically(unit -> unit.insert(new Row("a", 1)));
            assertThat(open.value("a")).isEqualTo(1);
        }
    }

    @Test
    void heirManager_keepsTheRows() {
        room.start();
        room.put("a", 1);
        room.reclaim(null);
        room.start();
        assertThat(room.value("a")).isEqualTo(1);
    }

    @Test
    void asMap_outlivesOwners_andTheTableOfOneWithoutAnHeir() throws Exception {
        try (Room heirless = new Room(Access.PROTECTED, Heir.NONE, 10)) {
            Map<String, Row> map = heirless.ref.asMap();
            heirless.start();
            heirless.put("a", 1);
            assertThat(map.get("a")).isEqualTo(new Row("a", 1));
            heirless.reclaim(null);
            assertThat(map.get("a")).isNull();
            heirless.start();
            heirless.put("b", 2);
            assertThat(map.values()).containsExactly(new Row("b", 2));
        }
    }

    @Test
    void unitWithinAUnit_isRefused_andTheOuterOneGoesOn() throws Exception {
        own(table -> {
            table.atomically(outer -> {
                outer.insert(new Row("a", 1));
                assertThatThrownBy(() -> table.atomically(inner -> inner.insert(new Row("a", 2))))
                        .isInstanceOf(NestedUnitException.class);
                return null;
            });
            assertThat(table.find("a")).contains(new Row("a", 1));
            table.atomically(unit -> unit.insert(new Row("b", 1)));
        });
        assertThat(room.value("b")).isEqualTo(1);
    }

    @Test
    void heirNone_aPublicWriterThatHoldsTheDeadTable_isRefused() throws Exception {
        try (Room heirless = new Room(Access.PUBLIC, Heir.NONE, 10)) {
            assertThatThrownBy(() -> heirless.ref.atomically(unit -> {
                        heirless.reclaim(null);
                        return unit.insert(new Row("a", 1));
                    }))
                    .isInstanceOf(TableClosedException.class);
            heirless.ref.atomically(unit -> unit.insert(new Row("b", 1)));
            assertThat(heirless.ref.stream()).containsExactly(new Row("b", 1));
        }
    }

    @Test
    void heirNone_rowsDieWithTheOwner() throws Exception {
        try (Room heirless = new Room(Access.PROTECTED, Heir.NONE, 10)) {
            Term first = heirless.start();
            heirless.put("a", 1);
            long epoch = heirless.table.epoch();
            heirless.reclaim(null);
            assertThat(heirless.ref.size()).isZero();
            assertThat(heirless.table.epoch()).isGreaterThan(epoch);
            heirless.start();
            heirless.put("b", 2);
            assertThat(heirless.ref.stream()).containsExactly(new Row("b", 2));
            first.owner.interrupt();
            first.death();
        }
    }

    // ---- hanging ----

    @Test
    void hangsIn_idle_no() {
        Term term = room.start();
        await().until(term::isIdle);
        assertThat(term.owner.hangsIn(System.nanoTime() + HOUR, 1)).isNull();
    }

    @Test
    void hangsIn_aRequest_pastItsDeadlineOnly() throws Exception {
        Term term = room.start();
        room.ref.ask(unit -> {
            begun.countDown();
            goOn.await();
            return 1;
        });
        begun.await();
        assertThat(term.owner.hangsIn(System.nanoTime(), 1)).isNull(); // a heartbeat is not asked of a request
        assertThat(term.owner.hangsIn(System.nanoTime() + 2 * Room.LONG.toNanos(), 0))
                .contains("request");
    }

    @Test
    void hangsIn_accept_pastTheTablesDeadline() throws Exception {
        Term term = room.start(new TableConsumer<>() {
            @Override
            public void accept(OwnedTable<String, Row> table, Transfer transfer) throws InterruptedException {
                begun.countDown();
                goOn.await();
            }

            @Override
            public void consume(OwnedTable<String, Row> table, Requests requests) {}
        });
        begun.await();
        assertThat(term.owner.hangsIn(System.nanoTime(), 1)).isNull();
        assertThat(term.owner.hangsIn(System.nanoTime() + 2 * Room.LONG.toNanos(), 0))
                .contains("accept");
    }

    @Test
    void hangsIn_consume_withoutHeartbeat() throws Exception {
        Term term = room.start((table, requests) -> {
            begun.countDown();
            goOn.await();
        });
        begun.await();
        assertThat(term.owner.hangsIn(System.nanoTime() + HOUR, 0)).isNull();
        assertThat(term.owner.hangsIn(System.nanoTime() + HOUR, HOUR / 2)).contains("heartbeat");
    }

    @Test
    void hangsIn_justWokenFromALongIdleTime_no() {
        Term term = room.start();
        for (int i = 0; i < 200; i++) {
            await().until(term::isIdle);
            long now = System.nanoTime();
            term.owner.wake();
            assertThat(term.owner.hangsIn(now, 1)).isNull();
        }
    }

    @Test
    void hangsIn_justDoneWithALongRequest_no() throws Exception {
        var ended = room.ref.ask(unit -> System.nanoTime()).toCompletableFuture();
        Term term = room.start((table, requests) -> {
            requests.serve(Duration.ZERO);
            goOn.await();
        });
        assertThat(term.owner.hangsIn(ended.get(30, TimeUnit.SECONDS), 1)).isNull();
    }
}
