package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscribers and the owner of a table at the same time. */
class ChangesConcurrencyTest extends EngineTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void endThreads() throws InterruptedException {
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join(30_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private VersionedTable<String, Item> keeping(int changes) {
        return table(schema(TableType.SET).withLimits(Limits.DEFAULT.withChanges(changes)));
    }

    private <T> FutureTask<T> run(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        Thread thread = new Thread(future, "subscriber");
        threads.add(thread);
        thread.start();
        return future;
    }

    private static <T> T of(FutureTask<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static void awaitWaiting(VersionedTable<String, Item> table, int subscribers) {
        ChangeFeed<String, Item> feed = table.commits().feed();
        await().until(() -> feed != null && feed.waiting() == subscribers);
        // and then it parks, or is about to: either way it is told
    }

    // ---- waiting ----

    @Test
    void take_waitsForTheNextUnit() throws Exception {
        VersionedTable<String, Item> table = keeping(100);
        Changes<String, Item> changes = table.changes();
        FutureTask<List<RowChange<String, Item>>> taken = run(() -> changes.take(LONG));
        awaitWaiting(table, 1);
        assertThat(taken).isNotDone();
        insert(table, item("a", 1), item("b", 1));
        assertThat(of(taken)).hasSize(2);
        awaitWaiting(table, 0);
    }

    @Test
    void take_untilTheTimeIsOver_isEmpty() throws Exception {
        VersionedTable<String, Item> table = keeping(100);
        assertThat(table.changes().take(SHORT)).isEmpty();
        awaitWaiting(table, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 20})
    void allWhoWait_areWoken(int subscribers) throws Exception {
        VersionedTable<String, Item> table = keeping(100);
        for (int round = 0; round < 20; round++) {
            List<FutureTask<List<RowChange<String, Item>>>> all = IntStream.range(0, subscribers)
                    .mapToObj(i -> table.changes())
                    .map(changes -> run(() -> changes.take(LONG)))
                    .toList();
            awaitWaiting(table, subscribers);
            insert(table, item("a", round));
            for (FutureTask<List<RowChange<String, Item>>> each : all) {
                assertThat(of(each)).hasSize(1);
            }
        }
    }

    @Test
    void whoeverStopsWaiting_doesNotKeepOthersFromBeingWoken() throws Exception {
        VersionedTable<String, Item> table = keeping(100);
        for (int round = 0; round < 20; round++) {
            Changes<String, Item> first = table.changes();
            FutureTask<?> interrupted = run(() -> first.take(LONG));
            Thread thread = threads.get(threads.size() - 1);
            awaitWaiting(table, 1);
            Changes<String, Item> impatient = table.changes();
            Duration patience = Duration.ofMillis(1 + round % 5);
            FutureTask<?> timed = run(() -> impatient.take(patience));
            Changes<String, Item> last = table.changes();
            FutureTask<List<RowChange<String, Item>>> waits = run(() -> last.take(LONG));
            thread.interrupt();
            insert(table, item("a", round));
            assertThat(of(waits)).hasSize(1);
            of(timed);
            await().until(interrupted::isDone);
        }
    }

    @Test
    void waitingSubscriber_isInterruptedClosedOrToldOfTheEnd() throws Exception {
        VersionedTable<String, Item> table = keeping(100);
        Changes<String, Item> changes = table.changes();
        FutureTask<?> interrupted = run(() -> changes.take(LONG));
        awaitWaiting(table, 1);
        threads.get(0).interrupt();
        assertThatThrownBy(() -> of(interrupted)).hasCauseInstanceOf(InterruptedException.class);

        FutureTask<?> closed = run(() -> changes.take(LONG));
        awaitWaiting(table, 1);
        changes.close();
        assertThatThrownBy(() -> of(closed)).hasCauseInstanceOf(SubscriptionClosedException.class);

        List<FutureTask<?>> ended = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Changes<String, Item> each = table.changes();
            ended.add(run(() -> each.take(LONG)));
        }
        awaitWaiting(table, 5);
        assertThat(table.tryClose()).isTrue();
        for (FutureTask<?> each : ended) {
            assertThatThrownBy(() -> of(each)).hasCauseInstanceOf(TableClosedException.class);
        }
    }

    // ---- the writer ----

    @Test
    void subscriberThatStopsReading_delaysNobody() throws Exception {
        VersionedTable<String, Item> table = keeping(16);
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Changes<String, Item> slow = table.changes();
        FutureTask<?> subscriber = run(() -> {
            slow.take(LONG);
            stopped.countDown();
            goOn.await();
            return slow.poll();
        });
        Changes<String, Item> quick = table.changes();
        insert(table, item("a", 0));
        assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
        for (int i = 1; i <= 1000; i++) {
            insert(table, item("a", i)); // on this thread: if it had to wait for the subscriber it would never return
            assertThat(quick.poll()).isNotEmpty();
        }
        goOn.countDown();
        assertThatThrownBy(() -> of(subscriber)).hasCauseInstanceOf(ChangesLostException.class);
    }

    /** Reads until a row says that it is the last. */
    private static Map<String, Item> follow(Changes<String, Item> changes, Map<String, Item> rows) throws Exception {
        long last = changes.sequence();
        while (!rows.containsKey("end")) {
            List<RowChange<String, Item>> next =
                    ThreadLocalRandom.current().nextBoolean() ? changes.poll() : changes.take(Duration.ofMillis(5));
            for (RowChange<String, Item> change : next) {
                assertThat(change.sequence()).isEqualTo(++last);
                assertThat(rows.get(change.key())).isSameAs(change.before().orElse(null));
                change.after().ifPresentOrElse(row -> rows.put(change.key(), row), () -> rows.remove(change.key()));
            }
            assertThat(rows.get("a")).as("half a unit").isEqualTo(twin(rows.get("b")));
        }
        return rows;
    }

    private static Item twin(Item row) {
        return row == null ? null : item("a", row.value());
    }

    private static Map<String, Item> contents(Rows<String, Item> rows) {
        return rows.stream().collect(Collectors.toMap(Item::id, Function.identity()));
    }

    /** Units that keep the rows a and b alike. */
    private static void writeTwins(VersionedTable<String, Item> table, int i) {
        write(table, unit -> {
            if (i % 5 == 0) {
                unit.delete("a");
                unit.delete("b");
            } else {
                unit.insert(item("a", i));
                unit.insert(item("b", i));
            }
            return unit.insert(item("c" + i % 7, i));
        });
    }

    @Test
    void everySubscriber_seesEachUnitWholeAndInOrder() throws Exception {
        VersionedTable<String, Item> table = keeping(1 << 20);
        List<FutureTask<Map<String, Item>>> subscribers = IntStream.range(0, 3)
                .mapToObj(i -> table.changes())
                .map(changes -> run(() -> follow(changes, new HashMap<>())))
                .toList();
        for (int i = 0; i < 20_000; i++) {
            writeTwins(table, i);
        }
        insert(table, item("end", 0));
        for (FutureTask<Map<String, Item>> each : subscribers) {
            assertThat(of(each)).isEqualTo(contents(table));
        }
    }

    @Test
    void snapshotAndWhatFollows_missNothingAndRepeatNothing() throws Exception {
        VersionedTable<String, Item> table = keeping(1 << 20);
        AtomicBoolean done = new AtomicBoolean();
        FutureTask<Integer> writer = run(() -> {
            int i = 0;
            while (!done.get()) {
                writeTwins(table, i++);
            }
            insert(table, item("end", 0));
            return i;
        });
        List<FutureTask<Map<String, Item>>> subscribers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Map<String, Item> rows;
            Changes<String, Item> changes;
            try (Snapshot<String, Item> snapshot = table.snapshot()) {
                changes = table.changesAfter(snapshot.sequence());
                rows = contents(snapshot);
            }
            if (i % 20 == 0) {
                subscribers.add(run(() -> follow(changes, rows)));
            }
        }
        done.set(true);
        of(writer);
        for (FutureTask<Map<String, Item>> each : subscribers) {
            assertThat(of(each)).isEqualTo(contents(table));
        }
    }

