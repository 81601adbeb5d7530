package dev.heirloom.table;

import java.util.Set;
import java.util.Spliterator;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The keys or the entries of a map view. */
class RowSet<R, E> extends RowCollection<R, E> implements Set<E> {
    RowSet(RowMap<?, R> map, Function<? super R, ? extends E> element, Predicate<Object> contains) {
        super(map, element, contains);
    }

    @Override
    int characteristics() {
        return super.characteristics() | Spliterator.DISTINCT;
    }

    /** Goes by the elements only: the size may count rows that have expired. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            return true;
        }
        try {
            return other instanceof Set<?> set && containsAll(set) && set.containsAll(this);
        } catch (ClassCastException | NullPointerException e) { // as AbstractSet has it: not of this kind
            return false;
        }
    }

    @Override
    public int hashCode() {
        int sum = 0;
        for (E element : this) {
            sum += element.hashCode();
        }
        return sum;
    }
}
