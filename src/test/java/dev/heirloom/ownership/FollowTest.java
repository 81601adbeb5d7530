package dev.heirloom.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heirloom.ownership.Room.Row;
import dev.heirloom.table.Access;
import dev.heirloom.table.AccessDeniedException;
import dev.heirloom.table.Changes;
import dev.heirloom.table.ChangesNotKeptException;
import dev.heirloom.table.Expiry;
import dev.heirloom.table.Limits;
import dev.heirloom.table.NoSuchChangeException;
import dev.heirloom.table.RowChange;
import dev.heirloom.table.Schema;
import dev.heirloom.table.Snapshot;
import dev.heirloom.table.TableClosedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Changes and expiry of a table whose owners come and go. */
class FollowTest {
    private static final Duration SOON = Duration.ofMillis(20);

    private static Schema<String, Row> schema() {
        return Schema.set("rows", Row.class, Row::id).withLimits(Limits.DEFAULT.withChanges(100));
    }

    private static List<String> describe(List<RowChange<String, Row>> changes) {
        return changes.stream()
                .map(change -> change.epoch() + "/" + change.sequence() + " " + change.key())
                .toList();
    }

    // ---- changes ----

    @Test
    void subscription_outlivesTheOwners() throws Exception {
        try (Room room = new Room(schema(), Heir.MANAGER)) {
            Changes<String, Row> changes = room.ref.changes();
            Room.Term first = room.start();
            room.put("a", 1);
            room.reclaim(null);
            Room.Term second = room.start();
            room.put("b", 1);
            assertThat(describe(changes.take(Room.LONG)))
                    .containsExactly(first.owner.epoch() + "/1 a", second.owner.epoch() + "/2 b");
            assertThat(describe(room.ref.changesAfter(1).poll())).containsExactly(second.owner.epoch() + "/2 b");
        }
    }

    @Test
    void owner_followsItsOwnTable() throws Exception {
        try (Room room = new Room(schema().withAccess(Access.PRIVATE), Heir.MANAGER)) {
            CompletableFuture<List<RowChange<String, Row>>> seen = new CompletableFuture<>();
            room.start((table, requests) -> {
                Changes<String, Row> changes = table.changes();
                table.insert(new Row("a", 1));
                seen.complete(changes.poll());
            });
            assertThat(seen.get(30, TimeUnit.SECONDS)).hasSize(1);
            assertThatThrownBy(room.ref::changes).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> room.ref.changesAfter(0)).isInstanceOf(AccessDeniedException.class);
        }
    }

    @Test
    void tableThatKeepsNone_saysSo() {
        try (Room room = new Room()) {
            assertThatThrownBy(room.ref::changes).isInstanceOf(ChangesNotKeptException.class);
        }
    }

    @Test
    void rowsThatDieWithTheirOwner_takeTheirNumbersAlong() throws Exception {
        try (Room room = new Room(schema(), Heir.NONE)) {
            room.start();
            room.put("a", 1);
            Changes<String, Row> old = room.ref.changesAfter(0);
            room.reclaim(null);
            assertThat(old.take(Room.LONG)).hasSize(1);
            assertThatThrownBy(() -> old.take(Room.LONG)).isInstanceOf(TableClosedException.class);
            assertThatThrownBy(() -> room.ref.changesAfter(old.sequence())).isInstanceOf(NoSuchChangeException.class);
            Room.Term next = room.start();
            try (Snapshot<String, Row> snapshot = room.ref.snapshot()) {
                assertThat(snapshot.size()).isZero();
                Changes<String, Row> changes = room.ref.changesAfter(snapshot.sequence());
                room.put("b", 1);
                assertThat(describe(changes.take(Room.LONG))).containsExactly(next.owner.epoch() + "/3 b");
            }
        }
    }

    // ---- expiry ----

    @Test
    void idleOwner_removesWhatExpires() throws Exception {
        try (Room room = new Room(schema().withExpiry(Expiry.afterWrite(SOON)), Heir.MANAGER)) {
            Changes<String, Row> changes = room.ref.changes();
            room.start();
            room.put("a", 1);
            assertThat(changes.take(Room.LONG)).hasSize(1);
            assertThat(changes.take(Room.LONG)).singleElement().matches(RowChange::expired);
            assertThat(room.ref.size()).isZero();
        }
    }

    @Test
    void ownerThatServesNoRequests_removesWhatExpires_asItWrites() throws Exception {
        try (Room room = new Room(schema().withExpiry(Expiry.afterWrite(SOON)), Heir.MANAGER)) {
            Changes<String, Row> changes = room.ref.changes();
            room.start((table, requests) -> {
                table.insert(new Row("a", 1));
                await().until(() -> table.find("a").isEmpty());
                table.insert(new Row("b", 1));
                await().until(() -> !table.isOwned());
            });
            assertThat(changes.take(Room.LONG)).hasSize(1);
            assertThat(changes.take(Room.LONG)).first().matches(RowChange::expired);
            await().until(() -> room.ref.find("b").isEmpty());
            assertThat(room.ref.size()).isEqualTo(1);
            room.table.removeExpired(); // not while it has an owner
            assertThat(room.ref.size()).isEqualTo(1);
            room.reclaim(null);
        }
    }

    @Test
    void tableWithoutAnOwner_losesWhatExpires_toTheManager() throws Exception {
        try (Room room = new Room(schema().withExpiry(Expiry.afterWrite(SOON)), Heir.MANAGER)) {
            room.start((table, requests) -> table.insert(new Row("a", 1))).death();
            room.reclaim(null);
            Changes<String, Row> changes = room.ref.changes();
            room.table.removeExpired();
            await().until(() -> room.ref.find("a").isEmpty());
            room.table.removeExpired();
            assertThat(changes.take(Room.LONG)).singleElement().satisfies(change -> {
                assertThat(change.expired()).isTrue();
                assertThat(change.epoch()).isEqualTo(room.ref.rows().epoch());
            });
            assertThat(room.ref.size()).isZero();
        }
    }

    @Test
    void sleepingOwner_isToldOfWhatOthersLetExpire() throws Exception {
        try (Room room = new Room(schema().withAccess(Access.PUBLIC), Heir.MANAGER)) {
            Room.Term term = room.start();
            await().until(term::isIdle);
            Changes<String, Row> changes = room.ref.changes();
            room.ref.insert(new Row("a", 1)); // on this thread
            room.ref.expire("a", Expiry.afterWrite(SOON));
            assertThat(changes.take(Room.LONG)).hasSize(1);
            await().until(() -> {
                room.table.removeExpired();
                return room.ref.size() == 0;
            });
            assertThat(changes.take(Room.LONG)).singleElement().matches(RowChange::expired);
        }
    }
}
