package dev.heirloom.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.ownership.Room.Row;
import dev.heirloom.table.Failpoint;
import dev.heirloom.table.MutableRowException;
import dev.heirloom.table.NotOwnerException;
import dev.heirloom.table.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the manager does with a table, and what it cannot do while a writer is at work. */
class SharedTableTest {
    private final Room room = new Room();
    private final CountDownLatch inCommit = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void endThreads() {
        goOn.countDown();
        room.close();
    }

    @Test
    void openSnapshots_areCounted() {
        assertThat(room.table.openSnapshots()).isZero();
        try (var snapshot = room.ref.snapshot()) {
            assertThat(snapshot.size()).isZero();
            assertThat(room.table.openSnapshots()).isEqualTo(1);
        }
        assertThat(room.table.openSnapshots()).isZero();
    }

    /** An owner that is in the middle of a commit. */
    private CompletableFuture<Row> committing() throws InterruptedException {
        room.table.arm(point -> {
            if (point == Failpoint.IN_COMMIT) {
                inCommit.countDown();
                awaitGoOn();
            }
        });
        room.start();
        CompletableFuture<Row> answer =
                room.ref.ask(unit -> unit.insert(new Row("a", 1))).toCompletableFuture();
        assertThat(inCommit.await(30, TimeUnit.SECONDS)).isTrue();
        return answer;
    }

    private void awaitGoOn() {
        boolean interrupted = false;
        while (goOn.getCount() > 0) {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whileAWriterCommits_theTableChangesHandsForNobody() throws Exception {
        CompletableFuture<Row> answer = committing();
        long epoch = room.table.epoch();
        assertThat(room.table.tryReclaim(room.nextEpoch(), null)).isFalse();
        assertThat(room.table.tryTakeBack(room.nextEpoch())).isFalse();
        assertThat(room.table.tryClose()).isFalse();
        Transfer transfer = new Transfer("rows", Transfer.Reason.INHERITED, null, null, room.nextEpoch(), 0);
        assertThat(room.table.tryHandOver("Consumer", transfer, null)).isNull();
        assertThat(room.table.epoch()).isEqualTo(epoch);
        goOn.countDown();
        assertThat(answer.join()).isEqualTo(new Row("a", 1));
    }

    @Test
    void reclaimed_andTakenBack_whenNobodyWrites() {
        Room.Term term = room.start();
        assertThat(room.table.tryReclaim(room.nextEpoch(), null)).isTrue();
        assertThat(term.owner.isCurrent()).isFalse();
        Room.Term next = room.prepare((table, requests) -> {});
        assertThat(room.table.tryTakeBack(room.nextEpoch())).isTrue();
        assertThat(next.owner.isCurrent()).isFalse();
    }

    @Test
    void closed_itMayBeClosedAgain() {
        room.start();
        assertThat(room.table.tryClose()).isTrue();
        long epoch = room.table.epoch();
        assertThat(room.table.tryClose()).isTrue();
        assertThat(room.table.epoch()).isEqualTo(epoch);
    }

    @Test
    void mailbox_isAsLargeAsItWasMade() {
        assertThat(room.table.mailboxCapacity()).isEqualTo(1000);
        assertThat(room.table.mailboxDepth()).isZero();
        room.ref.ask(unit -> 1);
        assertThat(room.table.mailboxDepth()).isEqualTo(1);
    }

    @Test
    void rowsThatCanBeChanged_refused() {
        record Note(String id, List<String> lines) {}

        Schema<String, Note> schema = Schema.set("notes", Note.class, Note::id);
        assertThatThrownBy(() -> new SharedTable<>(schema, Heir.MANAGER, null, Room.LONG, 1, Runnable::run, room))
                .isInstanceOf(MutableRowException.class)
                .hasMessageContaining("lines");
    }

    @Test
    void giveAway_toAClass_isToAConsumerOfItsName() throws Exception {
        room.live.add(ServingConsumer.class.getSimpleName());
        Room.Term term = room.start((table, requests) -> table.giveAway(serving(), "gift"));
        assertThat(term.death()).isNull();
        assertThat(room.gifts)
                .containsExactly(new Room.Gift(term.owner.epoch(), ServingConsumer.class.getSimpleName(), "gift"));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // a class has no type arguments
    private static Class<? extends TableConsumer<String, Row>> serving() {
        return (Class) ServingConsumer.class;
    }

    /** Whoever is replaced hears of that first, whatever else is wrong. */
    @Test
    void giveAway_byAReplacedOwner_toNobody_saysThatItIsReplaced() {
        List<Throwable> thrown = new ArrayList<>();
        Room.Term term = room.start((table, requests) -> {
            room.reclaim(null);
            try {
                table.giveAway("Nobody", null);
            } catch (RuntimeException e) {
                thrown.add(e);
            }
        });
        assertThat(term.death()).isNull();
        assertThat(thrown).singleElement().isInstanceOf(NotOwnerException.class);
    }
}
