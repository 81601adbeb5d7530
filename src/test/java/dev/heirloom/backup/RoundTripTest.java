package dev.heirloom.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of every kind come back as they were, through bytes and through JSON. */
@SuppressWarnings("NullOptional") // rows may hold one, wise or not
class RoundTripTest {
    record Primitives(boolean b, byte y, short s, char c, int i, long l, float f, double d) {}

    record Wrappers(Boolean b, Byte y, Short s, Character c, Integer i, Long l, Float f, Double d) {}

    record Texts(
            String string, BigDecimal decimal, BigInteger integer, UUID uuid, URI uri, Locale locale, Currency money) {}

    record Times(
            Instant instant,
            Duration duration,
            Period period,
            LocalDate date,
            LocalTime time,
            LocalDateTime dateTime,
            OffsetDateTime offsetDateTime,
            OffsetTime offsetTime,
            ZonedDateTime zonedDateTime,
            ZoneId zone,
            ZoneOffset offset,
            Year year,
            YearMonth yearMonth,
            MonthDay monthDay,
            DayOfWeek day) {}

    record Sequences(
            List<String> list,
            Set<Integer> set,
            SortedSet<String> sorted,
            NavigableSet<LocalDate> navigable,
            Collection<? extends Shade> collection,
            Optional<List<String>> optional,
            OptionalInt optionalInt,
            OptionalLong optionalLong,
            OptionalDouble optionalDouble) {}

    record Maps(
            Map<String, Integer> byName,
            SortedMap<Integer, String> sorted,
            NavigableMap<LocalDate, Shade> navigable,
            Map<Shade, List<Double>> byShade,
            Map<Point, Map<Boolean, Point>> byPoint) {}

    record Point(int x, int y) {}

    enum Shade {
        LIGHT,
        DARK {
            @Override
            boolean isDark() {
                return true;
            }
        };

        boolean isDark() {
            return false;
        }
    }

    record Box<T>(T content, List<T> more) {}

    record Boxes(Box<String> text, Box<Box<Instant>> nested) {}

    sealed interface Tree<T> permits Leaf, Fork, Nothing {}

    record Leaf<T>(T value) implements Tree<T> {}

    record Fork<T>(Tree<T> left, Tree<T> right, Map<String, Tree<T>> others) implements Tree<T> {}

    enum Nothing implements Tree<Long> {
        NONE
    }

    record Forest(Tree<Long> tree, Forest next) {}

    record Empty() {}

    sealed interface Animal permits Bird, Fish {}

    sealed interface Bird extends Animal permits Duck, Emu {}

    record Duck(String name) implements Bird {}

    record Emu(int height) implements Bird {}

    enum Fish implements Animal {
        COD,
        EEL
    }