    /** Reads what it can get until the last row comes, and returns how often it lost its place. */
    private static int followLoosely(Changes<String, Item> changes) throws Exception {
        int losses = 0;
        while (true) {
            long before = changes.sequence();
            try {
                List<RowChange<String, Item>> next = changes.take(Duration.ofMillis(5));
                long last = before;
                Map<Long, Integer> sizes = new HashMap<>();
                for (RowChange<String, Item> change : next) {
                    assertThat(change.sequence()).isEqualTo(++last);
                    sizes.merge(change.commit(), 1, Integer::sum);
                    if (change.key().equals("end")) {
                        return losses;
                    }
                }
                assertThat(sizes.values()).as("half a unit").allMatch(size -> size == 3);
            } catch (ChangesLostException e) {
                assertThat(e.from()).isEqualTo(before + 1);
                assertThat(e.to()).isGreaterThan(before).isEqualTo(changes.sequence());
                assertThat(e.to() % 3).as("the end of a unit").isZero();
                losses++;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 7, 100})
    void subscribersThatAreOvertaken_seeWholeUnitsAllTheSame(int kept) throws Exception {
        VersionedTable<String, Item> table = keeping(kept);
        List<FutureTask<Integer>> subscribers = IntStream.range(0, 2)
                .mapToObj(i -> table.changes())
                .map(changes -> run(() -> followLoosely(changes)))
                .toList();
        Changes<String, Item> idle = table.changes();
        for (int i = 0; i < 50_000; i++) {
            insert(table, item("a", i), item("b", i), item("c", i));
        }
        insert(table, item("end", 0));
        for (FutureTask<Integer> each : subscribers) {
            of(each);
        }
        assertThatThrownBy(idle::poll).isInstanceOf(ChangesLostException.class);
    }
}
