package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
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

    private static final List<String> KEYS = List.of("a", "b", "c", "d", "e", "f", "x", "y", "z");

    /** Fails when a point is passed for the n-th time; before that, has another thread look at the table. */
    private record Failing(
            Failpoint at,
            AtomicInteger countdown,
            Throwable failure,
            VersionedTable<String, Item> table,
            TableModel before)
            implements Failpoint.Hook {
        @Override
        public void reached(Failpoint point) {
            if (point != Failpoint.AFTER_PUBLICATION) {
                onAnotherThread(() -> before.assertAlike(table, KEYS));
            }
            if (point == at && countdown.decrementAndGet() == 0) {
                sneak(failure);
            }
        }
    }

    /** What a unit does to each kind of cell: new, present, deleted and kept for a snapshot, changed to no effect. */
    private static @Nullable Object unit(Writes<String, Item> unit) {
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

    /** The same on the model. */
    private static TableModel after(TableModel before) {
        TableModel after = before.copy();
        after.insert(item("x", 7));
        after.insert(item("a", 100));
        after.takeAll("d");
        after.insert(item("c", 300));
        after.insert(item("e", 500));
        return after;
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void failure_atAnyStep_isWholeOrAbsent(TableType type, Failpoint point, int nth, boolean error, int snapshots) {
        VersionedTable<String, Item> table = table(type);
        TableModel model = new TableModel(schema(type));
        for (Item row : List.of(item("a", 1), item("b", 2), item("c", 3), item("d", 4), item("e", 5))) {
            insert(table, row);
            model.insert(row);
        }
        Snapshot<String, Item> old = snapshots > 0 ? table.snapshot() : null;
        TableModel oldModel = model.copy();
        write(table, unit -> {
            unit.insert(item("b", 20));
            unit.delete("c");
            return unit.insert(item("f", 6));
        });
        model.insert(item("b", 20));
        model.takeAll("c");
        model.insert(item("f", 6));
        Snapshot<String, Item> recent = snapshots > 1 ? table.snapshot() : null;
        long commit = table.latestCommit();
        boolean applied = point == Failpoint.AFTER_PUBLICATION;
        Throwable failure = error ? new StackOverflowError("asked for") : new IllegalStateException("asked for");
        TableModel after = after(model);

        Commitment<@Nullable Object> outcome = new Commitment<>();
        Failing hook = new Failing(point, new AtomicInteger(nth), failure, table, model);
        assertThat(catchThrowable(() -> table.atomically(EPOCH, FailpointTest::unit, outcome, hook)))
                .isSameAs(failure);

        assertThat(hook.countdown()).hasValue(0);
        assertThat(outcome.isApplied()).isEqualTo(applied);
        TableModel now = applied ? after : model;
        now.assertAlike(table, KEYS);
        assertThat(table.latestCommit()).isEqualTo(applied ? commit + 1 : commit);
        TableInvariants.assertInvariants(table);
        assertFrozen(old, oldModel);
        assertFrozen(recent, model);

        Commitment<@Nullable Object> again = new Commitment<>();
        as(EPOCH, table, FailpointTest::unit, again, null);
        assertThat(again.isApplied()).isTrue();
        TableModel last = after(now);
        last.assertAlike(table, KEYS);
        TableInvariants.assertInvariants(table);
        assertFrozen(old, oldModel);
        assertFrozen(recent, model);
        close(old);
        close(recent);
        assertThat(table.storage().index.entries()).isEqualTo(6);
    }

    @ParameterizedTest
    @MethodSource("everyWrite")
    void everyWrite_canFail(TableType type, String name, Work<String, Item, ?> work) {
        VersionedTable<String, Item> table = table(type, item("a", 1), item("b", 2));
        IllegalStateException failure = new IllegalStateException("asked for");
        Failpoint.Hook hook = point -> {
            if (point == Failpoint.IN_FUNCTION) {
                throw failure;
            }
        };
        assertThat(catchThrowable(() -> write(table, work, hook))).isSameAs(failure);
        assertThat(table.stream()).containsExactlyInAnyOrder(item("a", 1), item("b", 2));
    }

    static Stream<Object[]> everyWrite() {
        return Stream.of(TableType.values()).flatMap(type -> {
            Stream<Object[]> all = Stream.of(
                    write(type, "insert", unit -> unit.insert(item("c", 3))),
                    write(type, "insertAll", unit -> {
                        unit.insertAll(List.of(item("c", 3)));
                        return null;
                    }),
                    write(type, "insertNew", unit -> unit.insertNew(item("c", 3))),
                    write(type, "insertNewAll", unit -> unit.insertNewAll(List.of(item("c", 3)))),
                    write(type, "expire", unit -> {
                        unit.expire("a", Expiry.afterWrite(Duration.ofHours(1)));
                        return null;
                    }),
                    write(type, "delete", unit -> unit.delete("a")),
                    write(type, "takeAll", unit -> unit.takeAll("a")),
                    write(type, "deleteRow", unit -> unit.deleteRow(item("a", 1))),
                    write(type, "deleteAll", unit -> unit.deleteAll(unit.query())),
                    write(type, "clear", unit -> {
                        unit.clear();
                        return null;
                    }));
            Stream<Object[]> ofOneRow = Stream.of(
                    write(type, "update", unit -> unit.update("a", row -> row.plus(1))),
                    write(type, "updateOr", unit -> unit.update("c", item("c", 3), row -> row.plus(1))),
                    write(type, "take", unit -> unit.take("a")));
            return type.isBag() ? all : Stream.concat(all, ofOneRow);
        });
    }

    private static Object[] write(TableType type, String name, Work<String, Item, ?> work) {
        return new Object[] {type, name, work};
    }

    private static void assertFrozen(@Nullable Snapshot<String, Item> snapshot, TableModel model) {
        if (snapshot != null) {
            model.assertAlike(snapshot, KEYS);
        }
    }

    private static void close(@Nullable Snapshot<String, Item> snapshot) {
        if (snapshot != null) {
            snapshot.close();
        }
    }

    private static void onAnotherThread(Runnable look) {
        FutureTask<?> task = new FutureTask<>(look, null);
        Thread thread = new Thread(task, "reader");
        thread.start();
        try {
            thread.join();
            task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable failure) throws E {
        throw (E) failure;
    }
}
