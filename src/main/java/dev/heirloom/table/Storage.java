package dev.heirloom.table;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Spliterator;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a table consists of, for those who read and write it: the index of its rows, its other indexes, the clock of its
 * commits.
 *
 * <p>What the index has for a key is a row, or in a bag a {@link Group} of rows.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
final class Storage<K, R> {
    final Schema<K, R> schema;
    final Index<K, Object> index;
    final List<SecondaryIndex<?, K, R>> secondary;
    final Clock clock;
    final OpenSnapshots snapshots;
    private final LongSupplier ticker;
    private final InstantSource time;

    /**
     * @param ticker the time in nanoseconds, for the age of snapshots
     * @param time the time of day, for the expiry of rows
     * @param changes the number before that of the first change
     */
    Storage(Schema<K, R> schema, LongSupplier ticker, InstantSource time, long changes) {
        this.schema = schema;
        this.clock = new Clock(changes);
        Comparator<? super K> order = schema.order();
        this.index = order == null ? new HashIndex<>() : new TreeIndex<>(order);
        this.secondary = schema.indexes().stream()
                .<SecondaryIndex<?, K, R>>map(Storage::indexOf)
                .toList();
        this.snapshots =
                new OpenSnapshots(schema.limits().snapshots(), schema.limits().snapshotAge(), ticker);
        this.ticker = ticker;
        this.time = time;
    }

    private static <I, K, R> SecondaryIndex<I, K, R> indexOf(IndexSpec<I, R> spec) {
        return new SecondaryIndex<>(spec);
    }

    /** Of an empty table that takes the place of this one. No number of a change or a commit of this one is one of its. */
    Storage<K, R> successor() {
        Storage<K, R> next = new Storage<>(schema, ticker, time, clock.changes() + 1);
        next.clock.publish(clock.latest());
        return next;
    }

    long now() {
        return time.millis();
    }

    /** The table as a commit shows it now; whoever asks sees to it that its versions stay, or checks that they have. */
    View<K, R> view(long commit) {
        return new View<>(this, commit, now());
    }

    @SuppressWarnings("unchecked") // equal specs have equal types
    <I> SecondaryIndex<I, K, R> secondary(IndexSpec<I, R> spec) {
        for (SecondaryIndex<?, K, R> each : secondary) {
            if (each.spec().equals(spec)) {
                return (SecondaryIndex<I, K, R>) each;
            }
        }
        throw new NoSuchIndexException(schema.name(), spec.name());
    }

    /** The rows in what the index has for a key. */
    @SuppressWarnings("unchecked") // as the type of the table says
    List<R> rows(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        return schema.type().isBag() ? (Group<R>) value : List.of((R) value);
    }

    /** What the index has for a key with these rows. */
    Object value(List<R> rows) {
        if (!schema.type().isBag()) {
            return rows.get(0);
        }
        Group<R> group = Group.empty();
        for (R row : rows) {
            group = group.append(row);
        }
        return group;
    }

    /** The rows of a bag. */
    @SuppressWarnings("unchecked")
    Group<R> group(@Nullable Object value) {
        return value == null ? Group.empty() : (Group<R>) value;
    }

    int count(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        return schema.type().isBag() ? ((Group<?>) value).size() : 1;
    }

    /** How many rows come, go or are replaced where what a key has gives way to something else. */
    int changed(@Nullable Object before, @Nullable Object after) {
        if (before == after) {
            return 0;
        }
        return schema.type().isBag() ? group(before).changed(group(after)) : 1;
    }

    /** The row of a table that is no bag. */
    @SuppressWarnings("unchecked")
    @Nullable
    R row(@Nullable Object value) {
        return (R) value;
    }

    int characteristics() {
        return Spliterator.NONNULL | Spliterator.IMMUTABLE | (schema.order() == null ? 0 : Spliterator.ORDERED);
    }
}
