package dev.heirloom.backup;

import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The kind of a value of the JDK that contains no others. Its name in descriptions is for ever. */
final class Scalar<T> extends TextKind {
    private static final List<Class<?>> BY_WIDTH = List.of(Byte.class, Short.class, Integer.class, Long.class);
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final int LONGEST_NUMBER = 1000; // readers of JSON refuse longer ones, or may

    private final Class<T> type;
    private final BiConsumer<ByteSink, T> put;
    private final Function<ByteSource, T> take;
    private final Function<T, String> text;
    private final Function<String, T> parse;

    Scalar(
            Class<T> type,
            BiConsumer<ByteSink, T> put,
            Function<ByteSource, T> take,
            Function<T, String> text,
            Function<String, T> parse) {
        super(type.getSimpleName());
        this.type = type;
        this.put = put;
        this.take = take;
        this.text = text;
        this.parse = parse;
    }

    /** A value whose bytes are those of its text. */
    Scalar(Class<T> type, Function<T, String> text, Function<String, T> parse) {
        this(type, (out, value) -> out.putString(text.apply(value)), in -> parse.apply(in.getString()), text, parse);
    }

    Class<T> type() {
        return type;
    }

    @Override
    void put(Object value, ByteSink out, int depth) {
        put.accept(out, type.cast(value));
    }

    @Override
    Object take(ByteSource in, int depth) {
        return take.apply(in);
    }

    @Override
    String text(Object value) {
        return text.apply(type.cast(value));
    }

    @Override
    Object parse(String text) {
        return parse.apply(text);
    }

    @Override
    void toJson(Object value, JsonGenerator out, int depth) {
        String text = text(value);
        if (value instanceof Boolean truth) {
            out.write(truth);
        } else if (isNumber()
                && text.length() <= LONGEST_NUMBER
                && NUMBER.matcher(text).matches()
                && !isMinusZero(text)) {
            out.write(new BigDecimal(text));
        } else {
            out.write(text);
        }
    }

    @Override
    Object fromJson(JsonValue json, int depth) {
        if (isNumber() && json instanceof JsonNumber number) {
            return parse(number.toString());
        }
        if (type == Boolean.class && (json.equals(JsonValue.TRUE) || json.equals(JsonValue.FALSE))) {
            return json.equals(JsonValue.TRUE);
        }
        return super.fromJson(json, depth);
    }

    @Override
    Object convert(Object old) {
        if (type.isInstance(old)) {
            return old;
        }
        int width = BY_WIDTH.indexOf(old.getClass());
        if (width >= 0 && width < BY_WIDTH.indexOf(type)) {
            return parse(old.toString());
        }
        if (type == Double.class && old instanceof Float narrow) {
            return narrow.doubleValue();
        }
        throw unfit(old);
    }

    private boolean isNumber() {
        return Number.class.isAssignableFrom(type);
    }

    /** A number in JSON has no sign if it is 0, once it is read. */
    private static boolean isMinusZero(String text) {
        return text.equals("-0.0");
    }
}
