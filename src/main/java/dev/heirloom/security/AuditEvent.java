package dev.heirloom.security;

import java.time.Instant;
import java.util.Objects;

/**
 * What somebody did, or tried to, that an auditor asks about; sent as a CDI event. Immutable.
 *
 * @param at when
 * @param who the name of the user, as claimed where it was not proven
 * @param what "log in", "log out", or the method and path of a request
 * @param outcome "admitted", "refused", "locked out", or the HTTP status
 * @param from the address the request came from
 */
public record AuditEvent(Instant at, String who, String what, String outcome, String from) {
    public AuditEvent {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(from, "from");
    }

    /** One line of JSON. Nothing in it can end the line or make a terminal do anything: the rest is escaped. */
    String line() {
        StringBuilder line = new StringBuilder(160);
        append(line.append("{\"at\":"), at.toString());
        append(line.append(",\"who\":"), who);
        append(line.append(",\"what\":"), what);
        append(line.append(",\"outcome\":"), outcome);
        append(line.append(",\"from\":"), from);
        return line.append('}').toString();
    }

    private static void append(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }
}
