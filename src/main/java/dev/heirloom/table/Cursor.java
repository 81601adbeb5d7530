package dev.heirloom.table;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Goes through something, once: rows, most often. */
@FunctionalInterface
interface Cursor<R> {
    /** The next one, null at the end. */
    @Nullable
    R next();

    default Cursor<R> where(Predicate<? super R> predicate) {
        return () -> {
            for (R row = next(); row != null; row = next()) {
                if (predicate.test(row)) {
                    return row;
                }
            }
            return null;
        };
    }

    default Cursor<R> limit(int rows) {
        return new Cursor<>() {
            private int left = rows;

            @Override
            public @Nullable R next() {
                return left-- > 0 ? Cursor.this.next() : null;
            }
        };
    }

    static <R> Cursor<R> of(Iterator<R> rows) {
        return () -> rows.hasNext() ? rows.next() : null;
    }

    /** The rows of one list after the other. */
    static <R> Cursor<R> flat(Cursor<List<R>> lists) {
        return new Cursor<>() {
            private Iterator<R> rows = Collections.emptyIterator();

            @Override
            public @Nullable R next() {
                while (!rows.hasNext()) {
                    List<R> list = lists.next();
                    if (list == null) {
                        return null;
                    }
                    rows = list.iterator();
                }
                return rows.next();
            }
        };
    }
}
