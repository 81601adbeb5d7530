package dev.heirloom.backup;

/** What a table promises of changes that it has acknowledged, as in the {@code appendfsync} of Redis. */
public enum Durability {
    /** The rows are in memory only: they end with the process. */
    NONE,

    /**
     * A change outlives the process from before it is acknowledged on: it is with the operating system. That is told to
     * write to disk once a second: a power cut loses what was changed in the second before it, and a little more where
     * the disk is slow.
     */
    EVERY_SECOND,

    /**
     * A change is acknowledged once it is on disk: a power cut loses nothing that was acknowledged. Those who wait at
     * the same time share one write.
     */
    ALWAYS
}
