package dev.heirloom.supervision;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a supervisor remembers of the owners that ended. Immutable.
 *
 * @param restarts when owners were restarted within the period, by a clock of nanoseconds
 * @param inARow how many owners have ended early one after the other
 * @param rejected how many submissions were refused one after the other
 */
record RestartHistory(List<Long> restarts, int inARow, int rejected) {
    static final RestartHistory EMPTY = new RestartHistory(List.of(), 0, 0);

    /** OTP's rule: drop the stamps older than the period, add now; the caller looks at how many that makes. */
    RestartHistory withRestart(long now, long periodNanos, boolean afterCalm) {
        Stream<Long> recent = restarts.stream().filter(stamp -> now - stamp <= periodNanos);
        return new RestartHistory(
                Stream.concat(recent, LongStream.of(now).boxed()).toList(), afterCalm ? 1 : inARow + 1, 0);
    }

    RestartHistory withRejection() {
        return new RestartHistory(restarts, inARow, rejected + 1);
    }

    RestartHistory withStart() {
        return new RestartHistory(restarts, inARow, 0);
    }
}
