package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heirloom.TableSpec;
import dev.heirloom.manager.EventLog;
import dev.heirloom.manager.TestTables;
import dev.heirloom.ownership.Heir;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.ChangesNotKeptException;
import dev.heirloom.table.Expiry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client of an event stream is sent, and from where on. */
class FeedsTest {
    /** A row. */
    record Item(String id, int value) {}

    private static final TableSpec<String, Item> SPEC =
            TableSpec.set("items", Item.class, Item::id).changeBuffer(4);

    private final TestTables tables = TestTables.of(SPEC);
    private final TableRef<String, Item> ref = tables.ref(SPEC);
    private final StreamJson.RowJson<Item> rows =
            new StreamJson.RowJson<>(SPEC.keeping().format(SPEC.schema()).json(), false);

    @AfterEach
    void close() {
        tables.close();
    }

    private ChangesFeed<String, Item> changes(@Nullable EventId seen) {
        return new ChangesFeed<>(ref, "t", rows, seen, name -> tables.names().contains(name));
    }

    private void put(int... values) {
        for (int value : values) {
            ref.call(t -> t.insert(new Item("a" + value, value)));
        }
    }

    private static List<String> ids(List<StreamEvent> events) {
        return events.stream().map(event -> event.name() + " " + event.id()).toList();
    }

    // ---- changes ----

    @Test
    void changes_areRowsAsJson_withWhatHappened() {
        ChangesFeed<String, Item> feed = changes(null);
        assertThat(feed.isReady()).isFalse();
        put(1);
        ref.call(t -> t.update("a1", item -> new Item("a1", 2)));
        ref.call(t -> t.delete("a1"));
        assertThat(feed.isReady()).isTrue();
        List<StreamEvent> events = feed.next();
        assertThat(ids(events)).containsExactly("change t-1", "change t-2", "change t-3");
        assertThat(events.get(0).data())
                .contains("\"sequence\":1", "\"op\":\"insert\"", "\"new\":{\"id\":\"a1\",\"value\":1}", "\"epoch\":")
                .doesNotContain("old");
        assertThat(events.get(1).data())
                .contains(
                        "\"op\":\"update\"",
                        "\"old\":{\"id\":\"a1\",\"value\":1}",
                        "\"new\":{\"id\":\"a1\",\"value\":2}");
        assertThat(events.get(2).data())
                .contains("\"op\":\"delete\"", "\"old\":")
                .doesNotContain("new");
        assertThat(feed.isReady()).isFalse();
    }

    @Test
    void expiry_isSaidToBeOne() {
        ChangesFeed<String, Item> feed = changes(null);
        ref.call(t -> {
            t.insert(new Item("a", 1));
            t.expire("a", Expiry.afterWrite(Duration.ofMillis(1)));
            return true;
        });
        List<String> data = new ArrayList<>();
        await().until(() -> {
            feed.next().forEach(event -> data.add(event.data()));
            return data.stream().anyMatch(each -> each.contains("\"op\":\"expire\""));
        });
    }

    @Test
    void resume_goesOnWithoutAGap() {
        put(1, 2, 3);
        assertThat(ids(changes(new EventId("t", 1)).next())).containsExactly("change t-2", "change t-3");
        assertThat(ids(changes(new EventId(null, 2)).next())).containsExactly("change t-3");
        assertThat(changes(new EventId("t", 3)).isReady()).isFalse();
    }

