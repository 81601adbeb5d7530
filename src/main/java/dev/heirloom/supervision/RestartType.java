package dev.heirloom.supervision;

/** When an owner that has ended is restarted, as the restart types of an OTP supervisor. */
public enum RestartType {
    /** Always. The default. */
    PERMANENT,

    /** When it died, not when it returned. */
    TRANSIENT,

    /** Never. */
    TEMPORARY
}
