package dev.heirloom.backup;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All kinds of values of the JDK that contain no others. */
final class Scalars {
    private static final Map<Class<?>, Class<?>> WRAPPERS = Map.of(
            boolean.class, Boolean.class,
            byte.class, Byte.class,
            short.class, Short.class,
            char.class, Character.class,
            int.class, Integer.class,
            long.class, Long.class,
            float.class, Float.class,
            double.class, Double.class);

    private static final List<Scalar<?>> ALL = List.of(
            whole(Boolean.class, 0, 1, n -> n == 1, value -> value ? 1 : 0, Scalars::truth),
            whole(Byte.class, Byte.MIN_VALUE, Byte.MAX_VALUE, n -> (byte) n, Byte::longValue, Byte::valueOf),
            whole(Short.class, Short.MIN_VALUE, Short.MAX_VALUE, n -> (short) n, Short::longValue, Short::valueOf),
            whole(Character.class, 0, Character.MAX_VALUE, n -> (char) n, value -> value, Scalars::character),
            whole(
                    Integer.class,
                    Integer.MIN_VALUE,
                    Integer.MAX_VALUE,
                    n -> (int) n,
                    Integer::longValue,
                    Integer::valueOf),
            whole(Long.class, Long.MIN_VALUE, Long.MAX_VALUE, n -> n, Long::longValue, Long::valueOf),
            new Scalar<>(
                    Float.class,
                    (out, value) -> out.putInt(Float.floatToRawIntBits(value)),
                    in -> Float.intBitsToFloat(in.getInt()),
                    Object::toString,
                    Float::valueOf),
            new Scalar<>(
                    Double.class,
                    (out, value) -> out.putLong(Double.doubleToRawLongBits(value)),
                    in -> Double.longBitsToDouble(in.getLong()),
                    Object::toString,
                    Double::valueOf),
            new Scalar<>(String.class, ByteSink::putString, ByteSource::getString, value -> value, text -> text),
            new Scalar<>(
                    byte[].class,
                    Scalars::putBytes,
                    Scalars::takeBytes,
                    value -> Base64.getEncoder().encodeToString(value),
                    text -> Base64.getDecoder().decode(text)),
            new Scalar<>(
                    BigInteger.class,
                    (out, value) -> putBytes(out, value.toByteArray()),
                    in -> new BigInteger(takeBytes(in)),
                    Object::toString,
                    BigInteger::new),
            new Scalar<>(
                    BigDecimal.class,
                    (out, value) -> {
                        out.putVarInt(value.scale());
                        putBytes(out, value.unscaledValue().toByteArray());
                    },
                    in -> {
                        int scale = in.getVarInt();
                        return new BigDecimal(new BigInteger(takeBytes(in)), scale);
                    },
                    Scalars::text,
                    Scalars::decimal),
            new Scalar<>(
                    UUID.class,
                    (out, value) -> {
                        out.putLong(value.getMostSignificantBits());
                        out.putLong(value.getLeastSignificantBits());
                    },
                    in -> new UUID(in.getLong(), in.getLong()),
                    UUID::toString,
                    UUID::fromString),
            new Scalar<>(
                    Instant.class,
                    (out, value) -> {
                        out.putVarLong(value.getEpochSecond());
                        out.putVarInt(value.getNano());
                    },
                    in -> Instant.ofEpochSecond(in.getVarLong(), in.getVarInt()),
                    Instant::toString,
                    Instant::parse),
            new Scalar<>(
                    Duration.class,
                    (out, value) -> {
                        out.putVarLong(value.getSeconds());
                        out.putVarInt(value.getNano());
                    },
                    in -> Duration.ofSeconds(in.getVarLong(), in.getVarInt()),
                    Duration::toString,
                    Duration::parse),
            new Scalar<>(Period.class, Period::toString, Period::parse),
            new Scalar<>(LocalDate.class, Scalars::putDate, Scalars::takeDate, LocalDate::toString, LocalDate::parse),
            new Scalar<>(LocalTime.class, Scalars::putTime, Scalars::takeTime, LocalTime::toString, LocalTime::parse),
            new Scalar<>(
                    LocalDateTime.class,
                    Scalars::putDateTime,
                    Scalars::takeDateTime,
                    LocalDateTime::toString,
                    LocalDateTime::parse),
            new Scalar<>(
                    OffsetDateTime.class,
                    (out, value) -> {
                        putDateTime(out, value.toLocalDateTime());
                        putOffset(out, value.getOffset());
                    },
                    in -> OffsetDateTime.of(takeDateTime(in), takeOffset(in)),
                    OffsetDateTime::toString,
                    OffsetDateTime::parse),
            new Scalar<>(OffsetTime.class, OffsetTime::toString, OffsetTime::parse),
            new Scalar<>(
                    ZonedDateTime.class,
                    (out, value) -> {
                        putDateTime(out, value.toLocalDateTime());
                        putOffset(out, value.getOffset());
                        out.putString(value.getZone().getId());
                    },
                    in -> ZonedDateTime.ofInstant(takeDateTime(in), takeOffset(in), ZoneId.of(in.getString())),
                    ZonedDateTime::toString,
                    Scalars::zonedDateTime),
            new Scalar<>(ZoneId.class, ZoneId::getId, ZoneId::of),
            new Scalar<>(ZoneOffset.class, Scalars::putOffset, Scalars::takeOffset, ZoneOffset::getId, ZoneOffset::of),
            new Scalar<>(Year.class, Year::toString, text -> Year.of(Integer.parseInt(text))),
            new Scalar<>(YearMonth.class, YearMonth::toString, Scalars::yearMonth),
            new Scalar<>(MonthDay.class, MonthDay::toString, MonthDay::parse),
            new Scalar<>(URI.class, URI::toString, URI::create),
            new Scalar<>(Locale.class, Scalars::text, Scalars::locale),
            new Scalar<>(Currency.class, Currency::getCurrencyCode, Currency::getInstance));

