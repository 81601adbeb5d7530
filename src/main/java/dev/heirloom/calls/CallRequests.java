package dev.heirloom.calls;

import dev.heirloom.table.UnitOfWork;
import dev.heirloom.table.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the webhooks ask of the owner of the table: each is one unit of work, and may be asked again without harm. A call
 * that is not in the table is put there, whichever request comes first.
 */
final class CallRequests {
    private CallRequests() {}

    /** A call has come in, or asks again what to do. */
    static Work<String, Call, Call> voice(CallEvent event, Instant now) {
        return calls -> merge(calls, event, now, call -> call);
    }

    /** The caller has pressed keys. */
    static Work<String, Call, Call> menu(CallEvent event, String digits, @Nullable String request, Instant now) {
        return calls -> merge(calls, event, now, call -> call.press(digits, request));
    }

    /**
     * The status of a call has changed. False, and nothing is changed, if that was too long ago to be of interest: the
     * call was removed since, or would be at once, and a late "ringing" must not bring it back.
     */
    static Work<String, Call, Boolean> status(CallEvent event, Instant now, Duration retention) {
        return calls -> {
            if (event.at(now).isBefore(now.minus(retention)) && !calls.contains(event.sid())) {
                return false;
            }
            merge(calls, event, now, call -> call);
            return true;
        };
    }

    private static Call merge(
            UnitOfWork<String, Call> calls, CallEvent event, Instant now, UnaryOperator<Call> further) {
        Call before = calls.find(event.sid()).orElse(null);
        Call after = further.apply(before == null ? Call.begin(event, now) : before.hear(event, now));
        return after.equals(before) ? after : calls.insert(after);
    }
}