    static Stream<Object> rows() {
        return Stream.of(
                        Stream.of(
                                new Primitives(false, (byte) 0, (short) 0, '\0', 0, 0, 0f, 0d),
                                new Primitives(
                                        true,
                                        Byte.MIN_VALUE,
                                        Short.MIN_VALUE,
                                        'ä',
                                        Integer.MIN_VALUE,
                                        Long.MIN_VALUE,
                                        Float.NaN,
                                        Double.NaN),
                                new Primitives(
                                        true,
                                        Byte.MAX_VALUE,
                                        Short.MAX_VALUE,
                                        '\uFFFF',
                                        Integer.MAX_VALUE,
                                        Long.MAX_VALUE,
                                        -0f,
                                        -0d),
                                new Primitives(
                                        true,
                                        (byte) -1,
                                        (short) -1,
                                        '\uD800',
                                        -1,
                                        -1,
                                        Float.MIN_VALUE,
                                        Double.MIN_VALUE),
                                new Primitives(
                                        true, (byte) 63, (short) 64, '"', -64, -65, Float.MAX_VALUE, Double.MAX_VALUE),
                                new Primitives(
                                        true,
                                        (byte) 1,
                                        (short) 1,
                                        '\n',
                                        1,
                                        1,
                                        Float.NEGATIVE_INFINITY,
                                        Double.POSITIVE_INFINITY),
                                new Wrappers(null, null, null, null, null, null, null, null),
                                new Wrappers(true, (byte) -1, (short) 300, 'x', 70000, 1L << 53, 0.1f, 0.1 + 0.2)),
                        texts(),
                        times(),
                        Stream.of(
                                new Sequences(null, null, null, null, null, null, null, null, null),
                                new Sequences(
                                        List.of(),
                                        Set.of(),
                                        new TreeSet<>(),
                                        new TreeSet<>(),
                                        List.of(),
                                        Optional.empty(),
                                        OptionalInt.empty(),
                                        OptionalLong.empty(),
                                        OptionalDouble.empty()),
                                new Sequences(
                                        Arrays.asList("a", null, ""),
                                        Set.of(1, 2, 3),
                                        new TreeSet<>(Set.of("b", "a")),
                                        new TreeSet<>(Set.of(LocalDate.MAX, LocalDate.EPOCH)),
                                        Arrays.asList(Shade.DARK, null, Shade.LIGHT),
                                        Optional.of(List.of("x")),
                                        OptionalInt.of(-1),
                                        OptionalLong.of(Long.MIN_VALUE),
                                        OptionalDouble.of(Double.NaN)),
                                new Maps(null, null, null, null, null),
                                new Maps(Map.of(), new TreeMap<>(), new TreeMap<>(), Map.of(), Map.of()),
                                new Maps(
                                        mapOf("a", 1, null, 2, "c", null),
                                        new TreeMap<>(Map.of(2, "b", -1, "a")),
                                        new TreeMap<>(Map.of(LocalDate.MIN, Shade.DARK)),
                                        Map.of(Shade.DARK, List.of(1.5), Shade.LIGHT, List.of()),
                                        mapOf(new Point(1, 2), Map.of(true, new Point(3, 4)), null, null)),
                                new Boxes(
                                        new Box<>("a", List.of("b")),
                                        new Box<>(
                                                new Box<>(Instant.EPOCH, List.of()),
                                                List.of(new Box<>(null, List.of(Instant.MAX))))),
                                new Forest(new Leaf<>(1L), new Forest(Nothing.NONE, new Forest(null, null))),
                                new Empty(),
                                new Box<>("raw", null).more() == null ? new Duck("Erpel") : new Emu(1),
                                Shade.DARK,
                                "a row of its own",
                                7L))
                .flatMap(each -> each);
    }

    private static Stream<Object> texts() {
        Stream<Object> strings = Stream.of(
                        "",
                        "plain",
                        "äöü\u00FF",
                        "\u0100",
                        "\"\\/\b\f\n\r\t\0\u001F\u007F\u2028\u2029\u0085",
                        "😀 \uD83D",
                        "\uDE00\uD83D",
                        "x".repeat(100_000),
                        "\u4E2D".repeat(50_000))
                .map(each -> new Texts(each, null, null, null, null, null, null));
        Stream<Object> decimals = Stream.of(
                        "0", "0.00", "-1.10", "1E+5", "0E+3", "1E-400", "-12345678901234567890.123", "1E+2147483647")
                .map(each -> new Texts(null, new BigDecimal(each), null, null, null, null, null));
        Stream<Object> extremes = Stream.of(
                        new BigDecimal(BigInteger.TEN, Integer.MIN_VALUE),
                        new BigDecimal(BigInteger.TEN.pow(3000), Integer.MAX_VALUE),
                        new BigDecimal(BigInteger.TWO.pow(9000), 77))
                .map(each -> new Texts(null, each, each.unscaledValue().negate(), null, null, null, null));
        Stream<Object> locales = Stream.of(
                        Locale.ROOT,
                        Locale.GERMANY,
                        new Locale("ja", "JP", "JP"),
                        new Locale("th", "TH", "TH"),
                        new Locale("no", "NO", "NY"),
                        new Locale("de", "DE", "not a tag"),
                        new Locale("he"),
                        Locale.forLanguageTag("zh-Hant-TW-u-co-stroke"),
                        Locale.forLanguageTag("sl-rozaj-biske-x-private"))
                .map(each -> new Texts(null, null, null, null, null, each, null));
        return Stream.of(
                        strings,
                        decimals,
                        extremes,
                        locales,
                        Stream.<Object>of(new Texts(
                                "a",
                                BigDecimal.ONE,
                                BigInteger.valueOf(Long.MIN_VALUE).pow(3),
                                new UUID(-1, 1),
                                URI.create("http://user@example.org:80/a%20b?c=d#e"),
                                Locale.ITALY,
                                Currency.getInstance("EUR"))))
                .flatMap(each -> each);
    }

