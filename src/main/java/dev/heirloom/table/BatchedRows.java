package dev.heirloom.table;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query of a set, in the order of its index. They are looked up some at a time, in a loop so short that the
 * processor fetches many of them from memory at once: that is most of what a scan costs.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
final class BatchedRows<K, R> implements Cursor<R> {
    /** How many are looked up at first: who asks for the next row may want no more. */
    private static final int FIRST = 8;

    private static final int BATCH = 64;

    private final View<K, R> view;
    private final Class<?> rowType;
    private final @Nullable Comparator<? super K> order;
    private final Bounds<K> bounds;
    private final boolean descending;
    private final Entries<K, Object> entries;

    /** Versions, then what they hold; both would be a second array. */
    private @Nullable Object[] batch = new Object[FIRST];

    private int next;
    private int end;
    private boolean over;

    /** Of no use but that it has to be found out. */
    @SuppressWarnings("UnusedVariable")
    private boolean uniform;

    /** @param entries from where the query begins */
    BatchedRows(View<K, R> view, Schema<K, R> schema, Entries<K, Object> entries, Query<K, R> query) {
        this.view = view;
        this.rowType = schema.rowType();
        this.order = schema.order();
        this.bounds = query.bounds();
        this.descending = query.isDescending();
        this.entries = entries;
    }

    @Override
    @SuppressWarnings("unchecked") // a set holds rows
    public @Nullable R next() {
        while (next == end) {
            if (over) {
                return null;
            }
            lookUp();
        }
        return (R) batch[next++];
    }

    private void lookUp() {
        if (end == batch.length) {
            batch = new Object[BATCH];
        }
        int taken = entries.take(batch);
        over = taken == 0;
        if (taken > 0 && !isWithin(taken - 1)) {
            over = true;
            do {
                taken--;
            } while (taken > 0 && !isWithin(taken - 1));
        }
        next = 0;
        end = 0;
        for (int i = 0; i < taken; i++) {
            Object value = view.value(version(i));
            if (value != null) {
                batch[end++] = value;
            }
        }
        fetch();
    }

    /** Looks at each row, which has the processor fetch them all at once: who reads them need not wait for one by one. */
    private void fetch() {
        boolean same = true;
        for (int i = 0; i < end; i++) {
            Object row = batch[i];
            same &= row != null && row.getClass() == rowType;
        }
        uniform = same;
    }

    private boolean isWithin(int at) {
        if (order == null) {
            return true;
        }
        Version<K, Object> version = version(at);
        return descending ? bounds.isAbove(version.key, order) : bounds.isBelow(version.key, order);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // until it is looked up
    private Version<K, Object> version(int at) {
        return (Version<K, Object>) batch[at];
    }
}
