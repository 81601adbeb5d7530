package dev.heirloom.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whatever happens to bytes on their way, they give a row or one of the errors declared. */
class DamagedRowsTest {
    enum Mood {
        GOOD,
        BAD
    }

    sealed interface Note permits Text, Mark {}

    record Text(String text, Mood mood, List<Note> replies) implements Note {}

    record Mark(
            int n,
            double d,
            BigDecimal amount,
            Instant at,
            ZonedDateTime when,
            Locale locale,
            Map<String, Long> counts,
            SortedSet<Integer> numbers,
            Optional<byte[]> bytes)
            implements Note {}

    private static final Note ROW = new Text(
            "wide \u4E2D",
            Mood.BAD,
            Arrays.asList(
                    null,
                    new Mark(
                            -70000,
                            1.5,
                            new BigDecimal("12.50"),
                            Instant.parse("2026-01-31T12:00:00.5Z"),
                            ZonedDateTime.parse("2026-01-31T12:00:00+01:00[Europe/Berlin]"),
                            Locale.GERMANY,
                            Map.of("a", 1L, "b", Long.MAX_VALUE),
                            new TreeSet<>(List.of(1, 2)),
                            Optional.of(new byte[] {1, 2, 3})),
                    new Text("", null, List.of())));

    private final RowFormat<Note> format = Formats.of(Note.class);
    private final byte[] description = format.description();
    private final byte[] row = Formats.bytes(format, ROW);

    @Test
    void truncatedRows_areUnreadable() {
        RowFormat.Reader<Note> reader = format.reader(description);
        RowFormat.Reader<Note> later = RowFormat.of(
                        "notes", Note.class, Evolution.<Note>none().version(2))
                .reader(description);
        for (int length = 0; length < row.length; length++) {
            byte[] truncated = Arrays.copyOf(row, length);
            assertThatThrownBy(() -> Formats.read(reader, truncated)).isInstanceOf(UnreadableRowException.class);
            assertThatThrownBy(() -> Formats.read(later, truncated)).isInstanceOf(UnreadableRowException.class);
        }
    }

    @Test
    void truncatedDescriptions_areUnreadable() {
        for (int length = 0; length < description.length; length++) {
            byte[] truncated = Arrays.copyOf(description, length);
            assertThatThrownBy(() -> format.reader(truncated)).isInstanceOf(UnreadableRowException.class);
        }
    }

    @Test
    void flippedBits_giveARowOrADeclaredError() {
        RowFormat.Reader<Note> reader = format.reader(description);
        int rows = 0;
        for (int bit = 0; bit < row.length * 8; bit++) {
            rows += read(reader, flipped(row, bit));
        }
        for (int bit = 0; bit < description.length * 8; bit++) {
            rows += readBy(flipped(description, bit), row);
        }
        assertThat(rows).isPositive();
    }

    @Test
    void randomBytes_giveARowOrADeclaredError() {
        Random random = new Random(815);
        RowFormat.Reader<Note> reader = format.reader(description);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = row.clone();
            byte[] its = description.clone();
            for (int n = random.nextInt(5); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                its[random.nextInt(its.length)] = (byte) random.nextInt(40);
            }
            read(reader, bytes);
            readBy(its, bytes);
        }
    }

    record Chain(Chain next) {}

    @Test
    void bytesThatNestWithoutEnd_areUnreadable() {
        byte[] endless = new byte[1 << 20];
        Arrays.fill(endless, (byte) 1);
        RowFormat<Chain> chains = Formats.of(Chain.class);
        RowFormat<Chain> later =
                RowFormat.of("notes", Chain.class, Evolution.<Chain>none().version(2));

        for (RowFormat<Chain> each : List.of(chains, later)) {
            assertThatThrownBy(() -> Formats.read(each.reader(chains.description()), endless))
                    .isInstanceOf(UnreadableRowException.class)
                    .hasMessageContaining(": nested more than 200 deep");
        }
    }

    private int readBy(byte[] description, byte[] row) {
        try {
            return read(format.reader(description), row);
        } catch (UnreadableRowException e) {
            return 0;
        }
    }

    private static int read(RowFormat.Reader<Note> reader, byte[] row) {
        try {
            return Formats.read(reader, row) == null ? 0 : 1;
        } catch (UnreadableRowException e) {
            return 0;
        }
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }
}
