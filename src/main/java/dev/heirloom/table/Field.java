package dev.heirloom.table;

import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One element of a row: how to read it, and how to get a row in which it has another value. The typed form of the
 * position that {@code ets:update_element} takes.
 *
 * <pre>{@code
 * static final Field<Call, CallStatus> STATUS = Field.of(Call::status, Call::withStatus);
 * }</pre>
 *
 * <p>Immutable, and thread-safe if its functions are. They must be pure: they may run more than once.
 *
 * @param get the element's value in a row
 * @param with a row like the one given, in which the element has the value given; never null
 * @param <R> the type of the rows
 * @param <V> the type of the element
 */
public record Field<R, V extends @Nullable Object>(
        Function<? super R, ? extends V> get, BiFunction<? super R, ? super V, ? extends R> with) {
    public Field {
        Objects.requireNonNull(get, "get");
        Objects.requireNonNull(with, "with");
    }

    public static <R, V extends @Nullable Object> Field<R, V> of(
            Function<? super R, ? extends V> get, BiFunction<? super R, ? super V, ? extends R> with) {
        return new Field<>(get, with);
    }

    /** The element's value in the row. */
    public V read(R row) {
        return get.apply(row);
    }

    /**
     * The row with another value of the element.
     *
     * @throws NullPointerException if the field's function gives no row
     */
    public R write(R row, V value) {
        return Objects.requireNonNull(with.apply(row, value), "with: gave no row");
    }
}
