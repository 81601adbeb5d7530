package dev.heirloom.documents;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a field has that filters compare: how what they name is found among keys of its type. Immutable. */
interface Values {
    /** Texts, numbers and truth values, as indexes of JSON tables have them. */
    Values ANY = Operand::values;

    Values TEXTS = ordered(Operand::text);

    Values LONGS = ordered(Operand::integer);

    Values INTEGERS = ordered(operand -> {
        Long number = operand.integer();
        return number == null || number != number.intValue() ? null : (Object) number.intValue();
    });

    Values TRUTHS = operand -> atMostOne(operand.truth());

    Values UUIDS = operand -> atMostOne(uuid(operand.text()));

    Map<Class<?>, Values> BY_TYPE = Map.of(
            String.class, TEXTS,
            Long.class, LONGS,
            long.class, LONGS,
            Integer.class, INTEGERS,
            int.class, INTEGERS,
            Boolean.class, TRUTHS,
            boolean.class, TRUTHS,
            UUID.class, UUIDS);

    /** The keys that JSON shows as something that equals an operand, which is no pattern. */
    Set<Object> equal(Operand operand);

    /**
     * The key before and after which, in their natural order, are those that JSON shows as something before and after an
     * operand; null if there is none.
     */
    default @Nullable Object bound(Operand operand) {
        return null;
    }

    /** All that equal one of some operands. */
    default Set<Object> equal(List<Operand> operands) {
        Set<Object> all = new LinkedHashSet<>();
        operands.forEach(each -> all.addAll(equal(each)));
        return all;
    }

    /** Those of a type; empty if it is none whose values can be looked up. */
    static Optional<Values> of(Class<?> type) {
        return type.isEnum() ? Optional.of(constants(type)) : Optional.ofNullable(BY_TYPE.get(type));
    }

    /** Those whose natural order is that of what JSON shows: one key equals an operand, and is its bound. */
    private static Values ordered(Function<Operand, @Nullable Object> key) {
        return new Values() {
            @Override
            public Set<Object> equal(Operand operand) {
                return atMostOne(bound(operand));
            }

            @Override
            public @Nullable Object bound(Operand operand) {
                return key.apply(operand);
            }
        };
    }

    private static Values constants(Class<?> type) {
        return operand -> atMostOne(Arrays.stream(type.getEnumConstants())
                .filter(each -> ((Enum<?>) each).name().equals(operand.text()))
                .findFirst()
                .orElse(null));
    }

    private static @Nullable UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null; // no row has it
        }
    }

    private static Set<Object> atMostOne(@Nullable Object value) {
        return value == null ? Set.of() : Set.of(value);
    }
}
