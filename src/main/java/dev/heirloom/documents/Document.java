package dev.heirloom.documents;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object. Immutable, and smaller than a map: the values, and names that the documents of a table share.
 *
 * <p>A value is a {@code String}, a {@code Boolean}, a {@code Long} (a number that is written as an integer and fits), a
 * {@code BigDecimal} (any other number), {@link JsonNull#NULL}, a {@code Document}, or an unmodifiable {@code List} of
 * values. Documents are equal if they have equal values by the same names, in whatever order; numbers, if they are the
 * same number.
 */
public final class Document {
    private final Names names;
    private final Object[] values;

    Document(Names names, Object[] values) {
        this.names = names;
        this.values = values;
    }

    /** The value of a member; null if there is none. */
    public @Nullable Object get(String name) {
        int place = names.placeOf(name);
        return place < 0 ? null : values[place];
    }

    /** How many members it has. */
    public int size() {
        return values.length;
    }

    /** The name of a member, by its place. */
    public String name(int place) {
        return names.get(place);
    }

    /** The value of a member, by its place. */
    public Object value(int place) {
        return values[place];
    }

    /** With another value of a member, which comes last if it was not there. */
    public Document with(String name, Object value) {
        int place = names.placeOf(name);
        Object[] changed = Arrays.copyOf(values, place < 0 ? values.length + 1 : values.length);
        changed[place < 0 ? values.length : place] = value;
        return new Document(place < 0 ? names.with(name) : names, changed);
    }

    /** With a member more, before all others. */
    Document withFirst(String name, Object value) {
        String[] all = new String[values.length + 1];
        Object[] its = new Object[values.length + 1];
        all[0] = name;
        its[0] = value;
        for (int i = 0; i < values.length; i++) {
            all[i + 1] = names.get(i);
            its[i + 1] = values[i];
        }
        return new Document(new Names(all), its);
    }

    /** The same, with these equal names. */
    Document with(Names same) {
        return new Document(same, values);
    }

    Names names() {
        return names;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Document that) || size() != that.size()) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            Object its = that.get(names.get(i));
            if (its == null || !same(values[i], its)) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Object one, Object other) {
        if (one instanceof Number && other instanceof Number) {
            return normal(one).equals(normal(other));
        }
        if (one instanceof List<?> list && other instanceof List<?> others) {
            if (list.size() != others.size()) {
                return false;
            }
            for (int i = 0; i < list.size(); i++) {
                if (!same(list.get(i), others.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return one.equals(other);
    }

    /** A number in the one form it has among equal ones; other values as they are. */
    static Object normal(Object value) {
        if (!(value instanceof BigDecimal number)) {
            return value;
        }
        BigDecimal shortest = number.stripTrailingZeros();
        return integral(shortest);
    }

    /** A number as a {@code Long} if it is an integer that fits one. */
    static Object integral(BigDecimal number) {
        if (number.scale() > 0 || (long) number.precision() - number.scale() > 19) {
            return number;
        }
        BigInteger integer = number.toBigInteger();
        return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : number;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < values.length; i++) {
            hash += names.get(i).hashCode() ^ hash(values[i]);
        }
        return hash;
    }

    private static int hash(Object value) {
        if (value instanceof List<?> list) {
            int hash = 1;
            for (Object each : list) {
                hash = 31 * hash + hash(Objects.requireNonNull(each));
            }
            return hash;
        }
        return normal(value).hashCode();
    }

    /** As JSON. */
    @Override
    public String toString() {
        return DocumentWriter.toJson(this);
    }
}
