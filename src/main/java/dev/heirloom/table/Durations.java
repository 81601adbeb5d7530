package dev.heirloom.table;

import java.time.Duration;

/** The check of durations that somebody sets. */
public final class Durations {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Durations() {}

    /**
     * The duration itself, if nanoseconds can count it.
     *
     * @throws IllegalArgumentException if it is not positive, or longer than 292 years
     */
    public static Duration requirePositive(Duration duration, String name) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(name + ": " + duration + " is not positive");
        }
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + ": " + duration + " is longer than 292 years");
        }
        return duration;
    }
}
