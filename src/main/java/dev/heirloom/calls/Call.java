package dev.heirloom.calls;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A phone call, ongoing or over: a row of the table {@code calls}. Immutable, and so thread-safe.
 *
 * <p>Twilio's requests come twice, late and out of order. What they say is therefore merged, not obeyed: the status only
 * goes forward and the first final one stays, of two moments the earlier one is kept, and a request that says nothing
 * new changes nothing. So the order in which they come makes no difference to where the call ends.
 *
 * @param sid Twilio's id of the call, and the key of the row
 * @param from who calls, as Twilio names them: mostly a phone number. Personal data, as is {@code to}: never to be logged
 * @param to who is called
 * @param menu how far the caller has come in the menu
 * @param startedAt when it was first heard of
 * @param answeredAt when it was answered; null if it was not, as far as is known
 * @param finishedAt when it was over; null while it is ongoing
 * @param duration how long it was, by Twilio's count; null if Twilio has not said
 * @param lastSequence the highest number of a status callback about it; -1 if none had one
 */
public record Call(
        String sid,
        String from,
        String to,
        CallDirection direction,
        CallStatus status,
        Menu menu,
        Instant startedAt,
        @Nullable Instant answeredAt,
        @Nullable Instant finishedAt,
        @Nullable Duration duration,
        long lastSequence) {
    private static final long NO_SEQUENCE = -1;

    public Call {
        Objects.requireNonNull(sid, "sid");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(menu, "menu");
        Objects.requireNonNull(startedAt, "startedAt");
        if (status.isFinal() != (finishedAt != null)) {
            throw new IllegalArgumentException("finishedAt: " + finishedAt + " of a call that is " + status.word());
        }
    }

    /** A call nobody had heard of before the event. */
    static Call begin(CallEvent event, Instant now) {
        Instant at = event.at(now);
        CallStatus status = event.status();
        return new Call(
                event.sid(),
                event.from(),
                event.to(),
                event.direction(),
                status,
                Menu.START,
                at,
                status == CallStatus.IN_PROGRESS ? at : null,
                status.isFinal() ? at : null,
                status.isFinal() ? event.duration() : null,
                event.sequence() == null ? NO_SEQUENCE : event.sequence());
    }

    /** The call after an event about it; equal to this one if the event says nothing new. */
    Call hear(CallEvent event, Instant now) {
        // Not the sequence number but the stage decides what goes forward: a call that has ended has ended, also if its
        // last callback overtakes others or carries a number that was seen before.
        boolean forward = event.status().isBeyond(status);
        CallStatus after = forward ? event.status() : status;
        Instant at = event.at(now);
        boolean news = forward || event.timestamp() != null;
        return new Call(
                sid,
                from,
                to,
                direction,
                after,
                menu,
                earlier(startedAt, event.timestamp()),
                news && event.status() == CallStatus.IN_PROGRESS ? earlier(at, answeredAt) : answeredAt,
                forward && after.isFinal() ? at : finishedAt,
                duration == null && after.isFinal() && event.status() == after ? event.duration() : duration,
                event.sequence() == null ? lastSequence : Math.max(lastSequence, event.sequence()));
    }

    /** The call after its caller pressed keys; unchanged if it is over. See {@link Menu#press}. */
    Call press(String digits, @Nullable String request) {
        if (isFinished()) {
            return this;
        }
        return new Call(
                sid,
                from,
                to,
                direction,
                status,
                menu.press(digits, request),
                startedAt,
                answeredAt,
                finishedAt,
                duration,
                lastSequence);
    }

    public boolean isFinished() {
        return status.isFinal();
    }

    /** Phone numbers are masked: rows may end up in logs and in messages of exceptions. */
    @Override
    public String toString() {
        return "Call[" + sid + ", " + PhoneNumbers.masked(from) + " to " + PhoneNumbers.masked(to) + ", "
                + status.word() + ", " + menu.step().word() + "]";
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other != null && other.isBefore(one) ? other : one;
    }
}
