package dev.heirloom.backup;

import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A place for values within another one, which may be null: its kind, and what paths call it. Errors come out of it with
 * their path.
 *
 * @param step {@code .field}, {@code []}, {@code [key]}, {@code [value]}
 */
record Part(String step, Kind kind) {
    void put(@Nullable Object value, ByteSink out, int depth) {
        try {
            if (value == null) {
                out.putByte((byte) 0);
            } else {
                out.putByte((byte) 1);
                kind.put(value, out, depth);
            }
        } catch (RuntimeException e) {
            throw PathException.at(step, e);
        }
    }

    @Nullable
    Object take(ByteSource in, int depth) {
        try {
            byte present = in.getByte();
            if (present < 0 || present > 1) {
                throw new MalformedException("neither null nor a value");
            }
            return present == 0 ? null : kind.take(in, depth);
        } catch (RuntimeException e) {
            throw PathException.at(step, e);
        }
    }

    void toJson(@Nullable Object value, JsonGenerator out, int depth) {
        try {
            if (value == null) {
                out.writeNull();
            } else {
                kind.toJson(value, out, depth);
            }
        } catch (RuntimeException e) {
            throw PathException.at(step, e);
        }
    }

    @Nullable
    Object fromJson(JsonValue json, int depth) {
        try {
            return json.getValueType() == JsonValue.ValueType.NULL ? null : kind.fromJson(json, depth);
        } catch (RuntimeException e) {
            throw PathException.at(step, e);
        }
    }

    /** From a value of another release. */
    @Nullable
    Object convert(@Nullable Object old) {
        try {
            return old == null ? null : kind.convert(old);
        } catch (RuntimeException e) {
            throw PathException.at(step, e);
        }
    }
}
