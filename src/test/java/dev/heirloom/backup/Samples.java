package dev.heirloom.backup;

import dev.heirloom.table.Expiry;
import dev.heirloom.table.Schema;
import dev.heirloom.table.TableType;
import dev.heirloom.table.VersionedTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ForkJoinPool;

/**
 * Tables with rows of every kind, as journals of the present version of the format: {@link #main} writes them where {@link
 * OldFilesTest} finds them, in src/test/resources. Do that once for each version, before it is released, and never again.
 */
final class Samples {
    /** Small, so that there are several. */
    static final int SEGMENT_SIZE = 4096;

    private static final long EPOCH = 3L << 32;
    private static final int ROWS = 12;
    private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");

    /** What a sample is: its directory is called so. */
    enum Sample {
        SET(TableType.SET, Durability.EVERY_SECOND),
        ORDERED_SET(TableType.ORDERED_SET, Durability.ALWAYS),
        BAG(TableType.BAG, Durability.ALWAYS),
        DUPLICATE_BAG(TableType.DUPLICATE_BAG, Durability.EVERY_SECOND);

        final TableType type;
        final Durability durability;

        Sample(TableType type, Durability durability) {
            this.type = type;
            this.durability = durability;
        }
    }

    enum Color {
        RED,
        GREEN
    }

    sealed interface Shape permits Circle, Square, Group {}

    record Circle(double radius) implements Shape {}

    record Square(int side, Color color) implements Shape {}

    record Group(List<Shape> shapes) implements Shape {}

    record Place(String city, Optional<String> street) {}

    record Everything(
            String key,
            int number,
            long large,
            short small,
            byte tiny,
            char letter,
            boolean yes,
            double share,
            float ratio,
            Integer boxed,
            String text,
            BigDecimal amount,
            BigInteger integer,
            UUID uuid,
            Instant at,
            Duration took,
            LocalDate day,
            ZonedDateTime zoned,
            Color color,
            Shape shape,
            Place place,
            List<Place> places,
            Set<Color> colors,
            Map<String, Integer> counts) {
        /** Everything is there in one row of two; in the other all that may be is null or empty. */
        static Everything of(String key, int n) {
            boolean full = n % 2 == 0;
            return new Everything(
                    key,
                    n,
                    Long.MIN_VALUE + n,
                    (short) -n,
                    (byte) n,
                    (char) ('a' + n),
                    full,
                    n / 3.0,
                    n / 7f,
                    full ? n : null,
                    full ? "Žluťoučký kůň " + n : null,
                    full ? new BigDecimal("12345678901234567890.50").add(BigDecimal.valueOf(n)) : null,
                    full ? BigInteger.TEN.pow(20 + n) : null,
                    full ? new UUID(n, ~n) : null,
                    full ? Instant.ofEpochSecond(1_700_000_000L + n, 123_456_789) : null,
                    full ? Duration.ofMillis(1500 + n) : null,
                    full ? LocalDate.of(2024, 2, 29).plusDays(n) : null,
                    full ? ZonedDateTime.of(2024, 2, 29, 12, 30, n, 0, ZoneOffset.ofHours(2)) : null,
                    full ? Color.GREEN : null,
                    full ? new Group(List.of(new Circle(n), new Square(n, Color.RED))) : null,
                    full ? new Place("Brno", Optional.of("Kounicova " + n)) : null,
                    full ? List.of(new Place("Praha", Optional.empty())) : List.of(),
                    full ? Set.of(Color.RED) : Set.of(),
                    full ? Map.of("n", n) : Map.of());
        }
    }

    private Samples() {}

    static Schema<String, Everything> schema(TableType type) {
        return switch (type) {
            case SET -> Schema.set("samples", Everything.class, Everything::key);
            case ORDERED_SET ->
                Schema.<String, Everything>orderedSet("samples", Everything.class, Everything::key, String::compareTo);
            case BAG -> Schema.bag("samples", Everything.class, Everything::key);
            case DUPLICATE_BAG -> Schema.duplicateBag("samples", Everything.class, Everything::key);
        };
    }

