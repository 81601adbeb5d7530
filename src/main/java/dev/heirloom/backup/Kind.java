package dev.heirloom.backup;

import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;

/**
 * How the values of one type are written and read: as bytes, as JSON, and from what a former release wrote. Kinds refer
 * to each other as the types do, in circles too.
 *
 * <p>Whatever their methods throw means that the value cannot be written, or that there is none in what was read. Once
 * linked they do not change, and are thread-safe.
 */
abstract sealed class Kind permits TextKind, RecordKind, SealedKind, SequenceKind, MapKind {
    /** How deep values may be nested, so that no row needs more stack than any thread has. */
    static final int DEEPEST = 200;

    private final String name;

    Kind(String name) {
        this.name = name;
    }

    /** What descriptions and errors call it: the simple name of the type. */
    final String name() {
        return name;
    }

    abstract void put(Object value, ByteSink out, int depth);

    abstract Object take(ByteSource in, int depth);

    abstract void toJson(Object value, JsonGenerator out, int depth);

    abstract Object fromJson(JsonValue json, int depth);

    /** A value from that of another release: an {@link OldRow}, an {@link OldConstant}, or as it is now. */
    abstract Object convert(Object old);

    static int deeper(int depth) {
        if (depth == DEEPEST) {
            throw new MalformedException("nested more than " + DEEPEST + " deep");
        }
        return depth + 1;
    }

    final MalformedException unfit(Object old) {
        String was = old instanceof OldRow row
                ? row.type()
                : old instanceof OldConstant constant
                        ? constant.type()
                        : old.getClass().getSimpleName();
        return new MalformedException("it was " + was + ", which does not fit " + name);
    }

    final MalformedException unfitJson(JsonValue json) {
        return new MalformedException("JSON " + json.getValueType() + " is no " + name);
    }
}
