package dev.heirloom.peers;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** How long things took, to within 3 %. Thread-safe. */
final class Latencies {
    /** How many buckets there are between a power of two and the next, as a power of two. */
    private static final int PRECISION = 5;

    private final AtomicLongArray buckets = new AtomicLongArray(64 << PRECISION);
    private final AtomicLong longest = new AtomicLong();

    void add(long nanos) {
        buckets.incrementAndGet(bucket(Math.max(1, nanos)));
        if (nanos > longest.get()) {
            longest.accumulateAndGet(nanos, Math::max);
        }
    }

    private static int bucket(long nanos) {
        int power = 63 - Long.numberOfLeadingZeros(nanos);
        long rest = power < PRECISION ? 0 : nanos >>> (power - PRECISION) & ((1 << PRECISION) - 1);
        return power << PRECISION | (int) rest;
    }

    private static double nanosOf(int bucket) {
        double power = Math.scalb(1.0, bucket >>> PRECISION);
        return power * (1 + ((bucket & ((1 << PRECISION) - 1)) + 0.5) / (1 << PRECISION));
    }

    long count() {
        long count = 0;
        for (int i = 0; i < buckets.length(); i++) {
            count += buckets.get(i);
        }
        return count;
    }

    /** The milliseconds that a share of all did not exceed. */
    double millis(double share) {
        long left = (long) Math.ceil(share * count());
        for (int i = 0; i < buckets.length(); i++) {
            left -= buckets.get(i);
            if (left <= 0) {
                return nanosOf(i) / TimeUnit.MILLISECONDS.toNanos(1);
            }
        }
        return longestMillis();
    }

    double longestMillis() {
        return (double) longest.get() / TimeUnit.MILLISECONDS.toNanos(1);
    }

    Load load(long nanos) {
        return new Load(count() * 1e9 / nanos, millis(0.5), millis(0.99));
    }
}
