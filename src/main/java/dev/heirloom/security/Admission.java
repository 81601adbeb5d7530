package dev.heirloom.security;

import java.time.Duration;

/** What came of looking at the credentials of a request. */
public sealed interface Admission {
    /** The attribute of a request that holds what came of its credentials. */
    String ATTRIBUTE = "dev.heirloom.security.admission";

    /** They are right. */
    record Admitted(Caller caller) implements Admission {}

    /** There are none. */
    record Anonymous() implements Admission {}

    /** They are wrong. Why is not told: it would help to guess. */
    record Refused() implements Admission {}

    /**
     * Nobody looked at them: there were too many wrong ones, or too many requests wait to have theirs looked at.
     *
     * @param retryAfter positive
     */
    record LockedOut(Duration retryAfter) implements Admission {}
}
