package dev.heirloom.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.heirloom.ownership.Room.Row;
import dev.heirloom.ownership.Room.Term;
import dev.heirloom.table.Access;
import dev.heirloom.table.Failpoint;
import dev.heirloom.table.NotAppliedException;
import dev.heirloom.table.NotOwnerException;
import dev.heirloom.table.OutcomeUnknownException;
import dev.heirloom.table.TableClosedException;
import dev.heirloom.table.UnitOfWork;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the caller of a request is told is what happened to it. */
class RequestOutcomeTest {
    private final Room room = new Room();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void endThreads() {
        goOn.countDown();
        room.close();
    }

    @Test
    void applied_returnsTheResult() {
        room.start();
        Row put = room.ref.call(unit -> unit.insert(new Row("a", 1)));
        assertThat(put).isEqualTo(new Row("a", 1));
        assertThat(room.value("a")).isEqualTo(1);
    }

    @Test
    void applied_nullResult() {
        room.start();
        Object none = room.ref.call(unit -> {
            unit.insert(new Row("a", 1));
            return null;
        });
        assertThat(none).isNull();
        assertThat(room.value("a")).isEqualTo(1);
    }

    @Test
    void functionThrows_requestFails_ownerLives() {
        Term term = room.start();
        IOException why = new IOException("no");
        assertThatThrownBy(() -> room.ref.call(unit -> {
                    unit.insert(new Row("a", 1));
                    throw why;
                }))
                .isInstanceOf(RequestFailedException.class)
                .isInstanceOf(NotAppliedException.class)
                .hasCause(why);
        assertThat(room.value("a")).isZero();
        room.put("b", 2);
        assertThat(term.owner.isCurrent()).isTrue();
    }

    @Test
    void functionThrowsNotOwnerOfAnotherTable_requestFails_ownerLives() {
        Term term = room.start();
        assertThatThrownBy(() -> room.ref.call(unit -> {
                    throw new NotOwnerException("another", 1, 2);
                }))
                .isInstanceOf(RequestFailedException.class);
        room.put("b", 2);
        assertThat(term.owner.isCurrent()).isTrue();
    }

    @Test
    void functionLeavesAnInterrupt_ownerLives() {
        Term term = room.start();
        assertThatThrownBy(() -> room.ref.call(unit -> {
                    Thread.currentThread().interrupt();
                    throw new IOException("no");
                }))
                .isInstanceOf(RequestFailedException.class);
        await().until(term::isIdle);
        room.put("b", 2);
        assertThat(term.owner.isCurrent()).isTrue();
    }

    @Test
    void error_ownerDies_requestIsNotApplied() {
        Term term = room.start();
        StackOverflowError why = new StackOverflowError("asked for");
        assertThatThrownBy(() -> room.ref.call(unit -> {
                    unit.insert(new Row("a", 1));
                    throw why;
                }))
                .isInstanceOf(OwnerDiedException.class)
                .isInstanceOf(NotAppliedException.class)
                .hasCause(why);
        assertThat(term.death()).isSameAs(why);
        assertThat(room.value("a")).isZero();
    }

    static Stream<Object[]> everyInjectedFailure() {
        return Stream.of(Sabotage.How.values())
                .filter(how -> how != Sabotage.How.HANG)
                .flatMap(how -> Stream.of(Failpoint.values()).map(at -> new Object[] {how, at}));
    }

    @ParameterizedTest
    @MethodSource("everyInjectedFailure")
    void injectedFailure_ownerEnds_requestIsAppliedOnlyIfPublished(Sabotage.How how, Failpoint at) {
        Term term = room.start();
        room.put("a", 1);
        room.table.arm(new Sabotage(how, at));
        Throwable told = catchThrowable(() -> room.ref.call(unit -> unit.update("a", row -> row.plus(1))));
        boolean published = at == Failpoint.AFTER_PUBLICATION;
        if (published) {
            assertThat(told).isNull();
        } else {
            assertThat(told).isInstanceOf(OwnerDiedException.class);
        }
        assertThat(room.value("a")).isEqualTo(published ? 2 : 1);
        switch (how) {
            case RETURN -> assertThat(term.death()).isNull();
            case ERROR -> assertThat(term.death()).isInstanceOf(Error.class);
            default -> assertThat(term.death()).isInstanceOf(InjectedCrashException.class);
        }
        room.reclaim(term.death());
        room.start();
        room.put("a", 5);
        assertThat(room.value("a")).isEqualTo(5);
    }

    @Test
    void ownerReplacedWhileTheFunctionRuns_toldAtOnce_lateCommitRefused() throws Exception {
        Term zombie = room.start();
        AtomicReference<Throwable> told = new AtomicReference<>();
        Thread caller = room.spawn(() -> told.set(catchThrowable(() -> room.ref.call(this::blocking))));
        begun.await();
        IllegalStateException cause = new IllegalStateException("hung");
        room.reclaim(cause);
        Room.join(caller); // though the function still runs
        assertThat(told.get()).isInstanceOf(OwnerDiedException.class).hasCause(cause);
        Term next = room.start();
        room.put("b", 1);
        goOn.countDown();
        assertThat(zombie.death()).isInstanceOf(NotOwnerException.class);
        assertThat(room.value("a")).isZero();
        assertThat(next.owner.isCurrent()).isTrue();
    }

    private Row blocking(UnitOfWork<String, Row> unit) throws InterruptedException {
        begun.countDown();
        goOn.await();
        return unit.insert(new Row("a", 1));
    }

