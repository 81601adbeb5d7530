package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A unit of work that fails between any two of its steps is applied whole or not at all. */
class FailpointTest extends EngineTest {
    /** How many rows {@link #unit} changes, and so how often it passes IN_COMMIT. */
    private static final int CHANGES = 6;

    /** How many writes it makes, and so how often it passes IN_FUNCTION. */
    private static final int WRITES = 7;

    private static final Map<String, Item> BEFORE =
            rows(item("a", 1), item("b", 20), item("d", 4), item("e", 5), item("f", 6));
    private static final Map<String, Item> AFTER =
            rows(item("a", 100), item("b", 20), item("c", 300), item("e", 500), item("f", 6), item("x", 7));

    /** Fails when a point is passed for the n-th time; before that, has another thread look at the table. */
    private record Failing(
            Failpoint at, AtomicInteger countdown, Supplier<Throwable> failure, VersionedTable<String, Item> table)
            implements Failpoint.Hook {
        @Override
        public void reached(Failpoint point) {
            if (point != Failpoint.AFTER_PUBLICATION) {
                assertThat(onAnotherThread(() -> contents(table))).isEqualTo(BEFORE);
            }
            if (point == at && countdown.decrementAndGet() == 0) {
                sneak(failure.get());
            }
        }
    }

    /** What a unit does to each kind of cell: new, present, deleted and kept for a snapshot, changed to no effect. */
    private static @Nullable Object unit(UnitOfWork<String, Item> unit) {
        unit.insert(item("x", 7));
        unit.insert(item("a", 100));
        unit.delete("d");
        unit.insert(item("c", 300));
        unit.insert(item("y", 8));
        unit.delete("y");
        unit.insert(item("e", 500));
        return null;
    }

    static Stream<Object[]> everyStep() {
        return Arrays.stream(TableType.values())
                .flatMap(type -> Arrays.stream(Failpoint.values())
                        .flatMap(point -> IntStream.rangeClosed(
                                        1,
                                        switch (point) {
                                            case IN_FUNCTION -> WRITES;
                                            case IN_COMMIT -> CHANGES;
                                            default -> 1;
                                        })
                                .boxed()
                                .flatMap(nth -> Stream.of(true, false)
                                        .flatMap(error -> Stream.of(0, 1, 2).map(snapshots ->
                                                new Object[] {type, point, nth, error, snapshots})))));
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void failure_atAnyStep_isWholeOrAbsent(TableType type, Failpoint point, int nth, boolean error, int snapshots) {
        VersionedTable<String, Item> table =
                table(type, item("a", 1), item("b", 2), item("c", 3), item("d", 4), item("e", 5));
        Snapshot<String, Item> old = snapshots > 0 ? table.snapshot() : null;
        Map<String, Item> oldRows = contents(table);
        write(table, unit -> {
            unit.insert(item("b", 20));
            unit.delete("c");
            return unit.insert(item("f", 6));
        });
        Snapshot<String, Item> recent = snapshots > 1 ? table.snapshot() : null;
        long commit = table.latestCommit();
        boolean applied = point == Failpoint.AFTER_PUBLICATION;
        Throwable failure = error ? new StackOverflowError("asked for") : new IllegalStateException("asked for");

        Commitment<@Nullable Object> outcome = new Commitment<>();
        Failing hook = new Failing(point, new AtomicInteger(nth), () -> failure, table);
        assertThat(catchThrowable(() -> table.atomically(EPOCH, FailpointTest::unit, outcome, hook)))
                .isSameAs(failure);

        assertThat(hook.countdown()).hasValue(0);
        assertThat(outcome.isApplied()).isEqualTo(applied);
        assertThat(contents(table)).isEqualTo(applied ? AFTER : BEFORE);
        assertThat(table.latestCommit()).isEqualTo(applied ? commit + 1 : commit);
        TableInvariants.assertInvariants(table);
        assertFrozen(old, oldRows);
        assertFrozen(recent, BEFORE);

        Commitment<@Nullable Object> again = new Commitment<>();
        as(EPOCH, table, FailpointTest::unit, again, null);
        assertThat(again.isApplied()).isTrue();
        assertThat(contents(table)).isEqualTo(AFTER);
        TableInvariants.assertInvariants(table);
        assertFrozen(old, oldRows);
        assertFrozen(recent, BEFORE);
        close(old);
        close(recent);
        assertThat(table.index).hasSize(AFTER.size());
    }

    private static void assertFrozen(@Nullable Snapshot<String, Item> snapshot, Map<String, Item> rows) {
        if (snapshot != null) {
            assertThat(contents(snapshot)).isEqualTo(rows);
        }
    }

    private static void close(@Nullable Snapshot<String, Item> snapshot) {
        if (snapshot != null) {
            snapshot.close();
        }
    }

    private static Map<String, Item> rows(Item... items) {
        Map<String, Item> rows = new TreeMap<>();
        for (Item item : items) {
            rows.put(item.id(), item);
        }
        return rows;
    }

    /** What is read of the rows in every way there is. */
    private static Map<String, Item> contents(Rows<String, Item> rows) {
        Map<String, Item> streamed;
        try (Stream<Item> stream = rows.stream()) {
            streamed = rows(stream.toArray(Item[]::new));
        }
        assertThat(rows.size()).isEqualTo(streamed.size());
        for (String key : List.of("a", "b", "c", "d", "e", "f", "x", "y", "z")) {
            Item row = streamed.get(key);
            assertThat(rows.find(key).orElse(null)).isEqualTo(row);
            assertThat(rows.contains(key)).isEqualTo(row != null);
        }
        return streamed;
    }

    private static <T> T onAnotherThread(Callable<T> look) {
        FutureTask<T> task = new FutureTask<>(look);
        Thread thread = new Thread(task, "reader");
        thread.start();
        try {
            thread.join();
            return task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable failure) throws E {
        throw (E) failure;
    }
}