    private static final Map<Class<?>, Scalar<?>> BY_TYPE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Scalar::type, each -> each));
    private static final Map<String, Scalar<?>> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Scalar::name, each -> each));

    private Scalars() {}

    /** That of a class, of the wrapper for a primitive type; null if it is no scalar. */
    static @Nullable Scalar<?> of(Class<?> type) {
        return BY_TYPE.get(wrapper(type));
    }

    static Scalar<?> named(String name) {
        Scalar<?> scalar = BY_NAME.get(name);
        if (scalar == null) {
            throw new MalformedException("unknown type " + name);
        }
        return scalar;
    }

    static Class<?> wrapper(Class<?> type) {
        return WRAPPERS.getOrDefault(type, type);
    }

    /** Whether a primitive type is written as {@link ByteSink#putVarLong} does. */
    static boolean isWhole(Class<?> primitive) {
        return primitive != float.class && primitive != double.class;
    }

    private static <T> Scalar<T> whole(
            Class<T> type,
            long least,
            long most,
            LongFunction<T> of,
            ToLongFunction<T> number,
            Function<String, T> parse) {
        return new Scalar<>(
                type,
                (out, value) -> out.putVarLong(number.applyAsLong(value)),
                in -> {
                    long value = in.getVarLong();
                    if (value < least || value > most) {
                        throw new MalformedException(value + " is no " + type.getSimpleName());
                    }
                    return of.apply(value);
                },
                Object::toString,
                parse);
    }

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new MalformedException(text + " is neither true nor false");
        }
        return text.equals("true");
    }

    private static char character(String text) {
        if (text.length() != 1) {
            throw new MalformedException("\"" + text + "\" is not one char");
        }
        return text.charAt(0);
    }

    private static void putBytes(ByteSink out, byte[] bytes) {
        out.putVarInt(bytes.length);
        out.putBytes(bytes, 0, bytes.length);
    }

    private static byte[] takeBytes(ByteSource in) {
        return in.getBytes(in.getVarInt());
    }

    private static void putDate(ByteSink out, LocalDate date) {
        out.putVarLong(date.toEpochDay());
    }

    private static LocalDate takeDate(ByteSource in) {
        return LocalDate.ofEpochDay(in.getVarLong());
    }

    private static void putTime(ByteSink out, LocalTime time) {
        out.putVarLong(time.toNanoOfDay());
    }

    private static LocalTime takeTime(ByteSource in) {
        return LocalTime.ofNanoOfDay(in.getVarLong());
    }

    private static void putDateTime(ByteSink out, LocalDateTime dateTime) {
        putDate(out, dateTime.toLocalDate());
        putTime(out, dateTime.toLocalTime());
    }

    private static LocalDateTime takeDateTime(ByteSource in) {
        return LocalDateTime.of(takeDate(in), takeTime(in));
    }

    private static void putOffset(ByteSink out, ZoneOffset offset) {
        out.putVarInt(offset.getTotalSeconds());
    }

    private static ZoneOffset takeOffset(ByteSource in) {
        return ZoneOffset.ofTotalSeconds(in.getVarInt());
    }

    /** As the JDK's, but for exponents that it writes and cannot read. */
    private static String text(BigDecimal value) {
        return Math.abs((long) value.scale()) < 1_000_000_000
                ? value.toString()
                : value.unscaledValue() + "s" + value.scale();
    }

    private static BigDecimal decimal(String text) {
        int s = text.indexOf('s');
        return s < 0
                ? new BigDecimal(text)
                : new BigDecimal(new BigInteger(text.substring(0, s)), Integer.parseInt(text.substring(s + 1)));
    }

    /** As the JDK's, but also of years that it writes without the sign which it needs to read them. */
    private static YearMonth yearMonth(String text) {
        int minus = text.lastIndexOf('-');
        return YearMonth.of(Integer.parseInt(text.substring(0, minus)), Integer.parseInt(text.substring(minus + 1)));
    }

    /** By the offset that it had, whatever has become of the rules of the zone: the moment stays the same. */
    private static ZonedDateTime zonedDateTime(String text) {
        int bracket = text.indexOf('[');
        OffsetDateTime moment = OffsetDateTime.parse(bracket < 0 ? text : text.substring(0, bracket));
        ZoneId zone = bracket < 0 ? moment.getOffset() : ZoneId.of(text.substring(bracket + 1, text.length() - 1));
        return ZonedDateTime.ofInstant(moment.toLocalDateTime(), moment.getOffset(), zone);
    }

    /** The language tag, or language, country and variant with '_' between them where a tag would change them. */
    private static String text(Locale locale) {
        String tag = locale.toLanguageTag();
        if (Locale.forLanguageTag(tag).equals(locale)) {
            return tag;
        }
        String parts = String.join("_", locale.getLanguage(), locale.getCountry(), locale.getVariant());
        if (!locale(parts).equals(locale)) {
            throw new IllegalArgumentException("locale " + locale + " has no exact text");
        }
        return parts;
    }

    private static Locale locale(String text) {
        String[] parts = text.split("_", 3);
        return parts.length == 3 ? new Locale(parts[0], parts[1], parts[2]) : Locale.forLanguageTag(text);
    }
}
