package dev.heirloom.backup;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What holds any number of values of one kind, one after another. */
enum SequenceType {
    COLLECTION(Collection.class) {
        @Override
        Collection<?> elements(Object value) {
            if (value instanceof Set) {
                throw new MalformedException("a Set in a Collection would come back as a List: declare a Set");
            }
            return (Collection<?>) value;
        }
    },
    LIST(List.class),
    SET(Set.class) {
        @Override
        Object make(@Nullable Object[] elements) {
            return Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(elements)));
        }
    },
    SORTED_SET(SortedSet.class) {
        @Override
        Collection<?> elements(Object value) {
            requireNaturalOrder(((SortedSet<?>) value).comparator());
            return (Collection<?>) value;
        }

        @Override
        Object make(@Nullable Object[] elements) {
            return Collections.unmodifiableNavigableSet(new TreeSet<>(Arrays.asList(elements)));
        }
    },
    NAVIGABLE_SET(NavigableSet.class) {
        @Override
        Collection<?> elements(Object value) {
            return SORTED_SET.elements(value);
        }

        @Override
        Object make(@Nullable Object[] elements) {
            return SORTED_SET.make(elements);
        }
    },
    OPTIONAL(Optional.class) {
        @Override
        Collection<?> elements(Object value) {
            return ((Optional<?>) value).map(List::of).orElse(List.of());
        }

        @Override
        Object make(@Nullable Object[] elements) {
            return isPresent(elements) ? Optional.of(elements[0]) : Optional.empty();
        }
    },
    OPTIONAL_INT(OptionalInt.class) {
        @Override
        Collection<?> elements(Object value) {
            OptionalInt optional = (OptionalInt) value;
            return optional.isPresent() ? List.of(optional.getAsInt()) : List.of();
        }

        @Override
        Object make(@Nullable Object[] elements) {
            return isPresent(elements) ? OptionalInt.of((int) elements[0]) : OptionalInt.empty();
        }
    },
    OPTIONAL_LONG(OptionalLong.class) {
        @Override
        Collection<?> elements(Object value) {
            OptionalLong optional = (OptionalLong) value;
            return optional.isPresent() ? List.of(optional.getAsLong()) : List.of();
        }

        @Override
        Object make(@Nullable Object[] elements) {
            return isPresent(elements) ? OptionalLong.of((long) elements[0]) : OptionalLong.empty();
        }
    },
    OPTIONAL_DOUBLE(OptionalDouble.class) {
        @Override
        Collection<?> elements(Object value) {
            OptionalDouble optional = (OptionalDouble) value;
            return optional.isPresent() ? List.of(optional.getAsDouble()) : List.of();
        }

        @Override
        Object make(@Nullable Object[] elements) {
            return isPresent(elements) ? OptionalDouble.of((double) elements[0]) : OptionalDouble.empty();
        }
    };

    private final Class<?> type;

    SequenceType(Class<?> type) {
        this.type = type;
    }

    /** That of a simple name. */
    static SequenceType named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.type.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() -> new MalformedException("unknown type " + name));
    }

    Class<?> type() {
        return type;
    }

    boolean isSorted() {
        return this == SORTED_SET || this == NAVIGABLE_SET;
    }

    /** The type of the elements where the type itself says it; otherwise null. */
    @Nullable
    Class<?> element() {
        return switch (this) {
            case OPTIONAL_INT -> Integer.class;
            case OPTIONAL_LONG -> Long.class;
            case OPTIONAL_DOUBLE -> Double.class;
            default -> null;
        };
    }

    /** That which needs no order, to hold the rows of another release. */
    SequenceType unsorted() {
        return isSorted() ? SET : this;
    }

    Collection<?> elements(Object value) {
        return (Collection<?>) value;
    }

    /** Unmodifiable, in this order. */
    Object make(@Nullable Object[] elements) {
        return Arrays.stream(elements).toList();
    }

    static void requireNaturalOrder(@Nullable Comparator<?> order) {
        if (order != null && order != Comparator.naturalOrder()) {
            throw new MalformedException("its order is not the natural one, and would be lost");
        }
    }

    private static boolean isPresent(@Nullable Object[] elements) {
        if (elements.length > 1 || (elements.length == 1 && elements[0] == null)) {
            throw new MalformedException("more than one value, or null, in an optional one");
        }
        return elements.length == 1;
    }
}
