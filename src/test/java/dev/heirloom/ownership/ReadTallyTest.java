package dev.heirloom.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.table.Snapshot;
import dev.heirloom.table.TableClosedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How reads are counted. */
@Timeout(60)
class ReadTallyTest {
    private static final int READS = 1_000_000;

    @Test
    void readsOfReferences_areCounted_whateverTheyFind() {
        try (Room room = new Room()) {
            room.ref.find("a");
            room.ref.contains("a");
            room.ref.lookup("a");
            room.ref.size();
            room.ref.query().count();
            assertThat(room.table.readCount()).isEqualTo(5);
        }
    }

    @Test
    void aQuery_isARead_wheneverItIsRun() {
        try (Room room = new Room()) {
            var query = room.ref.query();
            assertThat(room.table.readCount()).isZero();
            query.first();
            query.count();
            assertThat(room.table.readCount()).isEqualTo(2);
        }
    }

    @Test
    void aSnapshot_isOneRead_howeverOftenItIsReadItself() {
        try (Room room = new Room();
                Snapshot<String, Room.Row> snapshot = room.ref.snapshot()) {
            snapshot.find("a");
            snapshot.find("b");
            assertThat(room.table.readCount()).isEqualTo(1);
        }
    }

    @Test
    void readsOfTheOwner_areCounted_andThoseOfItsUnitsNot() {
        try (Room room = new Room()) {
            Room.Term term = room.start((table, transfer) -> {
                table.find("a");
                table.atomically(unit -> unit.find("a"));
            });
            assertThat(term.death()).isNull();
            assertThat(room.table.readCount()).isEqualTo(1);
        }
    }

    @Test
    void readsThatAreRefused_areNotCounted() {
        try (Room room = new Room()) {
            room.ref.find("a");
            assertThat(room.table.tryClose()).isTrue();
            assertThatThrownBy(() -> room.ref.find("a")).isInstanceOf(TableClosedException.class);
            assertThat(room.table.readCount()).isEqualTo(1);
        }
    }

    @Test
    void threadsInPlacesOfTheirOwn_areCountedExactly() throws Exception {
        ReadTally tally = new ReadTally();
        addTogether(tally, 0, 63);
        assertThat(tally.count()).isEqualTo(2L * READS);
    }

    @Test
    void threadsInOnePlace_mayMissSome_butTheCountNeverFalls() throws Exception {
        ReadTally tally = new ReadTally();
        CompletableFuture<Void> done = CompletableFuture.runAsync(() -> {
            try {
                addTogether(tally, 5, 5);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        long before = 0;
        while (!done.isDone()) {
            long now = tally.count();
            assertThat(now).isBetween(before, 2L * READS);
            before = now;
        }
        done.get();
        assertThat(tally.count()).isBetween(before, 2L * READS);
    }

    private static void addTogether(ReadTally tally, int one, int other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> add(tally, other, start));
        add(tally, one, start);
        second.get(30, TimeUnit.SECONDS);
    }

    private static void add(ReadTally tally, int place, CyclicBarrier start) {
        try {
            start.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        for (int i = 0; i < READS; i++) {
            tally.add(place);
        }
    }
}
