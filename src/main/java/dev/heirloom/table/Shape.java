package dev.heirloom.table;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A class with the types that its type parameters stand for: what is left of a generic type once its variables are
 * replaced.
 *
 * @param arguments one a type parameter, or none, as with a raw type: then the parameters stand for their bounds
 */
public record Shape(Class<?> type, List<Shape> arguments) {
    /** What is nested deeper is cut off, so that a {@code Tree<T>} of {@code Tree<Tree<T>>} comes to an end. */
    private static final int DEEPEST = 6;

    public static Shape of(Class<?> type) {
        return new Shape(type, List.of());
    }

    /** A type as a declaration inside of this class names it. */
    public Shape resolve(Type declared) {
        return resolve(declared, 0);
    }

    /** The shape of a class that extends or implements this one. */
    public Shape narrowedTo(Class<?> subclass) {
        TypeVariable<?>[] parameters = subclass.getTypeParameters();
        if (parameters.length == 0 || arguments.isEmpty()) {
            return of(subclass);
        }
        List<Type> given = Stream.concat(
                        Stream.ofNullable(subclass.getGenericSuperclass()),
                        Arrays.stream(subclass.getGenericInterfaces()))
                .filter(each -> each instanceof ParameterizedType generic && generic.getRawType() == type)
                .findFirst()
                .map(generic -> List.of(((ParameterizedType) generic).getActualTypeArguments()))
                .orElse(List.of());
        return new Shape(
                subclass,
                Arrays.stream(parameters)
                        .map(each -> given.contains(each) ? arguments.get(given.indexOf(each)) : resolve(each))
                        .toList());
    }

    private Shape resolve(Type declared, int depth) {
        if (declared instanceof ParameterizedType generic) {
            List<Shape> resolved = depth == DEEPEST
                    ? List.of()
                    : Arrays.stream(generic.getActualTypeArguments())
                            .map(each -> resolve(each, depth + 1))
                            .toList();
            boolean tooDeep = resolved.stream().anyMatch(each -> each.depth() >= DEEPEST);
            return new Shape(erasure(generic), tooDeep ? List.of() : resolved);
        }
        if (declared instanceof WildcardType wildcard) {
            return resolve(wildcard.getUpperBounds()[0], depth);
        }
        if (declared instanceof TypeVariable<?> variable) {
            int index = List.of(type.getTypeParameters()).indexOf(variable);
            if (index >= 0 && index < arguments.size()) {
                return arguments.get(index);
            }
            Type bound = strictest(variable);
            return depth == DEEPEST ? of(erasure(bound)) : resolve(bound, depth + 1);
        }
        return of(erasure(declared));
    }

    private int depth() {
        return 1 + arguments.stream().mapToInt(Shape::depth).max().orElse(0);
    }

    /** Of several bounds the one that says most about what can be changed. */
    private static Type strictest(TypeVariable<?> variable) {
        return Arrays.stream(variable.getBounds())
                .filter(bound -> PlatformTypes.isCollection(erasure(bound)))
                .findFirst()
                .orElse(variable.getBounds()[0]);
    }

    private static Class<?> erasure(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType generic) {
            return erasure(generic.getRawType());
        }
        if (type instanceof GenericArrayType array) {
            return erasure(array.getGenericComponentType()).arrayType();
        }
        if (type instanceof WildcardType wildcard) {
            return erasure(wildcard.getUpperBounds()[0]);
        }
        return type instanceof TypeVariable<?> variable ? erasure(variable.getBounds()[0]) : Object.class;
    }
}
