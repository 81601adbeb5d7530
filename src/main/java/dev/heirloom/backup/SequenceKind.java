package dev.heirloom.backup;

import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The kind of collections and optional values: JSON arrays. */
final class SequenceKind extends Kind {
    private final SequenceType type;
    private final Part element;

    SequenceKind(SequenceType type, Kind element) {
        super(type.type().getSimpleName());
        this.type = type;
        this.element = new Part("[]", element);
    }

    SequenceType type() {
        return type;
    }

    Kind element() {
        return element.kind();
    }

    @Override
    void put(Object value, ByteSink out, int depth) {
        Collection<?> elements = type.elements(value);
        int deeper = deeper(depth);
        out.putVarInt(elements.size());
        for (Object each : elements) {
            element.put(each, out, deeper);
        }
    }

    @Override
    Object take(ByteSource in, int depth) {
        int deeper = deeper(depth);
        @Nullable Object[] elements = new @Nullable Object[in.getCount()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = element.take(in, deeper);
        }
        return type.make(elements);
    }

    @Override
    void toJson(Object value, JsonGenerator out, int depth) {
        int deeper = deeper(depth);
        out.writeStartArray();
        for (Object each : type.elements(value)) {
            element.toJson(each, out, deeper);
        }
        out.writeEnd();
    }

    @Override
    Object fromJson(JsonValue json, int depth) {
        if (!(json instanceof JsonArray array)) {
            throw unfitJson(json);
        }
        int deeper = deeper(depth);
        return type.make(
                array.stream().map(each -> element.fromJson(each, deeper)).toArray());
    }

    @Override
    Object convert(Object old) {
        SequenceType former = type.unsorted();
        if (!former.type().isInstance(old)) {
            throw unfit(old);
        }
        return type.make(former.elements(old).stream().map(element::convert).toArray());
    }
}
