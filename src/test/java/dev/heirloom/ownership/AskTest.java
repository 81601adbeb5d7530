package dev.heirloom.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.ownership.Room.Row;
import dev.heirloom.table.Failpoint;
import dev.heirloom.table.HeirloomException;
import dev.heirloom.table.NotAppliedException;
import dev.heirloom.table.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests nobody waits for, and those whose caller must not wait. */
class AskTest {
    private final Room room = new Room();

    @AfterEach
    void endThreads() {
        room.close();
    }

    @Test
    void callbacks_registeredBeforeAndAfterCompletion_neverRunOnTheOwnersThread() {
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Thread> ran = room.ref
                .ask(unit -> {
                    goOn.await();
                    return Thread.currentThread();
                })
                .toCompletableFuture();
        List<CompletableFuture<Thread>> before = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            before.add(ran.thenApply(owner -> Thread.currentThread()));
        }
        Room.Term term = room.start();
        goOn.countDown();
        assertThat(ran.join()).isSameAs(term.thread);
        before.forEach(each -> assertThat(each.join()).isNotSameAs(term.thread));
        assertThat(ran.thenApply(owner -> Thread.currentThread()).join()).isSameAs(Thread.currentThread());
    }

    @Test
    void result_isGotByWaiting_inEveryWay() throws Exception {
        room.start();
        CompletableFuture<Integer> answer = room.ref.ask(unit -> 42).toCompletableFuture();
        assertThat(answer.get()).isEqualTo(42);
        assertThat(answer.get(1, TimeUnit.MINUTES)).isEqualTo(42);
        assertThat(answer.join()).isEqualTo(42);
        assertThat(answer.getNow(0)).isEqualTo(42);
    }

    @Test
    void callbacks_ofFailures_neverRunOnTheOwnersThread() {
        List<CompletableFuture<String>> threads = new ArrayList<>();
        threads.add(failureThread(room.ref.ask(unit -> {
            throw new IllegalStateException("no");
        })));
        threads.add(failureThread(room.ref.ask(unit -> 1, Duration.ofNanos(1))));
        room.start();
        threads.forEach(each -> assertThat(each.join()).isEqualTo("callbacks"));
    }

    private static CompletableFuture<String> failureThread(CompletionStage<?> stage) {
        return stage.handle((result, failure) -> {
                    assertThat(failure).isInstanceOf(NotAppliedException.class);
                    return Thread.currentThread().getName();
                })
                .toCompletableFuture();
    }

    @Test
    void callbackWaitsForALaterAnswer_anotherThreadCompletesIt() {
        room.start();
        CompletableFuture<Integer> sum = room.ref
                .ask(unit -> 1)
                .thenApply(one ->
                        one + room.ref.ask(unit -> 2).toCompletableFuture().join())
                .toCompletableFuture();
        assertThat(sum.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(3);
        assertThat(room.ref.ask(unit -> 4).toCompletableFuture().join()).isEqualTo(4);
    }

    @Test
    void callbackThrows_othersAreStillCalled() {
        CompletionStage<Integer> first = room.ref.ask(unit -> 1);
        CompletableFuture<?> broken = first.thenAccept(one -> {
                    throw new StackOverflowError("a caller's own");
                })
                .toCompletableFuture();
        CompletableFuture<Integer> second = room.ref.ask(unit -> 2).toCompletableFuture();
        room.start();
        assertThat(second.join()).isEqualTo(2);
        assertThat(broken).isCompletedExceptionally();
        assertThat(room.ref.ask(unit -> 3).toCompletableFuture().join()).isEqualTo(3);
    }

    static Stream<RuntimeException> refusals() {
        return Stream.of(new RejectedExecutionException("full"), new IllegalStateException("going down"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void executorRefuses_answersComeAllTheSame(RuntimeException refusal) {
        Executor refusing = task -> {
            throw refusal;
        };
        SharedTable<String, Row> table = new SharedTable<>(
                Schema.set("rows", Row.class, Row::id), Heir.MANAGER, null, Room.LONG, 100, refusing, room);
        CompletableFuture<String> first = table.ask(unit -> 1, null).thenApply(one -> thread());
        CompletableFuture<String> second = table.ask(unit -> 2, null).thenApply(two -> thread());
        table.refuse(() -> new NoOwnerException("rows", "orphaned"));
        assertThatThrownBy(first::join).hasCauseInstanceOf(NoOwnerException.class);
        assertThatThrownBy(second::join).hasCauseInstanceOf(NoOwnerException.class);
        table.admit();
        CompletableFuture<Integer> third = table.ask(unit -> 3, Duration.ofSeconds(1));
        table.expire(() -> System.nanoTime() + Duration.ofSeconds(2).toNanos());
        assertThatThrownBy(third::join).hasCauseInstanceOf(DeadlineException.class);
    }

    private static String thread() {
        return Thread.currentThread().getName();
    }

    @Test
    void requests_areServedInTheOrderTheyCame() {
        List<Integer> served = new ArrayList<>();
        List<CompletableFuture<Boolean>> answers = IntStream.range(0, 200)
                .mapToObj(i -> room.ref.ask(unit -> served.add(i)).toCompletableFuture())
                .toList();
        room.start();
        answers.forEach(CompletableFuture::join);
        assertThat(served)
                .containsExactlyElementsOf(IntStream.range(0, 200).boxed().toList());
    }

    @Test
    void call_onTheOwnersThread_refused() {
        room.start();
        room.ref.call(unit -> {
            assertThatThrownBy(() -> room.ref.call(inner -> 1))
                    .isInstanceOf(SelfRequestException.class)
                    .isInstanceOf(NotAppliedException.class);
            return 1;
        });
        room.put("a", 1);
    }

    @Test
    void ask_onTheOwnersThread_isServedLater_butCannotBeWaitedFor() {
        room.start();
        CompletableFuture<Integer> later = room.ref.call(unit -> {
            CompletableFuture<Integer> answer = room.ref.ask(inner -> 2).toCompletableFuture();
            CompletableFuture<Integer> dependent = answer.thenApply(two -> two + 1);
            for (CompletableFuture<Integer> each : List.of(answer, dependent)) {
                assertThatThrownBy(each::join).isInstanceOf(SelfRequestException.class);
                assertThatThrownBy(each::get).isInstanceOf(SelfRequestException.class);
                assertThatThrownBy(() -> each.get(1, TimeUnit.HOURS)).isInstanceOf(SelfRequestException.class);
            }
            return dependent;
        });
        assertThat(later.join()).isEqualTo(3);
    }

    @Test
    void ask_answered_mayBeReadOnTheOwnersThread() {
        room.start();
        CompletableFuture<Integer> answer = room.ref.ask(unit -> 2).toCompletableFuture();
        assertThat(answer.join()).isEqualTo(2);
        int read = room.ref.call(unit -> answer.join());
        assertThat(read).isEqualTo(2);
    }

    @Test
    void serveZero_servesWhatWaits_notWhatComesMeanwhile() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        CompletableFuture<Integer> served = new CompletableFuture<>();
        ask(ran);
        room.start((table, requests) -> {
            served.complete(requests.serve(Duration.ZERO));
            served.complete(-1);
        });
        assertThat(served.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    }

    /** A request that asks for the next. */
    private void ask(AtomicInteger ran) {
        room.ref.ask(unit -> {
            if (ran.incrementAndGet() < 1000) {
                ask(ran);
            }
            return null;
        });
    }

    @Test
    void serve_untilTheTimeIsOver_returnsHowMany() throws Exception {
        CompletableFuture<Integer> served = new CompletableFuture<>();
        room.ref.ask(unit -> 1);
        room.ref.ask(unit -> {
            throw new IllegalStateException("no");
        });
        room.start((table, requests) -> {
            int first = requests.serve(Duration.ofNanos(1));
            served.complete(first + requests.serve(Duration.ZERO));
        });
        assertThat(served.get(30, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void serve_onAnotherThread_refused() throws Exception {
        CompletableFuture<Requests> escaped = new CompletableFuture<>();
        room.start((table, requests) -> {
            escaped.complete(requests);
            requests.serve(Room.LONG);
        });
        Requests requests = escaped.get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> requests.serve(Duration.ZERO)).isInstanceOf(HeirloomException.class);
    }

    @Test
    void committedRequest_isAnsweredThoughTheOwnerDies() {
        room.table.arm(new Sabotage(Sabotage.How.ERROR, Failpoint.AFTER_PUBLICATION));
        CompletableFuture<Row> answer =
                room.ref.ask(unit -> unit.insert(new Row("a", 1))).toCompletableFuture();
        Room.Term term = room.start();
        assertThat(answer.join()).isEqualTo(new Row("a", 1));
        assertThat(term.death()).isInstanceOf(Error.class);
    }
}
