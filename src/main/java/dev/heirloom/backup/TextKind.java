package dev.heirloom.backup;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;

/** The kind of values that have a text each, no two the same: they can be keys of JSON objects. */
abstract sealed class TextKind extends Kind permits Scalar, EnumKind {
    TextKind(String name) {
        super(name);
    }

    abstract String text(Object value);

    /** The value of a text, or any exception. */
    abstract Object parse(String text);

    @Override
    void toJson(Object value, JsonGenerator out, int depth) {
        out.write(text(value));
    }

    @Override
    Object fromJson(JsonValue json, int depth) {
        if (json instanceof JsonString string) {
            return parse(string.getString());
        }
        throw unfitJson(json);
    }
}
