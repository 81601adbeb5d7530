package dev.heirloom.backup;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a type of rows since former releases wrote some. Immutable: every method gives a new one.
 *
 * <p>Nothing need be said of fields that were removed, that may be null where they are new, or that come in another
 * order; of new constants and new types; nor of numbers that have become wider, or may be null now. Names that are wrong
 * are refused when the format is made.
 */
public final class Evolution<R> {
    private static final Evolution<?> NONE = new Evolution<>(1, null, Map.of(), Map.of(), Map.of(), Map.of());

    private final int version;
    private final @Nullable Upgrade<R> upgrade;
    private final Map<Name, Object> defaults;
    private final Map<Name, String> fields;
    private final Map<Name, String> constants;
    private final Map<Name, String> types;

    private record Name(Class<?> type, String name) {
        @Override
        public String toString() {
            return type.getSimpleName() + "." + name;
        }
    }

    private Evolution(
            int version,
            @Nullable Upgrade<R> upgrade,
            Map<Name, Object> defaults,
            Map<Name, String> fields,
            Map<Name, String> constants,
            Map<Name, String> types) {
        this.version = version;
        this.upgrade = upgrade;
        this.defaults = defaults;
        this.fields = fields;
        this.constants = constants;
        this.types = types;
    }

    /** Nothing has changed: version 1. */
    @SuppressWarnings("unchecked") // it says nothing of any type
    public static <R> Evolution<R> none() {
        return (Evolution<R>) NONE;
    }

    /** The version of the type of the rows, higher after each change that needs an {@link #upgrade}. */
    public Evolution<R> version(int version) {
        if (version < 1) {
            throw new IllegalArgumentException("version: " + version + " is less than 1");
        }
        return new Evolution<>(version, upgrade, defaults, fields, constants, types);
    }

    /** Has rows of another version made by this function, whatever else is said here. */
    public Evolution<R> upgrade(Upgrade<R> upgrade) {
        Objects.requireNonNull(upgrade, "upgrade");
        return new Evolution<>(version, upgrade, defaults, fields, constants, types);
    }

    /** The value of a new field in records that were written without it; by default null. */
    public Evolution<R> defaultOf(Class<?> record, String field, Object value) {
        Objects.requireNonNull(value, "value");
        return new Evolution<>(
                version, upgrade, with(defaults, new Name(record, field), value), fields, constants, types);
    }

    /** A field that has another name than it had. */
    public Evolution<R> renamed(Class<?> record, String formerField, String field) {
        return new Evolution<>(
                version, upgrade, defaults, with(fields, new Name(record, formerField), field), constants, types);
    }

    /** A record or enum that has another simple name than it had; matters where it is one of a sealed interface. */
    public Evolution<R> renamedType(String former, Class<?> now) {
        return new Evolution<>(
                version,
                upgrade,
                defaults,
                fields,
                constants,
                with(types, new Name(now, former), Kinds.simpleName(now)));
    }

    /** A constant that has another name than it had. */
    public Evolution<R> renamedConstant(Class<? extends Enum<?>> type, String former, String now) {
        return new Evolution<>(version, upgrade, defaults, fields, with(constants, new Name(type, former), now), types);
    }

    int version() {
        return version;
    }

    @Nullable
    Upgrade<R> upgrade() {
        return upgrade;
    }

    @Nullable
    Object defaultOf(Class<?> record, String field) {
        return defaults.get(new Name(record, field));
    }

    /** What the fields of a record, or the constants of an enum, were called, and are called now. */
    Map<String, String> formerNames(Class<?> type) {
        return formerNames(type.isEnum() ? constants : fields, Set.of(type));
    }

    /** What some types were called, and are called now. */
    Map<String, String> formerTypes(Set<Class<?>> now) {
        return formerNames(types, now);
    }

    private static Map<String, String> formerNames(Map<Name, String> renamed, Set<Class<?>> types) {
        Map<String, String> former = new HashMap<>();
        renamed.forEach((name, now) -> {
            if (types.contains(name.type()) && former.put(name.name(), now) != null) {
                throw new IllegalArgumentException("renamedType: two types of one interface were " + name.name());
            }
        });
        return former;
    }

    /**
     * Refuses what is said of something that is not there.
     *
     * @param names the fields or constants of each type that belongs to the rows
     */
    void requireKnown(Map<Class<?>, Map<String, Class<?>>> names) {
        defaults.forEach((field, value) -> {
            Class<?> type = Scalars.wrapper(requireKnown("defaultOf", names, field, field.name()));
            if (!type.isInstance(value)) {
                throw new IllegalArgumentException("defaultOf: " + field + " is of " + type.getSimpleName() + ", not "
                        + value.getClass().getSimpleName());
            }
        });
        fields.forEach((former, now) -> requireRenamed("renamed", names, former, now));
        constants.forEach((former, now) -> requireRenamed("renamedConstant", names, former, now));
        types.forEach((former, now) -> {
            if (!names.containsKey(former.type())) {
                throw new IllegalArgumentException(
                        "renamedType: " + former.type().getName() + " is no part of the rows");
            }
        });
    }

    private static void requireRenamed(
            String what, Map<Class<?>, Map<String, Class<?>>> names, Name former, String now) {
        requireKnown(what, names, former, now);
        if (names.getOrDefault(former.type(), Map.of()).containsKey(former.name())) {
            throw new IllegalArgumentException(what + ": " + former + " is still there");
        }
    }

    /** Its type. */
    private static Class<?> requireKnown(
            String what, Map<Class<?>, Map<String, Class<?>>> names, Name name, String now) {
        Map<String, Class<?>> known = names.get(name.type());
        if (known == null) {
            throw new IllegalArgumentException(what + ": " + name.type().getName() + " is no part of the rows");
        }
        Class<?> type = known.get(now);
        if (type == null) {
            throw new IllegalArgumentException(
                    what + ": " + name.type().getSimpleName() + " has no \"" + now + "\", but " + known.keySet());
        }
        return type;
    }

    private static <K, V> Map<K, V> with(Map<K, V> map, K key, V value) {
        Map<K, V> more = new HashMap<>(map);
        more.put(key, value);
        return Map.copyOf(more);
    }
}
