package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.TableSpec;
import dev.heirloom.manager.SupervisedTables.Item;
import dev.heirloom.ownership.OwnerDiedException;
import dev.heirloom.ownership.TableRef;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A table under test: what is done to it and asked of it again and again. */
record Probe(TableManager manager, TableSpec<String, Item> spec) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The table with a row "a". */
    static Probe of(TableManager manager, TableSpec<String, Item> spec, int value) {
        Probe probe = new Probe(manager, spec);
        probe.put("a", value);
        return probe;
    }

    Item put(String name, int value) {
        return table().<Item>call(t -> t.insert(new Item(name, value)), PATIENCE);
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10));
    }

    /** What readiness says of a table. */
    static String reported(TablesReady readiness, String table) {
        return String.valueOf(readiness.call().getData().orElseThrow().get(table));
    }

    TableRef<String, Item> table() {
        return manager.ref(spec);
    }

    TableStatus status() {
        return manager.status(spec.name());
    }

    TableStatus.Failure failure() {
        return Objects.requireNonNull(status().lastFailure(), "lastFailure");
    }

    /** The status once the table is owned. */
    TableStatus owned() {
        return await().until(this::status, TableStatus::isOwned);
    }

    /** The value of row "a", as its owner sees it. */
    int value() {
        return table().<Integer>call(t -> t.find("a").orElseThrow().value(), PATIENCE);
    }

    /** How many rows there are, as the owner sees it. */
    long size() {
        return table().<Long>call(t -> t.size(), PATIENCE);
    }

    /** Has the owner die of an error. */
    void kill() {
        assertThatThrownBy(() -> table().call(
                                t -> {
                                    throw new Expected();
                                },
                                PATIENCE))
                .isInstanceOf(OwnerDiedException.class);
    }

    /** Keeps the owner busy until it is released. */
    CompletableFuture<Boolean> block(CountDownLatch release) {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Boolean> busy = table().<Boolean>ask(
                        t -> {
                            running.countDown();
                            release.await();
                            return true;
                        },
                        Duration.ofMinutes(1))
                .toCompletableFuture();
        await().until(() -> running.getCount() == 0);
        return busy;
    }
}
