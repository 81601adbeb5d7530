package dev.heirloom.backup;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kind of a record: its fields in their order, JSON objects. */
final class RecordKind extends Kind {
    /** What says, in JSON, which of several types an object is; no field is called so. */
    static final String TYPE = "@type";

    /** Makes a record of the values of its fields. */
    interface Maker {
        Object make(@Nullable Object[] values) throws Throwable;
    }

    private final Maker maker;
    private RecordField[] fields = {};
    private List<String> names = List.of();
    private final Map<String, Integer> indexes = new HashMap<>();

    RecordKind(String name, Maker maker) {
        super(name);
        this.maker = maker;
    }

    /** That of another release, whose values are {@link OldRow}s. */
    static RecordKind old(int version, String name, List<String> fields) {
        return new RecordKind(name, values -> new OldRow(version, name, fields, values));
    }

    /** @param former what fields were called, and what they are called now */
    void link(List<RecordField> fields, Map<String, String> former) {
        this.fields = fields.toArray(RecordField[]::new);
        this.names = fields.stream().map(RecordField::name).toList();
        names.forEach(name -> indexes.put(name, indexes.size()));
        former.forEach((then, now) -> indexes.put(then, names.indexOf(now)));
    }

    List<RecordField> fields() {
        return List.of(fields);
    }

    @Override
    void put(Object value, ByteSink out, int depth) {
        int deeper = deeper(depth);
        for (RecordField field : fields) {
            field.put(value, out, deeper);
        }
    }

    @Override
    Object take(ByteSource in, int depth) {
        int deeper = deeper(depth);
        @Nullable Object[] values = new @Nullable Object[fields.length];
        int i = 0;
        try {
            for (; i < values.length; i++) {
                values[i] = fields[i].take(in, deeper);
            }
        } catch (PathException e) {
            throw e.having(new OldRow(0, name(), names, Arrays.copyOf(values, i)));
        }
        return make(values);
    }

    @Override
    void toJson(Object value, JsonGenerator out, int depth) {
        out.writeStartObject();
        toJsonFields(value, out, depth);
        out.writeEnd();
    }

    void toJsonFields(Object value, JsonGenerator out, int depth) {
        int deeper = deeper(depth);
        for (RecordField field : fields) {
            out.writeKey(field.name());
            field.toJson(value, out, deeper);
        }
    }

    @Override
    Object fromJson(JsonValue json, int depth) {
        if (!(json instanceof JsonObject object)) {
            throw unfitJson(json);
        }
        return fromJsonFields(object, false, depth);
    }

    /** @param typed whether the object also says its type */
    Object fromJsonFields(JsonObject object, boolean typed, int depth) {
        int deeper = deeper(depth);
        Values values = new Values();
        object.forEach((name, each) -> {
            Integer index = indexes.get(name);
            if (index != null) {
                values.set(index, fields[index].fromJson(each, deeper));
            } else if (!typed || !name.equals(TYPE)) {
                throw new MalformedException(name() + " has no field \"" + name + "\"");
            }
        });
        return values.make();
    }

    @Override
    Object convert(Object old) {
        if (!(old instanceof OldRow row)) {
            throw unfit(old);
        }
        try {
            Values values = new Values();
            for (int i = 0; i < row.fields().size(); i++) {
                Integer index = indexes.get(row.fields().get(i));
                if (index != null) {
                    values.set(index, fields[index].convert(row.value(i)));
                }
            }
            return values.make();
        } catch (RuntimeException e) {
            throw PathException.at("", e).having(row);
        }
    }

    private Object make(@Nullable Object[] values) {
        try {
            return maker.make(values);
        } catch (Throwable e) {
            throw PathException.at("", e).having(new OldRow(0, name(), names, values));
        }
    }

    /** Those given so far, of fields in any order. */
    private final class Values {
        private final @Nullable Object[] values = new @Nullable Object[fields.length];
        private final boolean[] given = new boolean[fields.length];

        void set(int index, @Nullable Object value) {
            if (given[index]) {
                throw new MalformedException(names.get(index) + " is there twice, by a former name too");
            }
            given[index] = true;
            values[index] = value;
        }

        Object make() {
            for (int i = 0; i < values.length; i++) {
                if (!given[i]) {
                    values[i] = fields[i].absent();
                }
            }
            return RecordKind.this.make(values);
        }
    }
}
