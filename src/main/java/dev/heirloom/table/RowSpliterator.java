package dev.heirloom.table;

import java.util.Comparator;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A spliterator over what is made of some rows, frozen when it is first asked for one. */
final class RowSpliterator<R, E> implements Spliterator<E> {
    private final Spliterator<R> rows;
    private final Function<? super R, ? extends E> element;
    private final int characteristics;
    private final @Nullable Comparator<? super E> order;

    /** @param order what the elements are {@link #SORTED} by, if the characteristics say so; null if naturally */
    RowSpliterator(
            Spliterator<R> rows,
            Function<? super R, ? extends E> element,
            int characteristics,
            @Nullable Comparator<? super E> order) {
        this.rows = rows;
        this.element = element;
        this.characteristics = characteristics;
        this.order = order;
    }

    @Override
    public boolean tryAdvance(Consumer<? super E> action) {
        return rows.tryAdvance(row -> action.accept(element.apply(row)));
    }

    @Override
    public void forEachRemaining(Consumer<? super E> action) {
        rows.forEachRemaining(row -> action.accept(element.apply(row)));
    }

    @Override
    public @Nullable Spliterator<E> trySplit() {
        Spliterator<R> prefix = rows.trySplit();
        return prefix == null ? null : new RowSpliterator<>(prefix, element, characteristics, order);
    }

    @Override
    public long estimateSize() {
        return rows.estimateSize();
    }

    @Override
    public int characteristics() {
        return characteristics;
    }

    @Override
    public @Nullable Comparator<? super E> getComparator() {
        if (!hasCharacteristics(SORTED)) {
            throw new IllegalStateException("not sorted");
        }
        return order;
    }
}
