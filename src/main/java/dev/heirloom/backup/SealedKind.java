package dev.heirloom.backup;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The kind of a sealed interface: the number of the type in the description and then the value; in JSON an object with
 * the name of the type.
 */
final class SealedKind extends Kind {
    private static final String CONSTANT = "constant";

    private List<Kind> options = List.of();
    private final Map<Class<?>, Integer> indexes = new HashMap<>();
    private final Map<String, Kind> byName = new HashMap<>();

    SealedKind(String name) {
        super(name);
    }

    /**
     * @param types of the options, in their order; none for another release
     * @param former what types were called, and what they are called now
     */
    void link(List<Kind> options, List<Class<?>> types, Map<String, String> former) {
        this.options = List.copyOf(options);
        types.forEach(type -> indexes.put(type, indexes.size()));
        options.forEach(option -> byName.put(option.name(), option));
        former.forEach((then, now) -> byName.put(then, option(now)));
    }

    List<Kind> options() {
        return options;
    }

    @Override
    void put(Object value, ByteSink out, int depth) {
        int index = indexOf(value);
        out.putVarInt(index);
        options.get(index).put(value, out, depth);
    }

    @Override
    Object take(ByteSource in, int depth) {
        int index = in.getVarInt();
        if (index < 0 || index >= options.size()) {
            throw new MalformedException(name() + " has no type " + index);
        }
        return options.get(index).take(in, depth);
    }

    @Override
    void toJson(Object value, JsonGenerator out, int depth) {
        Kind option = options.get(indexOf(value));
        out.writeStartObject();
        out.write(RecordKind.TYPE, option.name());
        if (option instanceof RecordKind fields) {
            fields.toJsonFields(value, out, depth);
        } else {
            out.write(CONSTANT, ((EnumKind) option).text(value));
        }
        out.writeEnd();
    }

    @Override
    Object fromJson(JsonValue json, int depth) {
        if (!(json instanceof JsonObject object)) {
            throw unfitJson(json);
        }
        if (!(object.get(RecordKind.TYPE) instanceof JsonString type)) {
            throw new MalformedException(RecordKind.TYPE + " is missing, which says what type of " + name() + " it is");
        }
        Kind option = option(type.getString());
        if (option instanceof RecordKind fields) {
            return fields.fromJsonFields(object, true, depth);
        }
        if (object.size() != 2 || !(object.get(CONSTANT) instanceof JsonString constant)) {
            throw new MalformedException("a constant of " + option.name() + " has " + RecordKind.TYPE + " and \""
                    + CONSTANT + "\", and nothing else");
        }
        return ((EnumKind) option).parse(constant.getString());
    }

    @Override
    Object convert(Object old) {
        if (old instanceof OldRow row) {
            return option(row.type()).convert(old);
        }
        if (old instanceof OldConstant constant) {
            return option(constant.type()).convert(old);
        }
        throw unfit(old);
    }

    private int indexOf(Object value) {
        Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        Integer index = indexes.get(type);
        if (index == null) {
            throw new MalformedException(type.getName() + " is no " + name());
        }
        return index;
    }

    private Kind option(String type) {
        Kind option = byName.get(type);
        if (option == null) {
            throw new MalformedException(name() + " has no type " + type);
        }
        return option;
    }
}
