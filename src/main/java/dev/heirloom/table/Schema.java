package dev.heirloom.table;

import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a table: its name, type and access, the class of its rows and how to find the key in one.
 *
 * @param name what the table is called in logs, errors and URLs
 * @param type how rows are found
 * @param access who may read and write besides the owner
 * @param rowType the class of the rows
 * @param key finds the key in a row; runs outside of the table's lock
 * @param order the order of the keys, for an ordered set only; trusted: it runs under the table's lock
 * @param maxSnapshots how many snapshots may be open; the oldest gives way to one more
 * @param maxSnapshotAge how long a snapshot may be open
 */
public record Schema<K, R>(
        String name,
        TableType type,
        Access access,
        Class<R> rowType,
        Function<? super R, ? extends K> key,
        @Nullable Comparator<? super K> order,
        int maxSnapshots,
        Duration maxSnapshotAge) {
    public static final int DEFAULT_MAX_SNAPSHOTS = 64;
    public static final Duration DEFAULT_MAX_SNAPSHOT_AGE = Duration.ofSeconds(30);

    public Schema {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(rowType, "rowType");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(maxSnapshotAge, "maxSnapshotAge");
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new IllegalArgumentException(
                    "name: \"" + name + "\" must be 1 to 100 letters, digits, '.', '_' or '-', and start with no sign");
        }
        if ((type == TableType.ORDERED_SET) != (order != null)) {
            throw new IllegalArgumentException("order: an ordered set has one, a set has none");
        }
        if (maxSnapshots < 1) {
            throw new IllegalArgumentException("maxSnapshots: " + maxSnapshots + " is less than 1");
        }
        Durations.requirePositive(maxSnapshotAge, "maxSnapshotAge");
    }

    /** A protected set. */
    public static <K, R> Schema<K, R> set(String name, Class<R> rowType, Function<? super R, ? extends K> key) {
        return new Schema<>(
                name,
                TableType.SET,
                Access.PROTECTED,
                rowType,
                key,
                null,
                DEFAULT_MAX_SNAPSHOTS,
                DEFAULT_MAX_SNAPSHOT_AGE);
    }

    /** A protected ordered set. */
    public static <K, R> Schema<K, R> orderedSet(
            String name, Class<R> rowType, Function<? super R, ? extends K> key, Comparator<? super K> order) {
        return new Schema<>(
                name,
                TableType.ORDERED_SET,
                Access.PROTECTED,
                rowType,
                key,
                order,
                DEFAULT_MAX_SNAPSHOTS,
                DEFAULT_MAX_SNAPSHOT_AGE);
    }

    public Schema<K, R> withAccess(Access access) {
        return new Schema<>(name, type, access, rowType, key, order, maxSnapshots, maxSnapshotAge);
    }

    public Schema<K, R> withSnapshots(int max, Duration maxAge) {
        return new Schema<>(name, type, access, rowType, key, order, max, maxAge);
    }

    /** The key of a row, checked: neither row nor key may be null, nor the row of another class. */
    K keyOf(R row) {
        if (!rowType.isInstance(row)) { // null included
            throw new InvalidRowException(name, "it is not a " + rowType.getName() + ": " + row);
        }
        K found = key.apply(row);
        if (found == null) {
            throw new InvalidRowException(name, "its key is null: " + row);
        }
        return found;
    }

    /** Whether two keys are one key to this type of table. */
    boolean sameKey(K a, K b) {
        return order == null ? a.equals(b) : order.compare(a, b) == 0;
    }
}
