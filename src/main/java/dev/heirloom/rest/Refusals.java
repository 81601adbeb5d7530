package dev.heirloom.rest;

import dev.heirloom.security.Admission;
import java.util.Set;
import java.util.TreeSet;

/** The problems of callers who may not. */
final class Refusals {
    static final Problem NONE = Problem.of(401, "no-credentials", "This needs a user")
            .withDetail("Log in, or send Authorization: Basic or Bearer.");
    static final Problem WRONG = Problem.of(401, "wrong-credentials", "The credentials are not valid");
    static final Problem FORGED = Problem.of(403, "csrf", "The request may not come from the page that is logged in")
            .withDetail("Send the token of the session in the header " + Guard.CSRF + ".");

    private Refusals() {}

    static Problem notAllowed(Set<String> roles) {
        String needed = roles.isEmpty()
                ? "Nobody may do this."
                : "This needs the role " + String.join(" or ", new TreeSet<>(roles)) + ".";
        return Problem.of(403, "not-allowed", "The user may not do this").withDetail(needed);
    }

    static Problem lockedOut(Admission.LockedOut locked) {
        return Problem.of(429, "locked-out", "Too many attempts to log in").withRetryAfter(locked.retryAfter());
    }
}
