package dev.heirloom.ownership;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the reads of a table. Thread-safe, and nearly for nothing: threads count in places of their own, and without
 * atomic instructions, one of which costs as much as the read of a row in the cache. So it may miss some where two
 * threads share a place and meet in it. What it tells never falls.
 */
final class ReadTally {
    private static final int PLACES = 64; // a power of two
    private static final int STRIDE = 8; // a line of the cache each, and one for the length, which everybody reads

    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] counts = new long[(PLACES + 2) * STRIDE];

    /** The most that was ever told. */
    private final AtomicLong told = new AtomicLong();

    /** Counts a read of the thread that calls. */
    void add() {
        add((int) Thread.currentThread().getId() & (PLACES - 1));
    }

    void add(int place) {
        int at = (place + 1) * STRIDE;
        COUNTS.setOpaque(counts, at, (long) COUNTS.getOpaque(counts, at) + 1);
    }

    /** How many there were. */
    long count() {
        long sum = 0;
        for (int at = STRIDE; at < counts.length; at += STRIDE) {
            sum += (long) COUNTS.getOpaque(counts, at);
        }
        return told.accumulateAndGet(sum, Math::max); // a thread that was held up may have put a place back
    }
}
