package dev.heirloom.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.ownership.Room.Row;
import dev.heirloom.ownership.Room.Term;
import dev.heirloom.table.NotAppliedException;
import dev.heirloom.table.NotOwnerException;
import dev.heirloom.table.OutcomeUnknownException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests race with what may happen to them: whatever wins, they run at most once and their outcome is the truth. */
class RequestRaceTest {
    private final Room room = new Room();

    @AfterEach
    void endThreads() {
        room.close();
    }

    @Test
    void deadlineAgainstClaim_runsAtMostOnce_andOnlyIfNotSaidOtherwise() {
        int requests = 2000;
        AtomicIntegerArray runs = new AtomicIntegerArray(requests);
        room.start();
        for (int i = 0; i < requests; i++) {
            int id = i;
            try {
                room.ref.call(unit -> runs.incrementAndGet(id), Duration.ofNanos(1 + (i % 50) * 1000L));
                assertThat(runs.get(id)).isEqualTo(1);
            } catch (DeadlineException e) {
                runs.addAndGet(id, 10); // 10: not to be run any more
            } catch (OutcomeUnknownException e) {
                assertThat(runs.get(id)).isLessThanOrEqualTo(1);
            }
        }
        room.put("after", 1); // all before it are over
        for (int id = 0; id < requests; id++) {
            assertThat(runs.get(id)).isIn(0, 1, 10);
        }
    }

    @Test
    void expiryAgainstClaim_runsAtMostOnce() {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        AtomicInteger ran = new AtomicInteger();
        room.start();
        for (int i = 0; i < 2000; i++) {
            answers.add(room.ref
                    .ask(unit -> ran.incrementAndGet(), Duration.ofSeconds(30))
                    .toCompletableFuture());
            room.table.expire(() -> System.nanoTime() + Duration.ofMinutes(1).toNanos());
        }
        int applied = 0;
        for (CompletableFuture<Integer> answer : answers) {
            try {
                answer.join();
                applied++;
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(DeadlineException.class);
            }
        }
        assertThat(ran).hasValue(applied);
        assertThat(room.table.mailboxDepth()).isZero();
    }

    /** Owners are replaced all the time while callers count up two rows. */
    @Test
    void reclaimAgainstCommit_appliedIsThere_notAppliedIsNot() throws Exception {
        room.start();
        room.put("a", 0);
        room.put("b", 0);
        AtomicInteger applied = new AtomicInteger();
        List<Thread> callers = new ArrayList<>();
        List<Throwable> wrong = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            boolean asks = i == 2;
            callers.add(room.spawn(() -> {
                try {
                    for (int j = 0; j < 1000; j++) {
                        if (count(asks)) {
                            applied.incrementAndGet();
                        }
                    }
                } catch (Throwable t) {
                    synchronized (wrong) {
                        wrong.add(t);
                    }
                }
            }));
        }
        int replaced = 0;
        while (callers.stream().anyMatch(Thread::isAlive)) {
            room.reclaim(null);
            Term next = room.start();
            assertThat(next.owner.isCurrent()).isTrue();
            assertThat(room.ref.snapshot().stream().mapToInt(Row::value).distinct())
                    .as("a unit of two rows, half done")
                    .hasSize(1);
            replaced++;
        }
        callers.forEach(Room::join);
        assertThat(wrong).isEmpty();
        assertThat(replaced).isPositive();
        assertThat(room.value("a")).isEqualTo(applied.get());
        assertThat(room.value("b")).isEqualTo(applied.get());
    }

    private boolean count(boolean asks) {
        try {
            if (asks) {
                room.ref
                        .ask(unit -> {
                            unit.update("a", row -> row.plus(1));
                            return unit.update("b", row -> row.plus(1));
                        })
                        .toCompletableFuture()
                        .join();
            } else {
                room.ref.call(unit -> {
                    unit.update("a", row -> row.plus(1));
                    return unit.update("b", row -> row.plus(1));
                });
            }
            return true;
        } catch (NotAppliedException e) {
            return false;
        } catch (CompletionException e) {
            assertThat(e).hasCauseInstanceOf(NotAppliedException.class);
            return false;
        }
    }

    @Test
    void giveAwayAgainstReclaim_theNextOwnerIsFound() {
        for (int i = 0; i < 300; i++) {
            Term giver = room.start((table, requests) -> table.giveAway("Other", null));
            room.reclaim(null);
            room.start();
            room.put("a", i);
            if (giver.death() != null) {
                assertThat(giver.death()).isInstanceOf(NotOwnerException.class);
            }
        }
    }
}
