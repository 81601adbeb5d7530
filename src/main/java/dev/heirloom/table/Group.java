package dev.heirloom.table;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The rows of one key of a bag, in the order they were inserted. Immutable: to append makes a new group, which shares
 * the array as long as there is room and nobody else has appended.
 */
final class Group<R> extends AbstractList<R> implements RandomAccess {
    private static final Group<?> EMPTY = new Group<>(new Object[0], 0, new AtomicInteger());

    private final Object[] rows;
    private final int size;

    /** How much of the array is taken, by this group or a longer one. */
    private final AtomicInteger taken;

    private Group(Object[] rows, int size, AtomicInteger taken) {
        this.rows = rows;
        this.size = size;
        this.taken = taken;
    }

    @SuppressWarnings("unchecked") // it has no rows
    static <R> Group<R> empty() {
        return (Group<R>) EMPTY;
    }

    /** This group and one row more; in constant time on average. */
    Group<R> append(R row) {
        if (size < rows.length && taken.compareAndSet(size, size + 1)) {
            rows[size] = row; // no reader of a shorter group looks there
            return new Group<>(rows, size + 1, taken);
        }
        Object[] more = Arrays.copyOf(rows, size == 0 ? 1 : size + (size >> 1) + 1);
        more[size] = row;
        return new Group<>(more, size + 1, new AtomicInteger(size + 1));
    }

    /** Whether the first rows of this group are those of another, told by identity; mostly in constant time. */
    @SuppressWarnings("ReferenceEquality")
    boolean startsWith(Group<R> other) {
        if (other.size > size) {
            return false;
        }
        if (rows == other.rows) { // a place in it is never written twice
            return true;
        }
        for (int i = 0; i < other.size; i++) {
            if (rows[i] != other.rows[i]) {
                return false;
            }
        }
        return true;
    }

    /** How many rows are in this group or in its successor and not in both, told by identity; mostly without a copy. */
    int changed(Group<R> next) {
        if (next.startsWith(this) || next.isThinned(this)) {
            return Math.abs(next.size - size);
        }
        return withoutSame(next).size() + next.withoutSame(this).size();
    }

    /** Whether this group has only rows of another, in the same order. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isThinned(Group<R> other) {
        int found = 0;
        for (int i = 0; i < other.size && found < size; i++) {
            if (other.rows[i] == rows[found]) {
                found++;
            }
        }
        return found == size;
    }

    /** This group without the rows that equal one: itself if there is none. */
    Group<R> without(R row) {
        Object[] kept = new Object[size];
        int left = 0;
        for (int i = 0; i < size; i++) {
            if (!rows[i].equals(row)) {
                kept[left++] = rows[i];
            }
        }
        return left == size ? this : new Group<>(kept, left, new AtomicInteger(left));
    }

    /** This group without some of its rows, told by identity: of equal rows one can go and another stay. */
    Group<R> withoutSame(Collection<R> gone) {
        IdentityHashMap<Object, Integer> counts = new IdentityHashMap<>();
        gone.forEach(row -> counts.merge(row, 1, Integer::sum));
        Object[] kept = new Object[size];
        int left = 0;
        for (int i = 0; i < size; i++) {
            Integer count = counts.get(rows[i]);
            if (count == null || count == 0) {
                kept[left++] = rows[i];
            } else {
                counts.put(rows[i], count - 1);
            }
        }
        return new Group<>(kept, left, new AtomicInteger(left));
    }

    /**
     * This group with other rows in the places of some, told by identity.
     *
     * @param successors for each row to be replaced what is to take its place, once for each time it is there; used up
     */
    Group<R> replacing(IdentityHashMap<R, Deque<R>> successors) {
        Object[] changed = Arrays.copyOf(rows, size);
        for (int i = 0; i < size; i++) {
            Deque<R> next = successors.get(get(i));
            if (next != null && !next.isEmpty()) {
                changed[i] = next.remove();
            }
        }
        return new Group<>(changed, size, new AtomicInteger(size));
    }

    @Override
    @SuppressWarnings("unchecked") // only rows are put in
    public R get(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return (R) rows[index];
    }

    @Override
    public int size() {
        return size;
    }
}