    /** The rows of a sample by key, those of a key in their order. */
    static Map<String, List<Everything>> expected(TableType type) {
        Map<String, List<Everything>> rows = new TreeMap<>();
        for (int n = 0; n < ROWS; n++) {
            List<Everything> ofKey = new ArrayList<>();
            if (type == TableType.BAG || type == TableType.DUPLICATE_BAG) {
                ofKey.add(Everything.of(key(n), n));
                ofKey.add(Everything.of(key(n), n + 1));
            }
            if (type == TableType.DUPLICATE_BAG) {
                ofKey.add(Everything.of(key(n), n + 1));
            }
            if (type == TableType.SET || type == TableType.ORDERED_SET) {
                ofKey.add(Everything.of(key(n), n + 1));
            }
            rows.put(key(n), ofKey);
        }
        for (String gone : List.of(key(3), key(4))) { // deleted, expired
            rows.remove(gone);
        }
        return rows;
    }

    private static String key(int n) {
        return "key-" + n;
    }

    /** A table that is kept somewhere, loaded. */
    record Open(VersionedTable<String, Everything> table, JournaledTable<String, Everything> kept) {
        static Open of(Disk disk, Sample sample) throws IOException {
            Schema<String, Everything> schema = schema(sample.type);
            VersionedTable<String, Everything> table = new VersionedTable<>(schema, EPOCH);
            JournaledTable<String, Everything> kept = new JournaledTable<>(
                    schema,
                    disk,
                    sample.durability,
                    RowFormat.of("samples", Everything.class, Evolution.none()),
                    SEGMENT_SIZE,
                    new Keeper(),
                    ForkJoinPool.commonPool(),
                    () -> {});
            kept.load(table, 0, done -> {});
            return new Open(table, kept);
        }

        void insert(Everything... rows) throws Exception {
            table.<Void>atomically(
                    EPOCH,
                    unit -> {
                        unit.insertAll(List.of(rows));
                        return null;
                    },
                    null,
                    null);
        }

        Map<String, List<Everything>> contents() {
            Map<String, List<Everything>> all = new TreeMap<>();
            table.stream()
                    .forEach(row -> all.computeIfAbsent(row.key(), key -> new ArrayList<>())
                            .add(row));
            return all;
        }
    }

    private static void fill(Open open) throws Exception {
        for (int n = 0; n < ROWS; n++) {
            open.insert(Everything.of(key(n), n), Everything.of(key(n), n + 1));
            if (n % 3 == 0) {
                open.insert(Everything.of(key(n), n + 1)); // once more
            } else {
                open.insert(Everything.of("gone", n), Everything.of(key(n), n + 1));
            }
        }
        open.table()
                .<Void>atomically(
                        EPOCH,
                        unit -> {
                            unit.delete("gone");
                            unit.delete(key(3));
                            unit.expire(key(1), Expiry.at(LATER));
                            unit.expire(key(2), Expiry.never());
                            unit.expire(key(4), Expiry.at(Instant.EPOCH));
                            unit.expire(key(5), Expiry.afterWrite(Duration.ofDays(100_000)));
                            return null;
                        },
                        null,
                        null);
    }

    /**
     * Writes them.
     *
     * @param args where: src/test/resources/dev/heirloom/backup/v1, and its namesakes for later versions
     */
    public static void main(String[] args) throws Exception {
        for (Sample sample : Sample.values()) {
            Path directory = Files.createDirectories(Path.of(args[0], sample.name()));
            Open open = Open.of(new RealDisk(directory, sample.durability == Durability.EVERY_SECOND), sample);
            fill(open);
            open.kept().close();
            if (!open.contents().equals(expected(sample.type))) {
                throw new IllegalStateException(sample + " has " + open.contents());
            }
            System.out.println(sample + ": latest commit " + open.table().latestCommit() + ", next expiry "
                    + open.table().nextExpiry());
        }
    }
}
