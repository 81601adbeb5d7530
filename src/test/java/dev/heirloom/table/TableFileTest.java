package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.table.TableFile.Info;
import dev.heirloom.table.TableFile.Reader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Export and import of tables, and that no damage of a file goes unnoticed. */
class TableFileTest extends EngineTest {
    /** {@code value id}. */
    private static class ItemCodec implements RowCodec<Item> {
        @Override
        public String encode(Item row) {
            return row.value() + " " + row.id();
        }

        @Override
        public Item decode(String line) {
            int space = line.indexOf(' ');
            return new Item(line.substring(space + 1), Integer.parseInt(line.substring(0, space)));
        }

        @Override
        public String name() {
            return "items";
        }
    }

    /** Takes any line. */
    private static final RowCodec<String> TEXT = new RowCodec<>() {
        @Override
        public String encode(String row) {
            return row;
        }

        @Override
        public String decode(String line) {
            return line;
        }

        @Override
        public String name() {
            return "text";
        }
    };

    /** Takes any line, which its user says is JSON. */
    private static final RowCodec<String> JSON = new RowCodec<>() {
        @Override
        public String encode(String row) {
            return row;
        }

        @Override
        public String decode(String line) {
            return line;
        }

        @Override
        public String name() {
            return "json";
        }

        @Override
        public boolean isJson() {
            return true;
        }
    };

    private static final RowCodec<Item> ITEMS = new ItemCodec();
    private static final Instant WHEN = Instant.parse("2026-01-31T12:00:00.000000001Z");

    @TempDir
    private Path directory;

    private static byte[] written(String... rows) {
        return written(TEXT, rows);
    }

    private static byte[] written(RowCodec<String> codec, String... rows) {
        Info info = new Info(1, "texts", TableType.SET, rows.length, WHEN, codec.name(), null);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            TableFileWriter.write(info, Stream.of(rows), codec, out, "");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static InputStream in(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static InputStream in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void assertRefused(byte[] bytes, long line, String why) {
        assertThatThrownBy(() -> TableFile.readAll(in(bytes), TEXT))
                .isInstanceOf(TableFileException.class)
                .hasMessageStartingWith("line " + line + ": ")
                .hasMessageContaining(why)
                .satisfies(e -> assertThat(((TableFileException) e).line()).isEqualTo(line));
    }

    private Path[] files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toArray(Path[]::new);
        }
    }

    // ---- there and back ----

    @ParameterizedTest
    @EnumSource
    void table_isReadAsItWasWritten(TableType type) throws IOException {
        VersionedTable<String, Item> table =
                table(type, item("b", 2), item("a", 1), item("", 3), item("ü\u2028😀", -4));
        Path file = directory.resolve("items.table");
        Instant before = Instant.now();
        Info written;
        List<Item> rows;
        try (Snapshot<String, Item> snapshot = table.snapshot()) {
            rows = snapshot.stream().toList();
            insert(table, item("later", 5));
            written = TableFile.write(snapshot, ITEMS, file);
        }
        assertThat(written.table()).isEqualTo("items");
        assertThat(written.type()).isEqualTo(type);
        assertThat(written.rows()).isEqualTo(4);
        assertThat(written.version()).isEqualTo(1);
        assertThat(written.codec()).isEqualTo("items");
        assertThat(written.written()).isBetween(before, Instant.now());
        assertThat(TableFile.info(file)).isEqualTo(written);
        assertThat(TableFile.verify(file)).isEqualTo(written);
        assertThat(TableFile.readAll(file, ITEMS)).isEqualTo(rows).doesNotContain(item("later", 5));
        assertThat(files()).containsExactly(file);
    }

