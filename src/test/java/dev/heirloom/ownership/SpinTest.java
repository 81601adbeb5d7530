package dev.heirloom.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpinTest {
    private static final long LONG = TimeUnit.MINUTES.toNanos(1);
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final Spin spin = new Spin();
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void nobodySpinsOnOneProcessor() {
        assumeThat(PROCESSORS).isGreaterThan(1);
    }

    /** Holds when it has been asked so many times. */
    private BooleanSupplier after(int times) {
        asked.set(0);
        return () -> asked.incrementAndGet() > times;
    }

    /** How often the condition is asked by a wait in vain. */
    private int vain() {
        assertThat(spin.until(after(Integer.MAX_VALUE), 0)).isFalse();
        return asked.get();
    }

    @Test
    void conditionThatHolds_isAskedOnce() {
        assertThat(spin.until(after(0), 0)).isTrue();
        assertThat(asked).hasValue(1);
    }

    @Test
    void conditionThatComesToHold_endsTheWait() {
        for (int times : new int[] {1, 2, 10, 100, 10_000}) {
            assertThat(spin.until(after(times), LONG)).isTrue();
            assertThat(asked).hasValue(times + 1);
        }
    }

    @Test
    void conditionThatNeverHolds_isAskedUntilTheTimeIsOver() {
        long start = System.nanoTime();
        assertThat(spin.until(after(Integer.MAX_VALUE), 2_000_000)).isFalse();
        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(2_000_000)
                .isLessThan(TimeUnit.SECONDS.toNanos(20));
        assertThat(asked.get()).isGreaterThan(18);
    }

    @Test
    void waitsInVain_areTriedLessAndLess_untilOneHasPaid() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 8; i++) {
                assertThat(vain()).as("wait %d of round %d", i, round).isEqualTo(18);
            }
            for (int trial = 0; trial < 2; trial++) {
                for (int i = 0; i < 15; i++) {
                    assertThat(vain()).as("wait %d without credit", i).isEqualTo(1);
                }
                assertThat(vain()).isEqualTo(18);
            }
            for (int i = 0; i < 15; i++) {
                assertThat(spin.until(after(1), LONG)).isFalse();
            }
            assertThat(spin.until(after(1), LONG)).isTrue(); // it has paid
        }
    }

    @Test
    void halfOfTheProcessorsSpin_othersGiveUpSoon() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch spinning = new CountDownLatch(PROCESSORS / 2);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < PROCESSORS / 2; i++) {
            AtomicInteger looks = new AtomicInteger();
            Thread thread = new Thread(() -> new Spin()
                    .until(
                            () -> {
                                if (looks.incrementAndGet() == 20) {
                                    spinning.countDown(); // it is past the look at who spins
                                }
                                return over.get();
                            },
                            LONG));
            threads.add(thread);
            thread.start();
        }
        try {
            assertThat(spinning.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(spin.until(after(Integer.MAX_VALUE), LONG)).isFalse();
            assertThat(asked).hasValue(51);
            assertThat(spin.until(after(30), LONG)).isTrue();
        } finally {
            over.set(true);
            threads.forEach(Room::join);
        }
        assertThat(spin.until(after(1_000), LONG)).as("when they have left").isTrue();
    }
}
