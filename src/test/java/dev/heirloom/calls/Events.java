package dev.heirloom.calls;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Requests of Twilio's about one call, for tests. */
final class Events {
    static final String SID = "CA" + "0123456789abcdef".repeat(2);
    static final String FROM = "+12025550123";
    static final String TO = "+12025550100";

    private Events() {}

    static CallEvent event(CallStatus status) {
        return event(status, null, null, null);
    }

    static CallEvent event(
            CallStatus status, @Nullable Long sequence, @Nullable Instant timestamp, @Nullable Duration duration) {
        return new CallEvent(SID, FROM, TO, CallDirection.INBOUND, status, sequence, timestamp, duration);
    }

    /** The form of a request that is as it should be. */
    static MultivaluedMap<String, String> form(CallStatus status) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        form.putSingle("CallSid", SID);
        form.putSingle("AccountSid", "AC" + "f".repeat(32));
        form.putSingle("From", FROM);
        form.putSingle("To", TO);
        form.putSingle("Direction", "inbound");
        form.putSingle("CallStatus", status.word());
        form.putSingle("ApiVersion", "2010-04-01");
        return form;
    }
}
