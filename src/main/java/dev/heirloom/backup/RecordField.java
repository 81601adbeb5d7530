package dev.heirloom.backup;

import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** A field of a record: how it is got from one, and how it is written and read. */
final class RecordField {
    private static final MethodType OBJECT = MethodType.methodType(Object.class, Object.class);
    private static final MethodType LONG = MethodType.methodType(long.class, Object.class);

    private enum Bytes {
        NULLABLE,
        PRESENT,
        NUMBER
    }

    private final String name;
    private final Part part;
    private final Bytes bytes;
    private final MethodHandle get;
    private final MethodHandle getLong;
    private final @Nullable Object absent;

    /**
     * @param type the one declared
     * @param absent the value of a record that was written without this field; null for an error if it is primitive
     */
    RecordField(String name, Kind kind, Class<?> type, MethodHandle get, @Nullable Object absent) {
        this.name = name;
        this.part = new Part("." + name, kind);
        this.bytes = !type.isPrimitive() ? Bytes.NULLABLE : Scalars.isWhole(type) ? Bytes.NUMBER : Bytes.PRESENT;
        this.get = get.asType(OBJECT);
        // without an object for the number
        this.getLong =
                bytes == Bytes.NUMBER ? MethodHandles.explicitCastArguments(get, LONG) : MethodHandles.empty(LONG);
        this.absent = absent;
    }

    /** One of another release, only ever read. */
    static RecordField old(String name, Kind kind, boolean primitive) {
        return new RecordField(name, kind, primitive ? float.class : Object.class, MethodHandles.empty(OBJECT), null);
    }

    String name() {
        return name;
    }

    Kind kind() {
        return part.kind();
    }

    boolean isPrimitive() {
        return bytes != Bytes.NULLABLE;
    }

    void put(Object row, ByteSink out, int depth) {
        try {
            switch (bytes) {
                case NULLABLE -> part.put((Object) get.invokeExact(row), out, depth);
                case PRESENT -> kind().put((Object) get.invokeExact(row), out, depth);
                case NUMBER -> out.putVarLong((long) getLong.invokeExact(row));
            }
        } catch (PathException e) {
            throw e;
        } catch (Throwable e) {
            throw PathException.at(part.step(), e);
        }
    }

    @Nullable
    Object take(ByteSource in, int depth) {
        if (bytes == Bytes.NULLABLE) {
            return part.take(in, depth);
        }
        try {
            return kind().take(in, depth);
        } catch (RuntimeException e) {
            throw PathException.at(part.step(), e);
        }
    }

    void toJson(Object row, JsonGenerator out, int depth) {
        Object value;
        try {
            value = (Object) get.invokeExact(row);
        } catch (Throwable e) {
            throw PathException.at(part.step(), e);
        }
        part.toJson(value, out, depth);
    }

    @Nullable
    Object fromJson(JsonValue json, int depth) {
        return required(part.fromJson(json, depth), "null for a primitive type");
    }

    @Nullable
    Object convert(@Nullable Object old) {
        return required(part.convert(old), "null for a primitive type");
    }

    @Nullable
    Object absent() {
        return required(absent, "it is missing, and has no default");
    }

    private @Nullable Object required(@Nullable Object value, String otherwise) {
        if (value == null && isPrimitive()) {
            throw PathException.at(part.step(), new MalformedException(otherwise));
        }
        return value;
    }
}
