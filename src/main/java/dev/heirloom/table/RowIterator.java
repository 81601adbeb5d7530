package dev.heirloom.table;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An iterator over what is made of some rows, frozen when it is made. */
final class RowIterator<R, E> implements Iterator<E> {
    private final Spliterator<R> rows;
    private final Function<? super R, ? extends E> element;
    private @Nullable R next;

    RowIterator(Spliterator<R> rows, Function<? super R, ? extends E> element) {
        this.rows = rows;
        this.element = element;
        rows.tryAdvance(this::keep); // which takes the snapshot
    }

    private void keep(R row) {
        next = row;
    }

    @Override
    public boolean hasNext() {
        return next != null || rows.tryAdvance(this::keep);
    }

    @Override
    public E next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        R row = next;
        next = null;
        return element.apply(row);
    }

    @Override
    public void remove() {
        throw ReadOnlyMap.refused("remove", "delete");
    }
}
