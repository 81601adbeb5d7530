package dev.heirloom.backup;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A record as a former release wrote it, by the names its fields had. Immutable, and equal to nothing else.
 *
 * <p>Values of the JDK's types are as they were. A record within it is an {@code OldRow} too, a constant of an enum its
 * name; collections are {@code List}, {@code Set} and {@code Map}, in the order they had.
 */
public final class OldRow {
    private static final int LONGEST_VALUE = 60;

    private final int version;
    private final String type;
    private final List<String> fields;
    private final @Nullable Object[] values;

    /** @param values of the first fields, or of all */
    OldRow(int version, String type, List<String> fields, @Nullable Object[] values) {
        this.version = version;
        this.type = type;
        this.fields = fields;
        this.values = values;
    }

    /** The {@linkplain Evolution#version version} of the rows when this one was written. */
    public int version() {
        return version;
    }

    /** The simple name of the record. */
    public String type() {
        return type;
    }

    public boolean has(String field) {
        return fields.contains(field);
    }

    /**
     * The value of a field.
     *
     * @throws IllegalArgumentException if there is no such field
     */
    public @Nullable Object get(String field) {
        int index = fields.indexOf(field);
        if (index < 0) {
            throw new IllegalArgumentException("field: " + type + " had " + fields + ", not " + field);
        }
        return shown(values[index]);
    }

    /**
     * The value of a field, if it is of this class; null if it was null.
     *
     * @throws IllegalArgumentException if there is no such field, or it is of another class
     */
    public <T> @Nullable T get(String field, Class<T> type) {
        Object value = get(field);
        if (value != null && !type.isInstance(value)) {
            throw new IllegalArgumentException("field: " + field + " of " + this.type + " was "
                    + value.getClass().getSimpleName() + ", not " + type.getSimpleName());
        }
        return type.cast(value);
    }

    /** A text, or the name of a constant of an enum. */
    public @Nullable String getString(String field) {
        return get(field, String.class);
    }

    /**
     * A whole number that was of any type.
     *
     * @throws IllegalArgumentException if there is none
     */
    public long getLong(String field) {
        Number number = get(field, Number.class);
        if (number == null) {
            throw new IllegalArgumentException("field: " + field + " of " + type + " was null");
        }
        return number.longValue();
    }

    /**
     * A whole number.
     *
     * @throws IllegalArgumentException if there is none
     * @throws ArithmeticException if it is no {@code int}
     */
    public int getInt(String field) {
        return Math.toIntExact(getLong(field));
    }

    /**
     * Whether a field was true.
     *
     * @throws IllegalArgumentException if it was neither true nor false
     */
    public boolean getBoolean(String field) {
        return Boolean.TRUE.equals(get(field, Boolean.class));
    }

    /** A record within this one. */
    public @Nullable OldRow getRow(String field) {
        return get(field, OldRow.class);
    }

    List<String> fields() {
        return fields;
    }

    /** As it was read: constants of enums with their type. */
    @Nullable
    Object value(int field) {
        return values[field];
    }

    private static @Nullable Object shown(@Nullable Object value) {
        if (value instanceof OldConstant constant) {
            return constant.name();
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(OldRow::shown);
        }
        if (value instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
            map.forEach((key, its) -> entries.put(shown(key), shown(its)));
            return Collections.unmodifiableMap(entries);
        }
        if (value instanceof Collection<?> collection) {
            List<@Nullable Object> elements =
                    Arrays.asList(collection.stream().map(OldRow::shown).toArray());
            return value instanceof Set
                    ? Collections.unmodifiableSet(new LinkedHashSet<>(elements))
                    : Collections.unmodifiableList(elements);
        }
        return value;
    }

    /** The fields that were read, long values cut off: for messages. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(type).append('[');
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ", ").append(fields.get(i)).append('=').append(shortened(values[i]));
        }
        return text.append(']').toString();
    }

    private static String shortened(@Nullable Object value) {
        String text;
        try {
            text = String.valueOf(value);
        } catch (RuntimeException e) {
            return "?"; // of a row's own toString()
        }
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
    }
}
