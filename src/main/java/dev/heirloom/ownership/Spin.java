package dev.heirloom.ownership;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * A short wait without parking, since to wake a parked thread takes longer than most requests. Bounded: by a time, to at
 * most half of the processors at a time, and to none on a machine with one.
 *
 * <p>Adaptive: who has spun in vain a few times hardly tries any more until it pays again. That is so where requests are
 * rare, and where the two threads share a processor, so that to spin only keeps the other from working.
 *
 * <p>Thread-safe; threads that share one may lose each other's counts, which only makes it adapt more slowly.
 */
final class Spin {
    /** For how long, as a rule. */
    static final long NANOS = 20_000;

    /**
     * For how long where the one waited for is just being woken, which takes 25 to 50 µs: with less, two threads that
     * have both parked once would go on waking each other for good.
     */
    static final long AFTER_WAKING_NANOS = 80_000;

    private static final int MOST = Runtime.getRuntime().availableProcessors() / 2;
    private static final AtomicInteger SPINNING = new AtomicInteger();

    /** How often one that found no room to spin looks again: the other is often about to stop. */
    private static final int PATIENCE = 50;

    /** How often one may spin in vain after it has paid. */
    private static final int CREDIT = 8;

    /** Without credit, one wait in this many is tried all the same. */
    private static final int TRIAL = 16;

    private int credit = CREDIT;
    private int skipped;

    /** Spins until the condition holds or the time is over, and says whether it held. */
    boolean until(BooleanSupplier condition, long nanos) {
        if (condition.getAsBoolean()) {
            return true;
        }
        if (credit == 0 && ++skipped < TRIAL) {
            return false;
        }
        skipped = 0;
        boolean held = spin(condition, nanos);
        credit = held ? CREDIT : Math.max(0, credit - 1);
        return held;
    }

    private static boolean spin(BooleanSupplier condition, long nanos) {
        for (int i = 0; i < PATIENCE; i++) {
            if (condition.getAsBoolean()) {
                return true;
            }
            if (SPINNING.get() < MOST && enter()) {
                try {
                    return spinInside(condition, nanos);
                } finally {
                    SPINNING.decrementAndGet();
                }
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private static boolean spinInside(BooleanSupplier condition, long nanos) {
        long start = System.nanoTime();
        do {
            for (int j = 0; j < 16; j++) {
                if (condition.getAsBoolean()) {
                    return true;
                }
                Thread.onSpinWait();
            }
        } while (System.nanoTime() - start < nanos);
        return false;
    }

    private static boolean enter() {
        if (SPINNING.incrementAndGet() <= MOST) {
            return true;
        }
        SPINNING.decrementAndGet();
        return false;
    }
}
