package dev.heirloom.manager;

import java.time.Instant;

/** The row of the ten lines that a user writes. */
public record Call(String sid, String from, CallStatus status, Instant since) {
    /** What a call is in. */
    public enum CallStatus {
        RINGING,
        IN_PROGRESS
    }

    Call answered(Instant now) {
        return new Call(sid, from, CallStatus.IN_PROGRESS, now);
    }
}
