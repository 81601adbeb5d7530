package dev.heirloom.table;

import java.util.Comparator;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a map view has in its order: its rows, keys or entries. Each time somebody goes through it, it is as one commit
 * shows it.
 *
 * @param <R> the type of the rows
 * @param <E> the type of what is made of each row
 */
class RowCollection<R, E> extends ReadOnlyCollection<E> {
    private final RowMap<?, R> map;
    private final Function<? super R, ? extends E> element;
    private final Predicate<Object> contains;

    RowCollection(RowMap<?, R> map, Function<? super R, ? extends E> element, Predicate<Object> contains) {
        this.map = map;
        this.element = element;
        this.contains = contains;
    }

    @Override
    public final boolean contains(@Nullable Object candidate) {
        return contains.test(candidate);
    }

    @Override
    public final int size() {
        return map.size();
    }

    @Override
    public final boolean isEmpty() {
        return map.isEmpty();
    }

    @Override
    public final Iterator<E> iterator() {
        return new RowIterator<>(map.query().stream().spliterator(), element);
    }

    @Override
    public final Spliterator<E> spliterator() {
        return spliterator(map.query().stream());
    }

    /** Closing it frees the snapshot it reads, as with {@link Rows#stream}. */
    @Override
    public final Stream<E> stream() {
        Stream<R> rows = map.query().stream();
        return StreamSupport.stream(() -> spliterator(rows), characteristics(), false)
                .onClose(rows::close);
    }

    private Spliterator<E> spliterator(Stream<R> rows) {
        return new RowSpliterator<>(rows.spliterator(), element, characteristics(), order());
    }

    /** Not {@link Spliterator#SIZED}: the size is known only by the time there is a snapshot. */
    int characteristics() {
        int unordered = Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return map.schema.order() == null ? unordered : unordered | Spliterator.ORDERED;
    }

    /** What a {@link Spliterator#SORTED} spliterator is sorted by; null for the natural order. */
    @Nullable
    Comparator<? super E> order() {
        return null;
    }
}
