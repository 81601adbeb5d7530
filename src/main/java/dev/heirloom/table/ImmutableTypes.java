package dev.heirloom.table;

import java.lang.reflect.Field;
import java.lang.reflect.GenericSignatureFormatError;
import java.lang.reflect.MalformedParameterizedTypeException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The check that the rows of a table are immutable, as far as their types show it. ETS copies a row at each read and
 * each write; a table hands out references instead, and so depends on it.
 *
 * <p>Refused is what can be <em>seen</em> to be mutable, in the class of the rows or in what its fields refer to at any
 * depth:
 *
 * <ul>
 *   <li>a field that is not final, inherited ones included;
 *   <li>an array;
 *   <li>a collection or map of the JDK, also where only the interface is declared: it does not say whether what it holds
 *       is unmodifiable;
 *   <li>any other type of the JDK with such fields: {@code Date}, {@code StringBuilder}, {@code AtomicLong}.
 * </ul>
 *
 * <p>Of a sealed type its permitted subclasses are checked, of a generic type what its parameters stand for. Accepted,
 * because nothing is seen, are {@code Object}, interfaces, and classes that are not final, if what they declare
 * themselves is immutable: what a subclass adds is not known. The JDK's well-known values, and the types that a user
 * vouches for, are accepted without a look at their fields; of collections, maps and {@code Optional}s the type
 * arguments are checked even so.
 *
 * <p>{@link #check} is thread-safe.
 */
final class ImmutableTypes {
    private final Set<Class<?>> vouched;
    private final Deque<Use> open = new ArrayDeque<>();
    private final Set<Shape> seen = new HashSet<>();
    private final Set<String> reasons = new LinkedHashSet<>();
    private final Set<Class<?>> mutable = new LinkedHashSet<>();

    /** A type where it is used: by a field, as a type argument or as a permitted subclass. */
    private record Use(String path, Shape shape) {}

    private ImmutableTypes(Set<Class<?>> vouched) {
        this.vouched = vouched;
    }

    /**
     * Checks the class of a table's rows.
     *
     * @param vouched types that count as values wherever they occur
     * @throws MutableRowException if it can be seen to be mutable; the message lists every field found
     */
    static void check(String table, Class<?> rowType, Set<Class<?>> vouched) {
        ImmutableTypes types = new ImmutableTypes(vouched);
        types.open.add(new Use(simpleName(rowType), Shape.of(rowType)));
        while (!types.open.isEmpty()) {
            types.look(types.open.remove()); // breadth first: the shortest path to a type comes first
        }
        if (!types.reasons.isEmpty()) {
            throw new MutableRowException(table, types.reasons, types.mutable);
        }
    }

    private void look(Use use) {
        Class<?> type = use.shape.type();
        if (vouched.contains(type) || PlatformTypes.isValue(type)) {
            lookIntoContainer(use);
        } else if (type.isArray()) {
            refuse(use.path, PlatformTypes.name(type) + " is an array, and mutable", type);
        } else if (PlatformTypes.isCollection(type)) {
            refuseCollection(use);
        } else if (PlatformTypes.isPlatform(type)) {
            if (PlatformTypes.isMutable(type)) {
                refuse(use.path, PlatformTypes.name(type) + " is mutable", type);
            } else {
                lookIntoContainer(use);
            }
        } else if (seen.add(use.shape)) {
            lookIntoContainer(use);
            lookAtFields(use);
            lookAtSubclasses(use);
        }
    }

    private void lookIntoContainer(Use use) {
        if (PlatformTypes.isContainer(use.shape.type())) {
            List<Shape> arguments = use.shape.arguments();
            for (int i = 0; i < arguments.size(); i++) {
                String element = arguments.size() != 2 ? "[]" : i == 0 ? "[key]" : "[value]";
                open.add(new Use(use.path + element, arguments.get(i)));
            }
        }
    }

    private void lookAtFields(Use use) {
        Class<?> type = use.shape.type();
        Shape at = use.shape;
        while (at != null && !PlatformTypes.isPlatform(at.type())) {
            for (Field field : PlatformTypes.fields(at.type())) {
                String path = use.path + "." + field.getName();
                if (Modifier.isFinal(field.getModifiers())) {
                    open.add(new Use(path, at.resolve(typeOf(field))));
                } else {
                    refuse(path, "not a final field, so " + PlatformTypes.name(at.type()) + " is mutable", at.type());
                }
            }
            at = superclass(at);
        }
        if (at != null && PlatformTypes.isMutable(at.type())) {
            refuse(
                    use.path,
                    PlatformTypes.name(type) + " extends " + PlatformTypes.name(at.type()) + ", which is mutable",
                    type);
        }
    }

    private void lookAtSubclasses(Use use) {
        Class<?> type = use.shape.type();
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                open.add(new Use(use.path + "(" + simpleName(permitted) + ")", use.shape.narrowedTo(permitted)));
            }
        }
    }

    /** The superclass, unless somebody vouches for it or there is none. */
    private @Nullable Shape superclass(Shape shape) {
        Class<?> plain = shape.type().getSuperclass();
        if (plain == null || vouched.contains(plain)) {
            return null;
        }
        Type generic = shape.type().getGenericSuperclass();
        return generic == null ? Shape.of(plain) : shape.resolve(generic);
    }

    private static Type typeOf(Field field) {
        try {
            return field.getGenericType();
        } catch (TypeNotPresentException | MalformedParameterizedTypeException | GenericSignatureFormatError e) {
            return field.getType();
        }
    }

    private void refuse(String path, String why, Class<?> type) {
        reasons.add(path + ": " + why);
        mutable.add(type);
    }

    private void refuseCollection(Use use) {
        Class<?> type = use.shape.type();
        boolean declared = Modifier.isAbstract(type.getModifiers());
        Class<?> face = declared ? type : faceOf(type);
        refuse(
                use.path,
                PlatformTypes.name(type) + (declared ? " cannot be seen to be unmodifiable" : " is mutable")
                        + " (have the constructor copy it with " + copyOf(face) + ", and vouch for "
                        + simpleName(face) + ")",
                face);
    }

    /** What to declare instead of a class of the JDK's that is a collection or a map. */
    private static Class<?> faceOf(Class<?> type) {
        return Stream.of(SortedMap.class, Map.class, SortedSet.class, Set.class, List.class)
                .filter(face -> face.isAssignableFrom(type))
                .findFirst()
                .orElse(Collection.class);
    }

    private static String copyOf(Class<?> face) {
        if (SortedMap.class.isAssignableFrom(face)) {
            return "Collections.unmodifiableSortedMap(new TreeMap<>(...))";
        }
        if (SortedSet.class.isAssignableFrom(face)) {
            return "Collections.unmodifiableSortedSet(new TreeSet<>(...))";
        }
        return Map.class.isAssignableFrom(face)
                ? "Map.copyOf"
                : Set.class.isAssignableFrom(face) ? "Set.copyOf" : "List.copyOf";
    }

    /** As {@link Class#getSimpleName}, which loads the class around a nested one; that may not have been deployed. */
    private static String simpleName(Class<?> type) {
        if (type.isArray()) {
            return simpleName(type.getComponentType()) + "[]";
        }
        String name = type.getName();
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1)
                .replaceFirst("^[0-9]+", "");
    }
}
