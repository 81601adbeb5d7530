package dev.heirloom.table;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A collection of a {@link ReadOnlyMap}: every method that writes says what to use instead. */
abstract class ReadOnlyCollection<E> extends AbstractCollection<E> {
    @Override
    public final boolean add(E element) {
        throw ReadOnlyMap.refused("add", "insert");
    }

    @Override
    public final boolean addAll(Collection<? extends E> elements) {
        throw ReadOnlyMap.refused("addAll", "insertAll");
    }

    @Override
    public final boolean remove(@Nullable Object element) {
        throw ReadOnlyMap.refused("remove", "delete or deleteRow");
    }

    @Override
    public final boolean removeIf(Predicate<? super E> predicate) {
        throw ReadOnlyMap.refused("removeIf", "deleteAll");
    }

    @Override
    public final boolean removeAll(Collection<?> elements) {
        throw ReadOnlyMap.refused("removeAll", "deleteAll");
    }

    @Override
    public final boolean retainAll(Collection<?> elements) {
        throw ReadOnlyMap.refused("retainAll", "deleteAll");
    }

    @Override
    public final void clear() {
        throw ReadOnlyMap.refused("clear", "clear");
    }
}
