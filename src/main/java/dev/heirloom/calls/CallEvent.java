package dev.heirloom.calls;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one request of Twilio's says about a call, checked. Immutable.
 *
 * @param sid Twilio's id of the call
 * @param sequence the number of a status callback, counted from 0 for each call; null if it has none
 * @param timestamp when it happened, by Twilio's clock; null if the request does not say
 * @param duration how long the call was; null before it is over
 */
record CallEvent(
        String sid,
        String from,
        String to,
        CallDirection direction,
        CallStatus status,
        @Nullable Long sequence,
        @Nullable Instant timestamp,
        @Nullable Duration duration) {
    /** When it happened; never later than now, so that a clock ahead of ours cannot keep a call for longer. */
    Instant at(Instant now) {
        return timestamp != null && timestamp.isBefore(now) ? timestamp : now;
    }

    /** No phone numbers: events may end up in logs. */
    @Override
    public String toString() {
        return "CallEvent[" + sid + ", " + status.word() + ", sequence " + sequence + "]";
    }
}
