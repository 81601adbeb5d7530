package dev.heirloom.supervision;

import dev.heirloom.table.Durations;
import java.time.Duration;
import java.util.Objects;

/**
 * When and how often the owners of a table are restarted. Immutable.
 *
 * @param type which endings are followed by a restart
 * @param intensity more restarts than this within the period, and the table is given up (OTP: {@code MaxR})
 * @param period the period of the intensity (OTP: {@code MaxT})
 * @param minBackoff the delay of the second restart in a row; the first has none
 * @param maxBackoff the longest delay; each is twice the one before, less up to a half at random
 * @param calm an owner that lived for as long as this starts the count of restarts in a row anew
 */
public record RestartPolicy(
        RestartType type, int intensity, Duration period, Duration minBackoff, Duration maxBackoff, Duration calm) {
    /** Permanent; given up at more than 10 restarts within a minute; 10 ms to 10 s of back-off; calm after 5 s. */
    public static final RestartPolicy DEFAULT = new RestartPolicy(
            RestartType.PERMANENT,
            10,
            Duration.ofMinutes(1),
            Duration.ofMillis(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5));

    public RestartPolicy {
        Objects.requireNonNull(type, "type");
        if (intensity < 0) {
            throw new IllegalArgumentException("intensity: " + intensity + " is negative");
        }
        Durations.requirePositive(period, "period");
        Durations.requirePositive(minBackoff, "minBackoff");
        Durations.requirePositive(maxBackoff, "maxBackoff");
        Durations.requirePositive(calm, "calm");
        if (maxBackoff.compareTo(minBackoff) < 0) {
            throw new IllegalArgumentException("maxBackoff: " + maxBackoff + " is less than minBackoff " + minBackoff);
        }
    }

    public RestartPolicy withType(RestartType type) {
        return new RestartPolicy(type, intensity, period, minBackoff, maxBackoff, calm);
    }

    public RestartPolicy withIntensity(int intensity, Duration period) {
        return new RestartPolicy(type, intensity, period, minBackoff, maxBackoff, calm);
    }

    public RestartPolicy withBackoff(Duration min, Duration max) {
        return new RestartPolicy(type, intensity, period, min, max, calm);
    }

    public RestartPolicy withCalm(Duration calm) {
        return new RestartPolicy(type, intensity, period, minBackoff, maxBackoff, calm);
    }

    /**
     * How long to wait before a restart.
     *
     * @param inARow how many owners in a row have ended early, this one included
     * @param random from 0 (inclusive) to 1, takes up to a half off the delay so that many tables do not restart at once
     */
    long backoffNanos(int inARow, double random) {
        if (inARow <= 1) {
            return 0;
        }
        long min = minBackoff.toNanos();
        long max = maxBackoff.toNanos();
        int doublings = Math.min(inARow - 2, 62);
        long delay = min > (max >> doublings) ? max : Math.min(max, min << doublings);
        return delay - (long) (delay * 0.5 * random);
    }
}