    @Test
    void resume_afterTooLong_saysWhatIsLost_andGoesOnWithTheOldest() {
        put(IntStream.range(0, 10).toArray());
        ChangesFeed<String, Item> feed = changes(new EventId("t", 2));
        List<StreamEvent> first = feed.next();
        assertThat(first).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("lost");
            assertThat(event.last()).isFalse();
            assertThat(event.data()).contains("\"lastEventId\":\"t-2\"", "\"from\":3", "\"to\":6");
        });
        assertThat(ids(feed.next())).containsExactly("change t-7", "change t-8", "change t-9", "change t-10");
    }

    @Test
    void resume_fromAnotherStart_saysSo() {
        put(1, 2);
        ChangesFeed<String, Item> feed = changes(new EventId("u", 1));
        assertThat(feed.isReady()).isTrue();
        List<StreamEvent> events = feed.next();
        assertThat(events.get(0).name()).isEqualTo("lost");
        assertThat(events.get(0).data()).contains("u-1", "before the server was started");
        events.addAll(feed.next());
        assertThat(ids(events)).containsExactly("lost t-0", "change t-1", "change t-2");
    }

    @Test
    void resume_fromTheFuture_saysSo() {
        put(1);
        ChangesFeed<String, Item> feed = changes(new EventId("t", 99));
        List<StreamEvent> events = new ArrayList<>(feed.next());
        events.addAll(feed.next());
        assertThat(ids(events)).containsExactly("lost t-0", "change t-1");
    }

    @Test
    void slowClient_isDropped() {
        ChangesFeed<String, Item> feed = changes(null);
        put(IntStream.range(0, 10).toArray());
        assertThat(feed.next()).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("dropped");
            assertThat(event.last()).isTrue();
            assertThat(event.data()).contains("\"from\":1", "\"to\":6");
        });
    }

    @Test
    void deleted_isTheEnd() {
        ChangesFeed<String, Item> feed = changes(null);
        tables.delete("items");
        await().until(feed::isReady);
        assertThat(feed.next()).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("ended");
            assertThat(event.data()).contains("deleted");
            assertThat(event.last()).isTrue();
        });
    }

    @Test
    void renamed_isTheEnd_andSaysTheNewName() {
        ChangesFeed<String, Item> feed = changes(null);
        tables.rename("items", "things");
        assertThat(feed.next())
                .singleElement()
                .satisfies(event -> assertThat(event.data()).contains("renamed", "\"to\":\"things\""));
    }

    @Test
    void rowsThatDied_areTheEnd() {
        TableSpec<String, Item> spec =
                TableSpec.set("mortal", Item.class, Item::id).changeBuffer(4).heir(Heir.NONE);
        TableRef<String, Item> mortal = tables.create(spec);
        await().until(() -> tables.status("mortal").isOwned());
        ChangesFeed<String, Item> feed = new ChangesFeed<>(
                mortal, "t", rows, null, name -> tables.names().contains(name));
        tables.crash(spec, point -> {
            throw new AssertionError("expected");
        });
        var unused = mortal.ask(t -> t.insert(new Item("a", 1)));
        await().until(feed::isReady);
        tables.crash(spec, null);
        assertThat(feed.next())
                .singleElement()
                .satisfies(event -> assertThat(event.data()).contains("died"));
    }

    @Test
    void tableWithoutABuffer_isRefused() {
        TableRef<String, Item> none = tables.create(TableSpec.set("none", Item.class, Item::id));
        assertThatThrownBy(() -> new ChangesFeed<>(none, "t", rows, null, name -> true))
                .isInstanceOf(ChangesNotKeptException.class);
    }

    // ---- ownership ----

    private OwnershipFeed ownership(@Nullable EventId seen) {
        return new OwnershipFeed(tables.events(), seen);
    }

    private void createTables(int from, int to) {
        for (int i = from; i < to; i++) {
            tables.create(TableSpec.set("table" + i, Item.class, Item::id));
            String name = "table" + i;
            await().until(() -> tables.status(name).isOwned());
        }
    }

    @Test
    void ownership_beginsNow() {
        await().until(() -> tables.status("items").isOwned());
        OwnershipFeed feed = ownership(null);
        assertThat(feed.isReady()).isFalse();
        createTables(0, 1);
        assertThat(feed.next())
                .extracting(StreamEvent::data)
                .anySatisfy(data -> assertThat(data).contains("\"event\":\"Created\"", "\"table\":\"table0\""));
    }

    @Test
    void ownership_resumesWithoutAGap() {
        createTables(0, 2);
        EventLog log = tables.events();
        List<StreamEvent> events = ownership(new EventId(log.start(), 1)).next();
        assertThat(events).extracting(StreamEvent::name).containsOnly("ownership");
        assertThat(events.get(0).id()).isEqualTo(log.start() + "-2");
        assertThat(ownership(new EventId(log.start(), log.count())).next()).isEmpty();
    }

    @Test
    void ownership_fromAnotherStart_saysSo_andGoesOnWithTheOldest() {
        createTables(0, 1);
        List<StreamEvent> events = ownership(new EventId("before", 5)).next();
        assertThat(events.get(0).name()).isEqualTo("lost");
        assertThat(events.get(0).data()).contains("before-5", "started again");
        assertThat(events.get(1).id()).isEqualTo(tables.events().start() + "-1");
    }

    @Test
    void ownership_afterTooLong_saysWhatIsLost() {
        EventLog log = tables.events();
        OwnershipFeed slow = ownership(null);
        while (log.beforeOldest() < 3) {
            tables.rename("items", "things");
            tables.rename("things", "items");
        }
        long gone = log.beforeOldest();
        List<StreamEvent> events = ownership(new EventId(log.start(), 1)).next();
        assertThat(events.get(0).name()).isEqualTo("lost");
        assertThat(events.get(0).data()).contains("\"from\":2");
        assertThat(gone).isGreaterThanOrEqualTo(3);
        assertThat(slow.next()).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("dropped");
            assertThat(event.last()).isTrue();
        });
    }
}
