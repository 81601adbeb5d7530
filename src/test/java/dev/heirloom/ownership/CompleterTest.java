package dev.heirloom.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.ownership.Room.Row;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who completes answers, on an executor whose tasks the test runs. */
class CompleterTest {
    private final Room room = new Room();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Completer completer = new Completer(tasks::add);
    private final List<Integer> completed = new ArrayList<>();
    private final List<CompletableFuture<?>> callbacks = new ArrayList<>();

    @AfterEach
    void endThreads() {
        room.close();
    }

    /** An assertion that fails in a callback fails nothing but the future of that callback. */
    @AfterEach
    void callbacksSucceeded() {
        for (CompletableFuture<?> each : callbacks) {
            Throwable failure = each.handle((result, thrown) -> thrown).getNow(null);
            while (failure instanceof CompletionException) {
                failure = failure.getCause();
            }
            if (failure instanceof AssertionError error) {
                throw error;
            }
        }
    }

    private Ask<String, Row, Integer> ask(int number, Runnable callback) {
        Ask<String, Row, Integer> ask =
                new Ask<>(unit -> number, Room.LONG.toNanos(), new Answer<>(room.table), completer);
        CompletableFuture<?> called = ask.answer.whenComplete((result, failure) -> {
            completed.add(number);
            callback.run();
        });
        callbacks.add(called);
        return ask;
    }

    /** Its outcome is that it is given up. */
    private void decide(int number, Runnable callback) {
        assertThat(ask(number, callback).withdraw(() -> new NoOwnerException("rows", "orphaned")))
                .isTrue();
    }

    private void decide(int number) {
        decide(number, () -> {});
    }

    @Test
    void oneTaskCompletesAllThatWait_inOrder() {
        decide(1);
        decide(2);
        assertThat(tasks).hasSize(1);
        assertThat(completed).isEmpty();
        tasks.remove().run();
        assertThat(completed).containsExactly(1, 2);
        assertThat(tasks).isEmpty();
        decide(3);
        tasks.remove().run();
        assertThat(completed).containsExactly(1, 2, 3);
    }

    @Test
    void afterABatch_theRestIsForAnotherTask() {
        IntStream.rangeClosed(1, 10_001).forEach(this::decide);
        tasks.remove().run();
        assertThat(completed).hasSize(10_000);
        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        assertThat(completed).hasSize(10_001);
        assertThat(tasks).isEmpty();
    }

    @Test
    void exactlyABatch_leavesNothingBehind() {
        IntStream.rangeClosed(1, 10_000).forEach(this::decide);
        tasks.remove().run();
        assertThat(completed).hasSize(10_000);
        assertThat(tasks).isEmpty();
        decide(10_001);
        assertThat(tasks).hasSize(1);
    }

    @Test
    void callbackIsAboutToWait_anotherTaskGoesOn_andThisOneEnds() {
        decide(1, () -> {
            Completer.letGo();
            assertThat(tasks).hasSize(1);
            Completer.letGo(); // it has let go already
            assertThat(tasks).hasSize(1);
        });
        decide(2);
        decide(3);
        tasks.remove().run();
        assertThat(completed).containsExactly(1);
        tasks.remove().run();
        assertThat(completed).containsExactly(1, 2, 3);
        assertThat(tasks).isEmpty();
    }

    @Test
    void callbackIsAboutToWait_nothingWaitsBehindIt_theNextAnswerStartsATask() {
        decide(1, () -> {
            Completer.letGo();
            assertThat(tasks).isEmpty();
            decide(2);
            assertThat(tasks).hasSize(1);
        });
        tasks.remove().run();
        assertThat(completed).containsExactly(1);
        tasks.remove().run();
        assertThat(completed).containsExactly(1, 2);
    }

    @Test
    void whoCompletesNothing_hasNothingToLetGo() {
        decide(1);
        tasks.remove().run();
        decide(2);
        Completer.letGo();
        assertThat(tasks).hasSize(1);
        assertThat(completed).containsExactly(1);
    }

    @Test
    void decidedOnce_theOutcomeStays() {
        Ask<String, Row, Integer> ask = ask(1, () -> {});
        assertThat(ask.withdraw(() -> new NoOwnerException("rows", "orphaned"))).isTrue();
        assertThat(ask.withdraw(() -> new DeadlineException("rows"))).isFalse();
        assertThat(ask.failure()).isInstanceOf(NoOwnerException.class);
        assertThat(tasks).hasSize(1);
    }
}
