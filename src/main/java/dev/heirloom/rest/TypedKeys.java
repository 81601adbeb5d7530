package dev.heirloom.rest;

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How keys of one class are read from URLs. Immutable. */
final class TypedKeys<K> {
    private final Function<String, K> parse;

    private TypedKeys(Function<String, K> parse) {
        this.parse = parse;
    }

    /**
     * @param type the class of the keys; null if it is not known
     * @param table what errors name
     */
    @SuppressWarnings("unchecked") // each reads keys of that class
    static <K> TypedKeys<K> of(@Nullable Type type, String table) {
        return new TypedKeys<>((Function<String, K>) parser(type, table));
    }

    private static Function<String, ?> parser(@Nullable Type type, String table) {
        if (type == String.class) {
            return text -> text;
        }
        if (type == Long.class) {
            return text -> parsed(text, "a Long", Long::valueOf);
        }
        if (type == Integer.class) {
            return text -> parsed(text, "an Integer", Integer::valueOf);
        }
        if (type == UUID.class) {
            return text -> parsed(text, "a UUID", UUID::fromString);
        }
        if (type instanceof Class<?> constants && constants.isEnum()) {
            return text -> constant(text, constants);
        }
        String name = type == null ? "not known" : type.getTypeName();
        return text -> {
            throw new ProblemException(Problem.of(422, "unsupported-key", "Keys of this type cannot be in a URL")
                    .withDetail("the type of the keys of table " + table + " is " + name
                            + "; supported are String, Long, Integer, UUID and enums"));
        };
    }

    private static Object constant(String text, Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> ((Enum<?>) each).name().equals(text))
                .findFirst()
                .orElseThrow(() -> wrong("a " + type.getSimpleName()));
    }

    private static <T> T parsed(String text, String what, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrong(what);
        }
    }

    private static ProblemException wrong(String what) {
        return new ProblemException(Problems.invalid("the key is not " + what + ", as keys of this table are"));
    }

    K key(String text) {
        return parse.apply(text);
    }

    String text(K key) {
        return key instanceof Enum<?> constant ? constant.name() : key.toString();
    }
}
