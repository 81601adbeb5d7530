package dev.heirloom.calls;

import java.util.Arrays;
import java.util.Optional;

/** Who called whom, in Twilio's words. */
public enum CallDirection {
    /** Somebody called a number of ours. */
    INBOUND("inbound"),
    /** We called, through Twilio's API. */
    OUTBOUND_API("outbound-api"),
    /** A call of ours dialled another number. */
    OUTBOUND_DIAL("outbound-dial");

    private final String word;

    CallDirection(String word) {
        this.word = word;
    }

    /** As Twilio writes it. */
    public String word() {
        return word;
    }

    static Optional<CallDirection> of(String word) {
        return Arrays.stream(values())
                .filter(direction -> direction.word.equals(word))
                .findFirst();
    }
}
