package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heirloom.TableSpec;
import dev.heirloom.backup.Durability;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.supervision.RestartPolicy;
import dev.heirloom.table.Failpoint;
import dev.heirloom.table.HeirloomException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Owners that hang while they commit are fenced and interrupted, and others are interrupted in every step of a commit, on
 * real files: the journal goes on, and has what was acknowledged, whole.
 */
class FencedOwnersTest {
    private static final int CALLERS = 4;
    private static final int HUNG = 5;

    record Half(String id, int number) {}

    /** Interrupts the owner now and then, and has it hang when it is told to. */
    private static final class Trouble implements Failpoint.Hook {
        private final AtomicBoolean hangs = new AtomicBoolean();
        private final AtomicInteger hung = new AtomicInteger();

        @Override
        public void reached(Failpoint point) {
            if (point == Failpoint.BEFORE_COMMIT && hangs.getAndSet(false)) {
                while (!Thread.currentThread().isInterrupted()) {
                    LockSupport.park(this);
                }
                hung.incrementAndGet(); // and goes on to commit: too late
            } else if (point != Failpoint.BEFORE_FUNCTION
                    && ThreadLocalRandom.current().nextInt(20) == 0) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EVERY_SECOND", "ALWAYS"})
    void ownersHungAndInterruptedInCommits_doTheJournalNoHarm(Durability durability, @TempDir Path directory)
            throws InterruptedException {
        TableSpec<String, Half> spec = TableSpec.set("halves", Half.class, Half::id)
                .durability(durability)
                .timeout(Duration.ofSeconds(1))
                .restart(RestartPolicy.DEFAULT
                        .withIntensity(100_000, Duration.ofMinutes(1))
                        .withBackoff(Duration.ofMillis(1), Duration.ofMillis(2)));
        Map<String, Half> before;
        Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        try (TestTables tables = TestTables.in(directory, spec)) {
            TableRef<String, Half> halves = tables.ref(spec);
            await().until(() -> tables.status(spec).isOwned());
            Trouble trouble = new Trouble();
            tables.crash(spec, trouble);
            AtomicBoolean ended = new AtomicBoolean();
            AtomicInteger numbers = new AtomicInteger();
            List<Thread> callers = java.util.stream.IntStream.range(0, CALLERS)
                    .mapToObj(i -> new Thread(() -> {
                        while (!ended.get()) {
                            write(halves, numbers.incrementAndGet(), acknowledged);
                        }
                    }))
                    .toList();
            callers.forEach(Thread::start);
            for (int i = 1; i <= HUNG; i++) {
                int so = i;
                trouble.hangs.set(true);
                await().atMost(Duration.ofSeconds(60)).until(() -> trouble.hung.get() == so);
            }
            ended.set(true);
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(tables.status(spec).readOnly()).isNull();
            before = rows(halves);
        }
        assertThat(acknowledged).hasSizeGreaterThan(HUNG);
        try (TestTables tables = TestTables.in(directory, spec)) {
            await().until(() -> tables.status(spec).isOwned());
            assertThat(rows(tables.ref(spec))).isEqualTo(before);
            assertThat(before)
                    .hasSize(2
                            * (int) before.keySet().stream()
                                    .filter(id -> id.endsWith("first"))
                                    .count());
            acknowledged.forEach(number -> assertThat(before)
                    .containsEntry(number + "-first", new Half(number + "-first", number))
                    .containsEntry(number + "-second", new Half(number + "-second", number)));
        }
    }

    private static void write(TableRef<String, Half> halves, int number, Set<Integer> acknowledged) {
        try {
            halves.<Half>call(t -> {
                t.insert(new Half(number + "-first", number));
                return t.insert(new Half(number + "-second", number));
            });
            acknowledged.add(number);
        } catch (HeirloomException e) {
            assertThat(e.getMessage()).isNotEmpty(); // not applied, or in doubt: promised is nothing
        }
    }

    private static Map<String, Half> rows(TableRef<String, Half> halves) {
        return halves.stream().collect(Collectors.toMap(Half::id, Function.identity()));
    }
}
