package dev.heirloom.backup;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The kind of maps: JSON objects where all keys have a text, otherwise arrays of pairs. */
final class MapKind extends Kind {
    private final boolean sorted;
    private final Part key;
    private final Part value;

    MapKind(boolean sorted, Kind key, Kind value) {
        super(sorted ? "SortedMap" : "Map");
        this.sorted = sorted;
        this.key = new Part("[key]", key);
        this.value = new Part("[value]", value);
    }

    static boolean isMap(Class<?> type) {
        return type == Map.class || isSorted(type);
    }

    static boolean isSorted(Class<?> type) {
        return type == SortedMap.class || type == NavigableMap.class;
    }

    Kind key() {
        return key.kind();
    }

    Kind value() {
        return value.kind();
    }

    @Override
    void put(Object map, ByteSink out, int depth) {
        Map<?, ?> entries = entries(map);
        int deeper = deeper(depth);
        out.putVarInt(entries.size());
        for (Map.Entry<?, ?> each : entries.entrySet()) {
            key.put(each.getKey(), out, deeper);
            value.put(each.getValue(), out, deeper);
        }
    }

    @Override
    Object take(ByteSource in, int depth) {
        int deeper = deeper(depth);
        Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
        for (int left = in.getCount(); left > 0; left--) {
            entries.put(key.take(in, deeper), value.take(in, deeper));
        }
        return make(entries);
    }

    @Override
    void toJson(Object map, JsonGenerator out, int depth) {
        Map<?, ?> entries = entries(map);
        int deeper = deeper(depth);
        if (key.kind() instanceof TextKind keys && !hasNullKey(entries)) {
            out.writeStartObject();
            entries.forEach((each, its) -> {
                out.writeKey(keys.text(each));
                value.toJson(its, out, deeper);
            });
        } else {
            out.writeStartArray();
            entries.forEach((each, its) -> {
                out.writeStartArray();
                key.toJson(each, out, deeper);
                value.toJson(its, out, deeper);
                out.writeEnd();
            });
        }
        out.writeEnd();
    }

    @Override
    Object fromJson(JsonValue json, int depth) {
        int deeper = deeper(depth);
        Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
        if (json instanceof JsonObject object && key.kind() instanceof TextKind keys) {
            object.forEach((each, its) -> entries.put(keys.parse(each), value.fromJson(its, deeper)));
        } else if (json instanceof JsonArray array) {
            for (JsonValue each : array) {
                if (!(each instanceof JsonArray pair) || pair.size() != 2) {
                    throw new MalformedException("not a pair of key and value: " + each.getValueType());
                }
                entries.put(key.fromJson(pair.get(0), deeper), value.fromJson(pair.get(1), deeper));
            }
        } else {
            throw unfitJson(json);
        }
        return make(entries);
    }

    @Override
    Object convert(Object old) {
        if (!(old instanceof Map<?, ?> former)) {
            throw unfit(old);
        }
        Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
        former.forEach((each, its) -> entries.put(key.convert(each), value.convert(its)));
        return make(entries);
    }

    private Map<?, ?> entries(Object map) {
        if (sorted) {
            SequenceType.requireNaturalOrder(((SortedMap<?, ?>) map).comparator());
        }
        return (Map<?, ?>) map;
    }

    private Object make(Map<@Nullable Object, @Nullable Object> entries) {
        return sorted
                ? Collections.unmodifiableNavigableMap(new TreeMap<>(entries))
                : Collections.unmodifiableMap(entries);
    }

    /** Maps that cannot have one may throw when asked for it. */
    private static boolean hasNullKey(Map<?, ?> map) {
        return map.keySet().stream().anyMatch(Objects::isNull);
    }
}
