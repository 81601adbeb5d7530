package dev.heirloom.ownership;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The requests of a table, counted by what became of them, and how long those took that were applied: from the call to
 * the commit. Thread-safe; to count takes a few nanoseconds and no lock.
 *
 * <p>Each bucket reaches four times as far as the one before, the first to {@link #bound}(0) nanoseconds; the last has
 * no bound.
 */
public final class RequestTally {
    private static final int FIRST_BITS = 14; // 16 microseconds
    private static final int BUCKETS = 12;

    private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);
    private final LongAdder nanos = new LongAdder();
    private final LongAdder notApplied = new LongAdder();
    private final LongAdder inDoubt = new LongAdder();

    void applied(long took) {
        buckets.getAndIncrement(bucket(took));
        nanos.add(took);
    }

    void notApplied() {
        notApplied.increment();
    }

    void inDoubt() {
        inDoubt.increment();
    }

    /** How many buckets there are. */
    public static int buckets() {
        return BUCKETS;
    }

    /** The nanoseconds up to which a bucket counts, inclusive; {@link Long#MAX_VALUE} for the last. */
    public static long bound(int bucket) {
        return bucket == BUCKETS - 1 ? Long.MAX_VALUE : 1L << (FIRST_BITS + 2 * bucket);
    }

    static int bucket(long nanos) {
        if (nanos <= 1L << FIRST_BITS) {
            return 0;
        }
        int bits = Long.SIZE - Long.numberOfLeadingZeros(nanos - 1); // 2^(bits-1) < nanos <= 2^bits
        return Math.min(BUCKETS - 1, (bits - FIRST_BITS + 1) / 2);
    }

    /** How many were applied within the bound of a bucket, those of all smaller ones included. */
    public long appliedWithin(int bucket) {
        long sum = 0;
        for (int i = 0; i <= bucket; i++) {
            sum += buckets.get(i);
        }
        return sum;
    }

    /** How many were applied. */
    public long applied() {
        return appliedWithin(BUCKETS - 1);
    }

    /** How long all that were applied took together. */
    public long appliedNanos() {
        return nanos.sum();
    }

    /** How many changed nothing: failed, refused, or given up while they waited. */
    public long notAppliedCount() {
        return notApplied.sum();
    }

    /** How many were in doubt for their callers; the owner may have counted them as applied, or not. */
    public long inDoubtCount() {
        return inDoubt.sum();
    }
}
