package dev.heirloom.table;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a row ends: never, at a moment, or some time after it was last written. An expired row is never seen; it is
 * removed a little later, which is a change as any other. In a bag the rows of one key end together. Immutable.
 *
 * <p>The clock is the machine's, as accurate as a millisecond: when it is set, rows end earlier or later.
 */
public final class Expiry {
    static final long NEVER_MILLIS = Long.MAX_VALUE;

    private static final Expiry NEVER = new Expiry(null, null);

    private final @Nullable Instant at;
    private final @Nullable Duration afterWrite;

    private Expiry(@Nullable Instant at, @Nullable Duration afterWrite) {
        this.at = at;
        this.afterWrite = afterWrite;
    }

    public static Expiry never() {
        return NEVER;
    }

    /** At a moment, whatever is written until then. */
    public static Expiry at(Instant moment) {
        return new Expiry(moment, null);
    }

    /** When it was not written for this long, to the next whole millisecond. */
    public static Expiry afterWrite(Duration idle) {
        return new Expiry(null, Durations.requirePositive(idle, "idle"));
    }

    /** The moment, if there is one. */
    public Optional<Instant> moment() {
        return Optional.ofNullable(at);
    }

    /** How long after the last write, if that is said. */
    public Optional<Duration> idle() {
        return Optional.ofNullable(afterWrite);
    }

    /** The deadline of a row written at a time, in milliseconds since the epoch. */
    long deadline(long nowMillis) {
        if (at != null) {
            try {
                return at.toEpochMilli();
            } catch (ArithmeticException e) {
                return at.getEpochSecond() < 0 ? Long.MIN_VALUE : NEVER_MILLIS;
            }
        }
        if (afterWrite == null) {
            return NEVER_MILLIS;
        }
        long deadline = nowMillis + afterWrite.plusNanos(999_999).toMillis();
        return deadline < nowMillis ? NEVER_MILLIS : deadline;
    }

    @Override
    public String toString() {
        if (at != null) {
            return "at " + at;
        }
        return afterWrite == null ? "never" : afterWrite + " after the last write";
    }
}
