package dev.heirloom.table;

import java.time.Duration;
import java.util.Objects;

/**
 * How much of everything a table may hold. Immutable.
 *
 * @param rows how many rows there may be; a unit of work that would make more is refused ({@link TableFullException})
 * @param changes how many of the latest changes are kept for those who follow them; 0 keeps none
 * @param snapshots how many snapshots may be open; the oldest gives way to one more
 * @param snapshotAge how long a snapshot may be open
 */
public record Limits(long rows, int changes, int snapshots, Duration snapshotAge) {
    /** Any number of rows, no changes, 64 snapshots of 30 seconds. */
    public static final Limits DEFAULT = new Limits(Long.MAX_VALUE, 0, 64, Duration.ofSeconds(30));

    private static final int MOST_CHANGES = 1 << 24;

    public Limits {
        Objects.requireNonNull(snapshotAge, "snapshotAge");
        if (rows < 1) {
            throw new IllegalArgumentException("rows: " + rows + " is less than 1");
        }
        if (changes < 0 || changes > MOST_CHANGES) {
            throw new IllegalArgumentException("changes: " + changes + " is not within 0 and " + MOST_CHANGES);
        }
        if (snapshots < 1) {
            throw new IllegalArgumentException("snapshots: " + snapshots + " is less than 1");
        }
        Durations.requirePositive(snapshotAge, "snapshotAge");
    }

    public Limits withRows(long most) {
        return new Limits(most, changes, snapshots, snapshotAge);
    }

    public Limits withChanges(int kept) {
        return new Limits(rows, kept, snapshots, snapshotAge);
    }

    public Limits withSnapshots(int most, Duration age) {
        return new Limits(rows, changes, most, age);
    }
}