    @ParameterizedTest
    @EnumSource
    void emptyTable_isReadAsItWasWritten(TableType type) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Info written;
        try (Snapshot<String, Item> snapshot = table(type).snapshot()) {
            written = TableFile.write(snapshot, ITEMS, out);
        }
        assertThat(written.rows()).isZero();
        assertThat(TableFile.info(in(out.toByteArray()))).isEqualTo(written);
        assertThat(TableFile.verify(in(out.toByteArray()))).isEqualTo(written);
        assertThat(TableFile.readAll(in(out.toByteArray()), ITEMS)).isEmpty();
    }

    @Test
    void format_isJsonLines() {
        assertThat(text(written("eins", "", "zwei \"€\" 😀"))).matches("""
                        \\{"format":"heirloom-table","version":1,"table":"texts","type":"set","rows":3,\
                        "written":"2026-01-31T12:00:00\\.000000001Z","codec":"text","crc32c":"[0-9a-f]{8}"}
                        "eins"
                        ""
                        "zwei \\\\"€\\\\" 😀"
                        \\{"end":"heirloom-table","rows":3,"crc32c":"[0-9a-f]{8}"}
                        """);
    }

    @Test
    void formatOfVersion1_canBeReadForever() throws IOException {
        String file = """
                {"format":"heirloom-table","version":1,"table":"texts","type":"set","rows":2,\
                "written":"2026-01-31T12:00:00Z","codec":"text","crc32c":"777899b5"}
                "eins"
                "zwei"
                {"end":"heirloom-table","rows":2,"crc32c":"266dcf0d"}
                """;
        assertThat(TableFile.readAll(in(file), TEXT)).containsExactly("eins", "zwei");
    }

    @Test
    void codecThatWritesJson_hasItAsItIs() throws IOException {
        byte[] file = written(JSON, "{\"id\":\"a\"}", "[1,2]");
        assertThat(text(file).lines().skip(1).limit(2)).containsExactly("{\"id\":\"a\"}", "[1,2]");
        assertThat(TableFile.readAll(in(file), JSON)).containsExactly("{\"id\":\"a\"}", "[1,2]");
    }

    @Test
    void codecThatWroteJsonOnce_isToldApart() throws IOException {
        Info info = new Info(1, "texts", TableType.SET, 1, WHEN, "text", null);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TableFileWriter.write(info, Stream.of("{\"id\":\"a\"}"), JSON, out, "");
        byte[] file = out.toByteArray();
        assertThatThrownBy(() -> TableFile.readAll(in(file), TEXT))
                .isInstanceOf(TableFileException.class)
                .hasMessage("line 2: codec text cannot read the row");
    }

    @Test
    void anyText_isThereAndBack() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int each = 0; each <= Character.MAX_VALUE; each++) {
            all.append((char) each);
        }
        String[] rows = {all.toString(), "\ud83d", "\ude00\ud83d", "\r\n", "\\u0041", "/", "\u007f\u2028"};
        byte[] file = written(rows);
        assertThat(TableFile.readAll(in(file), TEXT)).containsExactly(rows);
        assertThat(text(file).lines()).hasSize(rows.length + 2);
    }

    @Test
    void escapes_areReadAsOthersWriteThem() {
        assertThat(JsonText.unquoted("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00E4\\u20ac\""))
                .isEqualTo("\"\\/\b\f\n\r\tä€");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "\"", "\"a", "\"a\"b", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u123g\"", "\"\t\"", "{}"})
    void whatIsNoString_isRefused(String json) {
        assertThatThrownBy(() -> JsonText.unquoted(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void salvage_isInTheHeader() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Snapshot<String, Item> snapshot =
                table(TableType.SET, item("a", 1)).snapshot()) {
            TableFile.write(snapshot, ITEMS, "\"x.log\", bytes 8 to 16", out);
        }
        assertThat(text(out.toByteArray())).contains("\"salvage\":\"\\\"x.log\\\", bytes 8 to 16\",\"crc32c\"");
        assertThat(TableFile.verify(in(out.toByteArray())).salvage()).isEqualTo("\"x.log\", bytes 8 to 16");
        assertThat(TableFile.readAll(in(out.toByteArray()), ITEMS)).containsExactly(item("a", 1));
    }

    /** With a right checksum. */
    private static String header(String members) {
        CRC32C sum = new CRC32C();
        sum.update(members.getBytes(StandardCharsets.UTF_8));
        return members + ",\"crc32c\":\"" + TableFileFormat.checksum(sum) + "\"}\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'table':'t','type':'tree','rows':0,'written':'2026-01-31T12:00:00Z','codec':'text'",
                "'table':'t','type':'set','rows':-1,'written':'2026-01-31T12:00:00Z','codec':'text'",
                "'table':'t','type':'set','rows':99999999999999999999,'written':'2026-01-31T12:00:00Z','codec':'text'",
                "'table':'t','type':'set','rows':0,'written':'yesterday','codec':'text'",
                "'table':'t','type':'set','rows':0,'written':'2026-01-31T12:00:00Z','codec':''",
                "'table':'t','type':'set','rows':0,'written':'2026-01-31T12:00:00Z'",
                "'type':'set','table':'t','rows':0,'written':'2026-01-31T12:00:00Z','codec':'text'",
                "'table':'t','type':'set','rows':0,'written':'2026-01-31T12:00:00Z','codec':'text','more':1"
            })
    void headerOfSomebodyElse_isRefused(String members) {
        String header = header("{\"format\":\"heirloom-table\",\"version\":1," + members.replace('\'', '"'));
        assertThatThrownBy(() -> TableFile.info(in(header)))
                .isInstanceOf(TableFileException.class)
                .hasMessageStartingWith("line 1: not a header that was written like this: ");
    }

    @Test
    void linesLongerThanABuffer_areRead_howeverTheStreamIsCut() throws IOException {
        String[] rows = IntStream.range(0, 5)
                .mapToObj(i -> "€".repeat(30_000 * i + 21_845))
                .toArray(String[]::new);
        byte[] bytes = written(rows);
        assertThat(TableFile.readAll(in(bytes), TEXT)).containsExactly(rows);
        InputStream dripping = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, 7));
            }
        };
        assertThat(TableFile.readAll(dripping, TEXT)).containsExactly(rows);
    }

    @Test
    void reader_isVerified_onlyAtTheEnd() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream in = new ByteArrayInputStream(written("a", "b")) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        try (Reader<String> reader = TableFile.read(in, TEXT)) {
            assertThat(reader.info().rows()).isEqualTo(2);
            assertThat(reader.next()).contains("a");
            assertThat(reader.next()).contains("b");
            assertThat(reader.isVerified()).isFalse();
            assertThat(reader.next()).isEmpty();
            assertThat(reader.isVerified()).isTrue();
            assertThat(reader.next()).isEmpty();
            assertThat(closed).isFalse();
        }
        assertThat(closed).isTrue();
    }

    @Test
    void reader_givesTheRest() throws IOException {
        try (Reader<String> reader = TableFile.read(in(written("a", "b", "c")), TEXT)) {
            assertThat(reader.next()).contains("a");
            assertThat(reader.rest()).containsExactly("b", "c");
            assertThat(reader.rest()).isEmpty();
        }
    }

    // ---- damage ----

    @Test
    void everyDamagedByte_isFound() throws IOException {
        byte[] bytes = written("a1", "ü", "");
        for (int i = 0; i < bytes.length; i++) {
            byte right = bytes[i];
            for (int wrong = 0; wrong < 256; wrong++) {
                if ((byte) wrong != right) {
                    bytes[i] = (byte) wrong;
                    assertNotRead(bytes, "byte " + i + " as " + wrong);
                }
            }
            bytes[i] = right;
        }
        assertThat(TableFile.readAll(in(bytes), TEXT)).containsExactly("a1", "ü", "");
    }

    private static void assertNotRead(byte[] bytes, String how) throws IOException {
        try {
            TableFile.readAll(in(bytes), TEXT);
        } catch (TableFileException expected) {
            return;
        }
        throw new AssertionError("read in spite of " + how);
    }

    @Test
    void everyDamagedByteOfTheHeader_isFound_byInfoAlone() {
        byte[] bytes = written("row");
        int header = text(bytes).indexOf('\n');
        for (int i = 0; i < header; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 1;
            assertThatThrownBy(() -> TableFile.info(in(damaged))).isInstanceOf(TableFileException.class);
        }
    }

    @Test
    void truncationAtEveryLength_isFound() throws IOException {
        byte[] bytes = written("a1", "ü", "");
        for (int length = 0; length < bytes.length; length++) {
            byte[] truncated = Arrays.copyOf(bytes, length);
            assertNotRead(truncated, "its end after " + length);
            assertThatThrownBy(() -> TableFile.verify(in(truncated))).isInstanceOf(TableFileException.class);
        }
    }

    @Test
    void truncation_isNamed() {
        assertRefused(new byte[0], 1, "empty: not the file of a table");
        String whole = text(written("a", "b"));
        assertRefused(upTo(whole, "\"table\":"), 1, "truncated: the file ends within the line");
        assertRefused(upTo(whole, "\"a\"\n"), 3, "truncated: the file ends after 1 of 2 rows");
        assertRefused(upTo(whole, "\"b\"\n"), 4, "truncated: the line with the checksum is missing");
        assertRefused(upTo(whole, "{\"end\":"), 4, "truncated: the file ends within the line");
    }

    private static byte[] upTo(String whole, String last) {
        return whole.substring(0, whole.indexOf(last) + last.length()).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] replaced(String what, String with) {
        String whole = text(written("a", "b"));
        assertThat(whole).contains(what);
        return whole.replace(what, with).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void damage_isNamed() {
        assertRefused(replaced("{\"format", "%PDF-1.7"), 1, "not the file of a table");
        assertRefused(replaced("version\":1", "version\":2"), 1, "version 2; only version 1 can be read");
        assertRefused(replaced("rows\":2,\"w", "rows\":1,\"w"), 1, "damaged: the checksum of the header");
        assertRefused(replaced("texts", "tests"), 1, "damaged: the checksum of the header");
        assertRefused(replaced("\"crc32c\"", "\"crc\""), 1, "damaged: the checksum of the header");
        assertRefused(replaced("\"a\"\n", "\"c\"\n"), 4, "damaged: the checksum is another one");
        assertRefused(replaced("\"a\"\n", "\"a\"\n\"a\"\n"), 4, "damaged: after 2 rows their checksum should");
        assertRefused(replaced("\"a\"\n", ""), 4, "truncated");
        assertRefused(
                replaced("{\"end\":\"heirloom-table\",\"rows\":2", "{\"end\":\"heirloom-table\",\"rows\":3"),
                4,
                "damaged: after 2 rows");
        assertRefused(replaced("\n", "\r\n"), 1, "its line break was converted");
        byte[] notText = replaced("\"a\"\n", "\"?\"\n");
        notText[text(notText).indexOf('?')] = (byte) 0xff;
        assertRefused(notText, 2, "damaged: not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", " ", "\0", "{}\n"})
    void anythingAfterTheEnd_isFound(String garbage) {
        assertRefused((text(written("a", "b")) + garbage).getBytes(StandardCharsets.UTF_8), 5, "something follows");
    }

    @Test
    void endlessLine_isRefused() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                Arrays.fill(buffer, offset, offset + length, (byte) 'x');
                return length;
            }
        };
        assertThatThrownBy(() -> TableFile.info(endless))
                .isInstanceOf(TableFileException.class)
                .hasMessageContaining("line 1: longer than 16777216 bytes");
    }

    @Test
    void fileName_isInTheMessage() throws IOException {
        Path file = directory.resolve("texts.table");
        Files.write(file, replaced("\"a\"\n", "\"c\"\n"));
        String message = file + ", line 4: damaged";
        assertThatThrownBy(() -> TableFile.readAll(file, TEXT)).hasMessageStartingWith(message);
        assertThatThrownBy(() -> TableFile.verify(file)).hasMessageStartingWith(message);
        Files.write(file, replaced("texts", "tests"));
        assertThatThrownBy(() -> TableFile.read(file, TEXT)).hasMessageStartingWith(file + ", line 1: damaged");
        assertThatThrownBy(() -> TableFile.info(file)).hasMessageStartingWith(file + ", line 1: damaged");
    }

    @Test
    void tableOfAnotherType_isRefused() throws IOException {
        try (Reader<String> reader = TableFile.read(in(written("a")), TEXT)) {
            assertThat(reader.expect(Schema.set("others", String.class, row -> row))
                            .rest())
                    .containsExactly("a");
            assertThatThrownBy(() -> reader.expect(
                            Schema.orderedSet("items", String.class, row -> row, String.CASE_INSENSITIVE_ORDER)))
                    .isInstanceOf(TableFileException.class)
                    .hasMessage("line 1: table texts was of type set, table items is of type ordered_set");
        }
    }

    @Test
    void anotherCodec_isRefused() {
        assertThatThrownBy(() -> TableFile.read(in(written("1 a")), ITEMS))
                .isInstanceOf(TableFileException.class)
                .hasMessage("line 1: written by codec text, not by items");
    }

    // ---- codecs that fail ----

    /** Writes a text of its own, reads numbers. */
    private static RowCodec<String> codec(String text) {
        return new RowCodec<>() {
            @Override
            public String encode(String row) {
                return text;
            }

            @Override
            public String decode(String line) throws Exception {
                if (line.startsWith("bad")) {
                    throw new IOException("a bad row");
                }
                return line.startsWith("null") ? null : line;
            }

            @Override
            public String name() {
                return "text";
            }
        };
    }

    @Test
    void rowThatCannotBeDecoded_isNamed_withoutItsText() throws IOException {
        assertThatThrownBy(() -> TableFile.readAll(in(written("ok", "bad 5551234")), codec("")))
                .isInstanceOf(TableFileException.class)
                .hasMessage("line 3: codec text cannot read the row")
                .hasCauseInstanceOf(IOException.class);
        try (Reader<String> reader = TableFile.read(in(written("null", "ok")), codec(""))) {
            assertThatThrownBy(reader::next).hasMessage("line 2: codec text cannot read the row");
            assertThatThrownBy(reader::next).hasMessage("line 2: codec text cannot read the row");
            assertThat(reader.isVerified()).isFalse();
        }
    }

    @Test
    void rowThatCannotBeDecoded_inADamagedFile_isDamage() {
        assertThatThrownBy(() -> TableFile.readAll(in(replaced("\"a\"\n", "\"bad\"\n")), codec("")))
                .hasMessage("line 4: damaged: the checksum is another one")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\n}", "\r", "1\n"})
    void jsonWithALineBreak_isNotWritten(String text) {
        assertThatThrownBy(() -> written(JSON, text))
                .isInstanceOf(TableFileException.class)
                .hasMessage("line 2: codec json made a text with a line break of the row");
    }

    @Test
    void textThatIsNotUnicode_orNull_orTooLong_isNotWritten() {
        assertThatThrownBy(() -> written(JSON, "\"\ud83d\""))
                .isInstanceOf(TableFileException.class)
                .hasMessageStartingWith("line 2: not valid Unicode");
        assertThatThrownBy(() -> written(codec(null), "row"))
                .isInstanceOf(TableFileException.class)
                .hasMessage("line 2: codec text made null of the row");
        assertThatThrownBy(() -> written(JSON, "1", "x".repeat(TableFileFormat.LONGEST_LINE + 1)))
                .isInstanceOf(TableFileException.class)
                .hasMessageStartingWith("line 3: longer than 16777216 bytes");
        String longest = "x".repeat(TableFileFormat.LONGEST_LINE);
        assertThat(written(JSON, longest)).hasSizeGreaterThan(TableFileFormat.LONGEST_LINE);
    }

    @Test
    void nameOfACodec_isOneLine() {
        assertThat(new ItemCodec() {}.name()).isEqualTo("items");
        for (String name : List.of("", "two\nlines", "x".repeat(201))) {
            assertThatThrownBy(() -> new Info(1, "texts", TableType.SET, 0, WHEN, name, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("codec");
        }
        assertThatThrownBy(() -> new Info(1, "texts", TableType.SET, -1, WHEN, "text", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows");
    }

    // ---- files ----

    private static final RowCodec<Item> FAILING = new ItemCodec() {
        @Override
        public String encode(Item row) {
            throw new IllegalStateException("no");
        }
    };

    @Test
    void failedExport_leavesTheFileThatWasThere() throws IOException {
        Path file = directory.resolve("items.table");
        try (Snapshot<String, Item> snapshot =
                table(TableType.SET, item("a", 1)).snapshot()) {
            assertThatThrownBy(() -> TableFile.write(snapshot, FAILING, file))
                    .isInstanceOf(TableFileException.class)
                    .hasMessage(file + ", line 2: codec items cannot write the row")
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThat(files()).isEmpty();
            TableFile.write(snapshot, ITEMS, file);
            assertThatThrownBy(() -> TableFile.write(snapshot, FAILING, file)).isInstanceOf(TableFileException.class);
        }
        assertThat(TableFile.readAll(file, ITEMS)).containsExactly(item("a", 1));
        assertThat(files()).containsExactly(file);
    }

    @Test
    void export_replacesAFile_andOnlyItsOwnerCanReadIt() throws IOException {
        Assumptions.assumeTrue(
                directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path file = directory.resolve("items.table");
        Files.writeString(file, "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        try (Snapshot<String, Item> snapshot =
                table(TableType.SET, item("a", 1)).snapshot()) {
            TableFile.write(snapshot, ITEMS, file);
        }
        assertThat(TableFile.readAll(file, ITEMS)).containsExactly(item("a", 1));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void export_ofAnExpiredSnapshot_isRefused() throws IOException {
        Path file = directory.resolve("items.table");
        Snapshot<String, Item> snapshot = table(TableType.SET, item("a", 1)).snapshot();
        snapshot.close();
        assertThatThrownBy(() -> TableFile.write(snapshot, ITEMS, file)).isInstanceOf(SnapshotExpiredException.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void export_ofFewerRowsThanItSays_isRefused() {
        Info info = new Info(1, "texts", TableType.SET, 2, WHEN, "text", null);
        assertThatThrownBy(
                        () -> TableFileWriter.write(info, Stream.of("one"), TEXT, new ByteArrayOutputStream(), "out"))
                .isInstanceOf(TableFileException.class)
                .hasMessageContaining("there are 1 rows, not 2");
    }
}
