package dev.heirloom.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.table.IndexSpec;
import dev.heirloom.table.Query;
import dev.heirloom.table.Schema;
import dev.heirloom.table.Snapshot;
import dev.heirloom.table.TableClosedException;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How reads are counted. */
@Timeout(60)
class ReadTallyTest {
    private static final int READS = 1_000_000;

    @Test
    void lookUps_areCounted_whateverTheyFind() {
        try (Room room = new Room()) {
            room.ref.find("a");
            room.ref.contains("a");
            room.ref.lookup("a");
            room.ref.first();
            assertThat(room.table.readCount()).isEqualTo(4);
        }
    }

    @Test
    void aQuery_isARead_wheneverItIsRun_howeverManyRowsItFinds() {
        IndexSpec<Integer, Room.Row> byValue = IndexSpec.index("byValue", Room.Row::value);
        try (Room room =
                new Room(Schema.set("rows", Room.Row.class, Room.Row::id).withIndex(byValue), Heir.MANAGER)) {
            room.start();
            for (int i = 0; i < 20; i++) {
                room.put("row " + i, i % 2);
            }
            Query<String, Room.Row> page = room.ref.query().limit(10);
            Query<String, Room.Row> indexed = room.ref.query().by(byValue, 1).after("row 3");
            assertThat(room.table.readCount()).isZero();
            assertThat(page.page().rows()).hasSize(10);
            assertThat(room.table.readCount()).isEqualTo(1);
            indexed.page();
            page.count();
            page.first();
            assertThat(room.table.readCount()).isEqualTo(4);
        }
    }

    @Test
    void aMapView_isNoRead_untilItIsRead() {
        try (Room room = new Room()) {
            ConcurrentMap<String, Room.Row> map = room.ref.asMap();
            assertThat(room.table.readCount()).isZero();
            assertThat(map.get("a")).isNull();
            assertThat(map.size()).isZero();
            assertThat(room.table.readCount()).isEqualTo(1);
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
        Thread adding = new Thread(() -> addTogether(tally, 5, 5));
        adding.start();
        long before = 0;
        while (adding.isAlive()) {
            long now = tally.count();
            assertThat(now).isBetween(before, 2L * READS);
            before = now;
        }
        assertThat(tally.count()).isBetween(Math.max(1, before), 2L * READS);
    }

    private static void addTogether(ReadTally tally, int one, int other) {
        CyclicBarrier start = new CyclicBarrier(2);
        Thread second = new Thread(() -> add(tally, other, start));
        second.start();
        add(tally, one, start);
        Room.join(second);
    }

    private static void add(ReadTally tally, int place, CyclicBarrier start) {
        try {
            start.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError(e);
        }
        for (int i = 0; i < READS; i++) {
            tally.add(place);
        }
    }
}