    @Test
    void mailboxFull_refusedAtOnce() {
        try (Room small = new Room(Access.PROTECTED, Heir.MANAGER, 2)) {
            small.ref.ask(unit -> unit.insert(new Row("a", 1)));
            small.ref.ask(unit -> unit.insert(new Row("b", 1)));
            assertThatThrownBy(() -> small.put("c", 1))
                    .isInstanceOf(MailboxFullException.class)
                    .isInstanceOf(NotAppliedException.class);
            assertThat(small.ref.ask(unit -> 1).toCompletableFuture()).isCompletedExceptionally();
            assertThat(small.table.mailboxDepth()).isEqualTo(2);
            small.start();
            await().until(() -> small.value("b") == 1);
            small.put("c", 1);
        }
    }

    @Test
    void refused_failsAtOnce_andWhatWaitsFails() {
        var waiting = room.ref.ask(unit -> unit.insert(new Row("a", 1))).toCompletableFuture();
        room.table.refuse(() -> new NoOwnerException("rows", "orphaned"));
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(NoOwnerException.class);
        assertThatThrownBy(() -> room.put("a", 1))
                .isInstanceOf(NoOwnerException.class)
                .hasMessageContaining("orphaned");
        assertThat(room.table.mailboxDepth()).isZero();
        room.table.admit();
        room.start();
        room.put("b", 1);
        assertThat(room.value("a")).isZero();
    }

    @Test
    void deadlinePassedInTheQueue_neverRuns() {
        AtomicBoolean ran = new AtomicBoolean();
        assertThatThrownBy(() -> room.ref.call(unit -> ran.getAndSet(true), Duration.ofMillis(1)))
                .isInstanceOf(DeadlineException.class)
                .isInstanceOf(NotAppliedException.class);
        room.start();
        room.put("a", 1);
        assertThat(ran).isFalse();
    }

    @Test
    void deadlinePassedInTheQueue_ofAnAsk_foundByTheOwner() {
        AtomicBoolean ran = new AtomicBoolean();
        var answer =
                room.ref.ask(unit -> ran.getAndSet(true), Duration.ofNanos(1)).toCompletableFuture();
        room.start();
        assertThatThrownBy(answer::join).hasCauseInstanceOf(DeadlineException.class);
        assertThat(ran).isFalse();
    }

    @Test
    void deadlinePassedInTheQueue_ofAnAsk_foundByTheManager() {
        var late = room.ref.ask(unit -> 1, Duration.ofSeconds(1)).toCompletableFuture();
        var patient = room.ref.ask(unit -> 2, Duration.ofHours(1)).toCompletableFuture();
        room.table.expire(() -> System.nanoTime() + Duration.ofSeconds(2).toNanos());
        assertThatThrownBy(late::join).hasCauseInstanceOf(DeadlineException.class);
        assertThat(room.table.mailboxDepth()).isEqualTo(1);
        room.start();
        assertThat(patient.join()).isEqualTo(2);
    }

    @Test
    void stillRunningAtItsDeadline_isInDoubt() {
        room.start();
        assertThatThrownBy(() -> room.ref.call(this::blocking, Duration.ofMillis(20)))
                .isInstanceOf(OutcomeUnknownException.class)
                .isNotInstanceOf(NotAppliedException.class);
        assertThat(room.table.tally().inDoubtCount()).isEqualTo(1);
        goOn.countDown();
        await().until(() -> room.value("a") == 1);
    }

    @Test
    void callerInterruptedWhileWaiting_notApplied_flagStays() {
        AtomicInteger ran = new AtomicInteger();
        AtomicReference<Throwable> told = new AtomicReference<>();
        AtomicBoolean flag = new AtomicBoolean();
        Thread caller = room.spawn(() -> {
            told.set(catchThrowable(() -> room.ref.call(unit -> ran.incrementAndGet())));
            flag.set(Thread.currentThread().isInterrupted());
        });
        await().until(() -> room.table.mailboxDepth() == 1);
        caller.interrupt();
        Room.join(caller);
        assertThat(told.get()).isInstanceOf(NotAppliedException.class).hasMessageContaining("interrupted");
        assertThat(flag).isTrue();
        room.start();
        room.put("a", 1);
        assertThat(ran).hasValue(0);
    }

    @Test
    void callerInterruptedWhileItRuns_isInDoubt() throws Exception {
        room.start();
        AtomicReference<Throwable> told = new AtomicReference<>();
        Thread caller = room.spawn(() -> told.set(catchThrowable(() -> room.ref.call(this::blocking))));
        begun.await();
        caller.interrupt();
        Room.join(caller);
        assertThat(told.get()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(room.table.tally().inDoubtCount()).isEqualTo(1);
    }

    @Test
    void closed_everythingIsRefused() {
        var waiting = room.ref.ask(unit -> 1).toCompletableFuture();
        assertThat(room.table.tryClose()).isTrue();
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(TableClosedException.class);
        assertThatThrownBy(() -> room.put("a", 1)).isInstanceOf(TableClosedException.class);
        assertThatThrownBy(() -> room.ref.find("a")).isInstanceOf(TableClosedException.class);
        assertThat(room.table.tryClose()).isTrue();
    }

    @Test
    void closedWhileTheFunctionRuns_notApplied() throws Exception {
        Term term = room.start();
        var answer = room.ref.ask(this::blocking).toCompletableFuture();
        begun.await();
        assertThat(room.table.tryClose()).isTrue();
        assertThatThrownBy(answer::join).hasCauseInstanceOf(NotAppliedException.class);
        goOn.countDown();
        await().until(() -> {
            term.owner.interrupt();
            return !term.thread.isAlive();
        });
    }

    @Test
    void timeout_notPositive_refused() {
        assertThatThrownBy(() -> room.ref.call(unit -> 1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> room.ref.ask(unit -> 1, Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
