package dev.heirloom.backup;

import dev.heirloom.table.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the kind of a type of rows, and of all types within it. */
final class Kinds {
    private final String table;
    private final Class<?> rowType;
    private final Evolution<?> evolution;
    private final Map<Shape, Kind> known = new HashMap<>();
    private final Map<Class<?>, Map<String, Class<?>>> names = new LinkedHashMap<>();

    private Kinds(String table, Class<?> rowType, Evolution<?> evolution) {
        this.table = table;
        this.rowType = rowType;
        this.evolution = evolution;
    }

    /**
     * The kind of a type of rows.
     *
     * @throws UnsupportedRowException if there is none
     * @throws IllegalArgumentException if the evolution names what is not there
     */
    static Kind of(String table, Class<?> rowType, Evolution<?> evolution) {
        Kinds kinds = new Kinds(table, rowType, evolution);
        Kind kind = kinds.find(simpleName(rowType), Shape.of(rowType));
        evolution.requireKnown(kinds.names);
        return kind;
    }

    /** As {@link Class#getSimpleName}, which loads the class around a nested one. */
    static String simpleName(Class<?> type) {
        String name = type.getName();
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1)
                .replaceFirst("^[0-9]+", "");
    }

    private Kind find(String path, Shape shape) {
        Class<?> type = shape.type();
        Kind scalar = Scalars.of(type);
        if (scalar != null) {
            return scalar;
        }
        Kind found = known.get(shape);
        if (found != null) {
            return found;
        }
        for (SequenceType sequence : SequenceType.values()) {
            if (sequence.type() == type) {
                return keep(shape, sequence(path, shape, sequence));
            }
        }
        if (MapKind.isMap(type)) {
            return keep(shape, map(path, shape));
        }
        if (type.isEnum()) {
            return keep(shape, constants(type));
        }
        if (type.isRecord()) {
            return record(path, shape);
        }
        if (isSealed(type)) {
            return sealed(path, shape);
        }
        throw unsupported(path, type.getTypeName() + " is not supported");
    }

    private Kind keep(Shape shape, Kind kind) {
        known.put(shape, kind);
        return kind;
    }

    private Kind sequence(String path, Shape shape, SequenceType type) {
        Class<?> given = type.element();
        Shape element = given != null ? Shape.of(given) : argument(path, shape, 0);
        if (type.isSorted()) {
            requireComparable(path + "[]", element);
        }
        return new SequenceKind(type, find(path + "[]", element));
    }

    private Kind map(String path, Shape shape) {
        Shape key = argument(path, shape, 0);
        boolean sorted = MapKind.isSorted(shape.type());
        if (sorted) {
            requireComparable(path + "[key]", key);
        }
        return new MapKind(sorted, find(path + "[key]", key), find(path + "[value]", argument(path, shape, 1)));
    }

    private Shape argument(String path, Shape shape, int index) {
        if (shape.arguments().isEmpty()) {
            throw unsupported(path, shape.type().getTypeName() + " does not say what it contains");
        }
        return shape.arguments().get(index);
    }

    private void requireComparable(String path, Shape shape) {
        if (!Comparable.class.isAssignableFrom(shape.type())) {
            throw unsupported(path, shape.type().getTypeName() + " is sorted, and not Comparable");
        }
    }

    private Kind constants(Class<?> type) {
        List<Enum<?>> constants = Stream.of(type.getEnumConstants())
                .<Enum<?>>map(each -> (Enum<?>) each)
                .toList();
        Map<String, Class<?>> its = new LinkedHashMap<>();
        constants.forEach(each -> its.put(each.name(), type));
        names.put(type, its);
        return EnumKind.of(simpleName(type), constants, known(evolution.formerNames(type), its));
    }

    private Kind record(String path, Shape shape) {
        Class<?> type = shape.type();
        RecordComponent[] components = type.getRecordComponents();
        Map<String, Class<?>> its = new LinkedHashMap<>();
        Stream.of(components).forEach(each -> its.put(each.getName(), each.getType()));
        names.put(type, its);
        try {
            Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            RecordKind kind = new RecordKind(simpleName(type), maker(lookup, type, List.copyOf(its.values())));
            keep(shape, kind); // before its fields, which may refer to it
            List<RecordField> fields = new ArrayList<>();
            for (RecordComponent each : components) {
                Shape of = shape.resolve(each.getGenericType());
                fields.add(new RecordField(
                        each.getName(),
                        find(path + "." + each.getName(), of),
                        each.getType(),
                        lookup.unreflect(each.getAccessor()),
                        evolution.defaultOf(type, each.getName())));
            }
            kind.link(fields, known(evolution.formerNames(type), its));
            return kind;
        } catch (IllegalAccessException | NoSuchMethodException e) {
            throw unsupported(
                    path, type.getName() + " is not open to " + Kinds.class.getPackageName() + " (" + e + ")");
        }
    }

    private static RecordKind.Maker maker(Lookup lookup, Class<?> type, List<Class<?>> fields)
            throws IllegalAccessException, NoSuchMethodException {
        MethodHandle make = lookup.findConstructor(type, MethodType.methodType(void.class, fields))
                .asSpreader(Object[].class, fields.size())
                .asType(MethodType.methodType(Object.class, Object[].class));
        return values -> (Object) make.invokeExact(values);
    }

    /** Those of now that are there: the others are refused once everything is known. */
    private static Map<String, String> known(Map<String, String> former, Map<String, Class<?>> names) {
        former.values().retainAll(names.keySet());
        return former;
    }

    private Kind sealed(String path, Shape shape) {
        SealedKind kind = new SealedKind(simpleName(shape.type()));
        keep(shape, kind); // before its types, which may refer to it
        Map<Class<?>, Shape> types = new LinkedHashMap<>();
        collect(path, shape, types);
        List<Kind> options = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        types.forEach((type, of) -> {
            if (!taken.add(simpleName(type))) {
                throw unsupported(path, "two types of it are called " + simpleName(type));
            }
            options.add(find(path + "(" + simpleName(type) + ")", of));
        });
        Map<String, String> former = evolution.formerTypes(types.keySet());
        former.keySet().stream().filter(taken::contains).forEach(each -> {
            throw new IllegalArgumentException("renamedType: " + each + " is still a type of " + kind.name());
        });
        kind.link(options, List.copyOf(types.keySet()), former);
        return kind;
    }

    private void collect(String path, Shape shape, Map<Class<?>, Shape> types) {
        for (Class<?> each : shape.type().getPermittedSubclasses()) {
            Shape narrowed = shape.narrowedTo(each);
            String at = path + "(" + simpleName(each) + ")";
            if (each.isRecord() || each.isEnum()) {
                types.put(each, narrowed);
            } else if (isSealed(each)) {
                collect(at, narrowed, types);
            } else {
                throw unsupported(at, each.getName() + " is not supported");
            }
        }
    }

    private static boolean isSealed(Class<?> type) {
        return type.isInterface() && type.isSealed();
    }

    private UnsupportedRowException unsupported(String path, String why) {
        return new UnsupportedRowException(table, rowType, path, why);
    }
}
