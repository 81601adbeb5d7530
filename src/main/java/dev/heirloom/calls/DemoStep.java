package dev.heirloom.calls;

import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;

/**
 * One request that a pretended caller makes of the webhooks.
 *
 * @param due when it is sent
 * @param path below the application's REST root
 * @param token the same for every attempt to send it
 */
record DemoStep(Instant due, String path, MultivaluedMap<String, String> form, String token) {
    static final String VOICE = "calls/voice";
    static final String MENU = "calls/menu";
    static final String STATUS = "calls/status";

    String sid() {
        return String.valueOf(form.getFirst("CallSid"));
    }

    DemoStep at(Instant due) {
        return new DemoStep(due, path, form, token);
    }

    /** No phone numbers: steps may end up in logs. */
    @Override
    public String toString() {
        return "DemoStep[" + path + " of " + sid() + " at " + due + "]";
    }
}
