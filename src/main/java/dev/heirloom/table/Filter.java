package dev.heirloom.table;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An iterator over those elements of another for which a predicate holds. */
final class Filter<T> implements Iterator<T> {
    private final Iterator<T> all;
    private final Predicate<? super T> predicate;
    private @Nullable T next;

    Filter(Iterator<T> all, Predicate<? super T> predicate) {
        this.all = all;
        this.predicate = predicate;
        this.next = search();
    }

    private @Nullable T search() {
        while (all.hasNext()) {
            T candidate = all.next();
            if (predicate.test(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public T next() {
        T found = next;
        if (found == null) {
            throw new NoSuchElementException();
        }
        next = search();
        return found;
    }
}
