package dev.heirloom.table;

import java.util.AbstractMap;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A map whose every method that writes says what to use instead: a table is changed in units of work.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
abstract class ReadOnlyMap<K, R> extends AbstractMap<K, R> implements ConcurrentMap<K, R> {
    /** What to throw where a map view of a table, or a collection of one, is asked to write. */
    static UnsupportedOperationException refused(String method, String instead) {
        return new UnsupportedOperationException(
                method + ": a map view only reads its table; use " + instead + ", on the table or in a request");
    }

    @Override
    public final R put(K key, R row) {
        throw refused("put", "insert");
    }

    @Override
    public final void putAll(Map<? extends K, ? extends R> rows) {
        throw refused("putAll", "insertAll");
    }

    @Override
    public final R putIfAbsent(K key, R row) {
        throw refused("putIfAbsent", "insertNew");
    }

    @Override
    public final R remove(Object key) {
        throw refused("remove", "take or delete");
    }

    @Override
    public final boolean remove(Object key, @Nullable Object row) {
        throw refused("remove", "deleteRow");
    }

    @Override
    public final void clear() {
        throw refused("clear", "clear");
    }

    @Override
    public final R replace(K key, R row) {
        throw refused("replace", "update");
    }

    @Override
    public final boolean replace(K key, R expected, R row) {
        throw refused("replace", "update");
    }

    @Override
    public final void replaceAll(BiFunction<? super K, ? super R, ? extends R> change) {
        throw refused("replaceAll", "replaceAll");
    }

    @Override
    public final R compute(K key, BiFunction<? super K, ? super @Nullable R, ? extends @Nullable R> change) {
        throw refused("compute", "update with an initial row");
    }

    @Override
    public final R computeIfAbsent(K key, Function<? super K, ? extends @Nullable R> initial) {
        throw refused("computeIfAbsent", "insertNew");
    }

    @Override
    public final R computeIfPresent(K key, BiFunction<? super K, ? super R, ? extends @Nullable R> change) {
        throw refused("computeIfPresent", "update");
    }

    @Override
    public final R merge(K key, R row, BiFunction<? super R, ? super R, ? extends @Nullable R> change) {
        throw refused("merge", "update with an initial row");
    }
}
