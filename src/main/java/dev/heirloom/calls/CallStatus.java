package dev.heirloom.calls;

import java.util.Arrays;
import java.util.Optional;

/** Where a call stands, in Twilio's words. The order of the stages is the order in which a call goes through them. */
public enum CallStatus {
    QUEUED("queued", 0),
    INITIATED("initiated", 1),
    RINGING("ringing", 2),
    IN_PROGRESS("in-progress", 3),
    COMPLETED("completed", 4),
    BUSY("busy", 4),
    FAILED("failed", 4),
    NO_ANSWER("no-answer", 4),
    CANCELED("canceled", 4);

    private static final int LAST_STAGE = 4;

    private final String word;
    private final int stage;

    CallStatus(String word, int stage) {
        this.word = word;
        this.stage = stage;
    }

    /** As Twilio writes it. */
    public String word() {
        return word;
    }

    /** Whether the call is over. */
    public boolean isFinal() {
        return stage == LAST_STAGE;
    }

    /** Whether a call that stood there goes forward when it comes here. The final ones are all at the same stage. */
    boolean isBeyond(CallStatus other) {
        return stage > other.stage;
    }

    static Optional<CallStatus> of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word.equals(word))
                .findFirst();
    }
}
