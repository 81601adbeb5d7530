package dev.heirloom.table;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.attribute.FileTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DecimalStyle;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** What is known of the JDK's types: which are values, and which can be seen to be mutable. */
final class PlatformTypes {
    // By name, because some of them keep a cache in a field that is not final, as String does its hash code.
    private static final Set<Class<?>> VALUES = Set.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Character.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            String.class,
            Enum.class,
            Class.class,
            BigDecimal.class,
            BigInteger.class,
            UUID.class,
            URI.class,
            Locale.class,
            Currency.class,
            Charset.class,
            Pattern.class,
            Optional.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class,
            InetAddress.class,
            Inet4Address.class,
            Inet6Address.class,
            InetSocketAddress.class,
            FileTime.class,
            DateTimeFormatter.class,
            DecimalStyle.class);

    private static final Set<String> PACKAGES_OF_VALUES =
            Set.of("java.time", "java.time.chrono", "java.time.temporal", "java.time.zone");

    private PlatformTypes() {}

    static boolean isPlatform(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    /** Whether it is a value by what is known of it, whatever its fields look like. */
    static boolean isValue(Class<?> type) {
        return type.isPrimitive()
                || type.isEnum()
                || VALUES.contains(type)
                || (isPlatform(type) && PACKAGES_OF_VALUES.contains(type.getPackageName()));
    }

    /** Whether it is one of the JDK's collections or maps; somebody else's may well be immutable. */
    static boolean isCollection(Class<?> type) {
        return isPlatform(type) && (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type));
    }

    /** Whether its type arguments are what it holds: so not those of a {@code Comparator}. */
    static boolean isContainer(Class<?> type) {
        return type == Optional.class
                || Iterable.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || Map.Entry.class.isAssignableFrom(type);
    }

    /** Whether the fields of a type of the JDK, or of what they refer to, show that it is mutable. */
    static boolean isMutable(Class<?> type) {
        Deque<Class<?>> open = new ArrayDeque<>(List.of(type));
        Set<Class<?>> seen = new HashSet<>();
        while (!open.isEmpty()) {
            for (Class<?> at = open.remove(); at != null && !isValue(at) && seen.add(at); at = at.getSuperclass()) {
                for (Field field : fields(at)) {
                    Class<?> of = field.getType();
                    if (!Modifier.isFinal(field.getModifiers()) || of.isArray() || isCollection(of)) {
                        return true;
                    }
                    open.add(of);
                }
            }
        }
        return false;
    }

    /** The fields of each instance that the class itself declares; none if one of their types is not there. */
    static List<Field> fields(Class<?> type) {
        try {
            return Arrays.stream(type.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()))
                    .toList();
        } catch (LinkageError e) {
            return List.of(); // an optional dependency that is missing: what cannot be loaded cannot be seen
        }
    }

    /** What source code calls the type. */
    static String name(Class<?> type) {
        String name = type.getCanonicalName();
        return name == null ? type.getTypeName() : name;
    }
}
