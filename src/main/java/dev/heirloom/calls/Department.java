package dev.heirloom.calls;

import java.util.Locale;

/** Whom a caller can be put through to. */
public enum Department {
    SALES,
    BILLING,
    TECHNICAL;

    /** What it is called in answers, and the name of the queue its callers wait in. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