    private static Stream<Object> times() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        LocalDateTime overlap = LocalDateTime.of(2026, 10, 25, 2, 30);
        return Stream.of(
                new Times(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null),
                new Times(
                        Instant.MIN,
                        Duration.ofSeconds(Long.MIN_VALUE),
                        Period.of(Integer.MIN_VALUE, Integer.MAX_VALUE, 0),
                        LocalDate.MIN,
                        LocalTime.MIN,
                        LocalDateTime.MIN,
                        OffsetDateTime.MIN,
                        OffsetTime.MIN,
                        LocalDateTime.MIN.atZone(ZoneOffset.UTC),
                        ZoneId.of("UTC"),
                        ZoneOffset.MIN,
                        Year.of(Year.MIN_VALUE),
                        YearMonth.of(Year.MIN_VALUE, 1),
                        MonthDay.of(2, 29),
                        DayOfWeek.MONDAY),
                new Times(
                        Instant.MAX,
                        Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                        Period.ZERO,
                        LocalDate.MAX,
                        LocalTime.MAX,
                        LocalDateTime.MAX,
                        OffsetDateTime.MAX,
                        OffsetTime.MAX,
                        overlap.atZone(berlin).withLaterOffsetAtOverlap(),
                        ZoneId.of("GMT+01:00"),
                        ZoneOffset.MAX,
                        Year.of(Year.MAX_VALUE),
                        YearMonth.of(10_000, 12),
                        MonthDay.of(12, 31),
                        DayOfWeek.SUNDAY),
                new Times(
                        Instant.ofEpochSecond(-1, 1),
                        Duration.ofNanos(-1),
                        Period.ofDays(-1),
                        LocalDate.of(-1, 1, 1),
                        LocalTime.NOON,
                        overlap,
                        OffsetDateTime.of(overlap, ZoneOffset.ofTotalSeconds(-3661)),
                        OffsetTime.of(LocalTime.MAX, ZoneOffset.UTC),
                        overlap.atZone(berlin).withEarlierOffsetAtOverlap(),
                        ZoneOffset.UTC,
                        ZoneOffset.ofTotalSeconds(1),
                        Year.of(0),
                        YearMonth.of(-1, 1),
                        MonthDay.of(1, 1),
                        DayOfWeek.FRIDAY));
    }

    private static <K, V> Map<K, V> mapOf(K k1, V v1, K k2, V v2) {
        Map<K, V> map = new HashMap<>();
        map.put(k1, v1);
        map.put(k2, v2);
        return map;
    }

    private static <K, V> Map<K, V> mapOf(K k1, V v1, K k2, V v2, K k3, V v3) {
        Map<K, V> map = mapOf(k1, v1, k2, v2);
        map.put(k3, v3);
        return map;
    }

    @SuppressWarnings("unchecked")
    private static RowFormat<Object> formatOf(Object row) {
        Class<?> type = row instanceof Enum<?> constant ? constant.getDeclaringClass() : row.getClass();
        return (RowFormat<Object>) Formats.of(type);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void rows_comeBackThroughBytes(Object row) {
        RowFormat<Object> format = formatOf(row);

        assertThat(Formats.throughBytes(format, row)).isEqualTo(row);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void rows_comeBackThroughJson(Object row) throws Exception {
        RowFormat<Object> format = formatOf(row);

        assertThat(format.json().encode(row)).doesNotContain("\n", "\r");
        assertThat(Formats.throughJson(format, row)).isEqualTo(row);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void rows_comeBackFromAnotherVersionWithTheSameFields(Object row) {
        RowFormat<Object> format = formatOf(row);
        @SuppressWarnings("unchecked")
        Class<Object> type =
                (Class<Object>) (row instanceof Enum<?> constant ? constant.getDeclaringClass() : row.getClass());
        RowFormat<Object> later =
                RowFormat.of("notes", type, Evolution.<Object>none().version(2));

        assertThat(Formats.evolved(format, row, later)).isEqualTo(row);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void descriptions_sayTheSameOnceParsed(Object row) {
        byte[] parsed = Description.parse(formatOf(row).description()).toBytes();

        assertThat(Description.parse(parsed).toBytes()).isEqualTo(parsed);
    }

    @Test
    void sealedInterfaces_areRowsOfTheirTypes() throws Exception {
        RowFormat<Animal> format = Formats.of(Animal.class);
        for (Animal each : List.of(new Duck("Erpel"), new Emu(2), Fish.EEL)) {
            assertThat(Formats.throughBytes(format, each)).isEqualTo(each);
            assertThat(Formats.throughJson(format, each)).isEqualTo(each);
        }
        assertThat(format.json().encode(new Duck("Erpel"))).isEqualTo("{\"@type\":\"Duck\",\"name\":\"Erpel\"}");
        assertThat(format.json().encode(Fish.EEL)).isEqualTo("{\"@type\":\"Fish\",\"constant\":\"EEL\"}");
    }

    @Test
    void everyLocaleZoneAndCurrency_comesBack() throws Exception {
        record Place(List<Locale> locales, List<ZoneId> zones, List<Currency> currencies) {}
        RowFormat<Place> format = Formats.of(Place.class);
        Place row = new Place(
                List.of(Locale.getAvailableLocales()),
                ZoneId.getAvailableZoneIds().stream().map(ZoneId::of).toList(),
                List.copyOf(Currency.getAvailableCurrencies()));

        assertThat(Formats.throughBytes(format, row)).isEqualTo(row);
        assertThat(Formats.throughJson(format, row)).isEqualTo(row);
    }

    @Test
    void bytes_comeBack() throws Exception {
        @SuppressWarnings("ArrayRecordComponent")
        record Blob(byte[] bytes) {}
        RowFormat<Blob> format = Formats.of(Blob.class);

        assertThat(Formats.throughBytes(format, new Blob(new byte[] {1, -1})).bytes())
                .containsExactly(1, -1);
        assertThat(Formats.throughJson(format, new Blob(new byte[] {1, -1})).bytes())
                .containsExactly(1, -1);
        assertThat(Formats.throughJson(format, new Blob(null)).bytes()).isNull();
    }

    @Test
    void collections_keepTheirOrderAndAreUnmodifiable() throws Exception {
        Map<String, Integer> map = new LinkedHashMap<>();
        IntStream.range(0, 100).forEach(i -> map.put("k" + (i * 7919 % 100), i));
        Maps row = new Maps(map, null, null, null, null);
        RowFormat<Maps> format = Formats.of(Maps.class);

        for (Maps each : List.of(Formats.throughBytes(format, row), Formats.throughJson(format, row))) {
            assertThat(new ArrayList<>(each.byName().keySet())).isEqualTo(new ArrayList<>(map.keySet()));
            assertThat(each.byName()).isUnmodifiable();
        }
    }

    @Test
    void json_isWhatOneExpects() {
        RowFormat<Sequences> format = Formats.of(Sequences.class);

        assertThat(format.json()
                        .encode(new Sequences(
                                Arrays.asList("a", null),
                                Set.of(1),
                                null,
                                null,
                                List.of(Shade.DARK),
                                Optional.empty(),
                                OptionalInt.of(3),
                                OptionalLong.empty(),
                                OptionalDouble.of(Double.NaN))))
                .isEqualTo("{\"list\":[\"a\",null],\"set\":[1],\"sorted\":null,\"navigable\":null,"
                        + "\"collection\":[\"DARK\"],\"optional\":[],\"optionalInt\":[3],\"optionalLong\":[],"
                        + "\"optionalDouble\":[\"NaN\"]}");
    }

    @Test
    void randomTrees_comeBack() throws Exception {
        Random random = new Random(4711);
        RowFormat<Forest> format = Formats.of(Forest.class);
        for (int i = 0; i < 300; i++) {
            Forest row = new Forest(tree(random, 6), i % 3 == 0 ? null : new Forest(tree(random, 3), null));
            assertThat(Formats.throughBytes(format, row)).isEqualTo(row);
            assertThat(Formats.throughJson(format, row)).isEqualTo(row);
        }
    }

    private static Tree<Long> tree(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 3)) {
            case 0 -> null;
            case 1 -> Nothing.NONE;
            case 2 -> new Leaf<>(random.nextLong() >> random.nextInt(64));
            default ->
                new Fork<>(
                        tree(random, depth - 1),
                        tree(random, depth - 1),
                        random.nextBoolean() ? Map.of() : Collections.singletonMap("k", tree(random, depth - 1)));
        };
    }

    @Test
    void aFormat_isUsedByManyThreadsAtOnce() {
        RowFormat<Forest> format = Formats.of(Forest.class);
        List<CompletableFuture<Void>> threads = IntStream.range(0, 4)
                .mapToObj(seed -> CompletableFuture.runAsync(() -> {
                    Random random = new Random(seed);
                    for (int i = 0; i < 2_000; i++) {
                        Forest row = new Forest(tree(random, 4), null);
                        assertThat(Formats.throughBytes(format, row)).isEqualTo(row);
                    }
                }))
                .toList();

        assertThat(threads).allSatisfy(CompletableFuture::join);
    }

    /** Loads the classes of some rows once more, as the next deployment of an application does. */
    private static final class Deployment extends ClassLoader {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(RoundTripTest.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream in = RoundTripTest.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static WeakReference<ClassLoader> useOnce() throws Exception {
        ClassLoader deployment = new Deployment();
        @SuppressWarnings("unchecked")
        Class<Object> type = (Class<Object>) deployment.loadClass(Maps.class.getName());
        assertThat(type).isNotEqualTo(Maps.class);
        RowFormat<Maps> ours = Formats.of(Maps.class);
        Maps row = new Maps(null, null, null, Map.of(Shade.DARK, List.of()), Map.of(new Point(1, 2), Map.of()));
        RowFormat<Object> theirs = Formats.of(type);
        Object their = Formats.evolved(ours, row, theirs);
        // not compared with each other: the JDK itself keeps the class of a record whose equals() was called
        assertThat(Formats.bytes(theirs, Formats.throughJson(theirs, their))).isEqualTo(Formats.bytes(ours, row));
        return new WeakReference<>(deployment);
    }

    @Test
    void classLoadersOfRows_areNotHeld() throws Exception {
        WeakReference<ClassLoader> deployment = useOnce();

        await().untilAsserted(() -> {
            System.gc();
            assertThat(deployment.get()).isNull();
        });
    }

    @Test
    void rows_mayFollowEachOther() {
        RowFormat<Animal> format = Formats.of(Animal.class);
        ByteSink out = new ByteSink();
        format.write(new Duck("a"), out);
        format.write(Fish.COD, out);
        ByteSource in = new ByteSource(out.array(), 0, out.size());
        RowFormat.Reader<Animal> reader = format.reader(format.description());

        assertThat(List.of(reader.read(in), reader.read(in))).containsExactly(new Duck("a"), Fish.COD);
        assertThat(in.remaining()).isZero();
    }
}
