package dev.heirloom.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The log of what administrators did and of who logged in: the logger {@value #LOGGER}, a line of JSON each, and CDI
 * events of type {@link AuditEvent}. Thread-safe.
 */
@ApplicationScoped
public class Audit {
    /** The name of the logger; it logs at level INFO. */
    public static final String LOGGER = "dev.heirloom.audit";

    private static final Logger LOG = Logger.getLogger(LOGGER);
    private static final Logger OWN = Logger.getLogger(Audit.class.getName());
    private static final int LONGEST = 256;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Event<AuditEvent> events;

    InstantSource clock = Instant::now;

    /** Notes it. Texts may come from outside: they are cut off at {@value #LONGEST} characters, and escaped in the log. */
    public void note(String who, String what, String outcome, String from) {
        AuditEvent event = new AuditEvent(clock.instant(), cut(who), cut(what), cut(outcome), cut(from));
        String line = event.line();
        LOG.log(Level.INFO, line); // without parameters: what looks like one stays as it is
        send(event);
    }

    private void send(AuditEvent event) {
        try {
            events.fire(event);
        } catch (RuntimeException e) {
            OWN.log(Level.WARNING, "an observer of audit events failed", e); // it must not undo what was done
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
