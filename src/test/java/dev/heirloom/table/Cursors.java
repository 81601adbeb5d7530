package dev.heirloom.table;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Cursors for who would rather have an iterator. */
final class Cursors {
    private Cursors() {}

    static <T> Iterator<T> iterator(Cursor<T> cursor) {
        return new Iterator<>() {
            private @Nullable T next;

            @Override
            public boolean hasNext() {
                if (next == null) {
                    next = cursor.next();
                }
                return next != null;
            }

            @Override
            public T next() {
                T result = hasNext() ? next : null;
                if (result == null) {
                    throw new NoSuchElementException();
                }
                next = null;
                return result;
            }
        };
    }
}
