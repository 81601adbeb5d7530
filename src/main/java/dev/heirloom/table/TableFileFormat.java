package dev.heirloom.table;

import dev.heirloom.table.TableFile.Info;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/** Header and trailer of a table's file, as they are written and read. */
final class TableFileFormat {
    /*
     * heirloom-table: 1
     * table: orders
     * type: ordered_set
     * rows: 2
     * written: 2026-01-31T12:00:00Z
     * codec: orders-json
     * header: crc32c 8ad1c2f0              the checksum of all bytes before this line
     * {"id":"a","sum":1}                   a line for each row
     * {"id":"b","sum":2}
     * end: 2 rows, crc32c 0b9d4e11         the checksum of all bytes before this line
     *
     * UTF-8; every line ends with \n, the last one too, and nothing follows it. CRC-32C finds every damage that spans
     * at most 32 bits, and all but one in 2^32 of the others. It does not find what somebody changes on purpose.
     */
    static final int TYPE_LINE = 3;
    static final int CODEC_LINE = 6;

    /** In bytes, when read and when written. */
    static final int LONGEST_LINE = 1 << 24;

    private static final String MAGIC = "heirloom-table";

    private TableFileFormat() {}

    /** The lines of the header but for the last one. */
    static List<String> header(Info info) {
        return List.of(
                MAGIC + ": " + info.version(),
                "table: " + info.table(),
                "type: " + word(info.type()),
                "rows: " + info.rows(),
                "written: " + info.written(),
                "codec: " + info.codec());
    }

    /** The last line of the header, with the checksum of those before it. */
    static String headerEnd(String checksum) {
        return "header: crc32c " + checksum;
    }

    static String trailer(long rows, String checksum) {
        return "end: " + rows + " rows, crc32c " + checksum;
    }

    static String checksum(CRC32C sum) {
        return String.format(Locale.ROOT, "%08x", sum.getValue());
    }

    static String word(TableType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    static Info readHeader(TableFileLines lines) throws IOException {
        String first = lines.isAtEnd() ? null : lines.next();
        if (first == null) {
            throw lines.errorInNext("empty: not the file of a table");
        }
        if (!first.startsWith(MAGIC + ": ")) {
            throw lines.error("not the file of a table");
        }
        String version = first.substring(MAGIC.length() + 2);
        if (!version.equals(String.valueOf(TableFile.VERSION))) {
            throw lines.error("version " + version + "; only version " + TableFile.VERSION + " can be read");
        }
        String table = value(lines, "table");
        TableType type = type(lines, value(lines, "type"));
        long rows = rows(lines, value(lines, "rows"));
        Instant written = instant(lines, value(lines, "written"));
        String codec = value(lines, "codec");
        String checksum = lines.checksum();
        if (!value(lines, "header").equals("crc32c " + checksum)) {
            throw lines.error("damaged: the checksum of the header is another one");
        }
        try {
            return new Info(TableFile.VERSION, table, type, rows, written, codec);
        } catch (IllegalArgumentException e) {
            throw lines.error("not a header that was written like this: " + e.getMessage(), e);
        }
    }

    /** @param given how many rows came before it */
    static String nextRow(TableFileLines lines, Info info, long given) throws IOException {
        String row = lines.next();
        if (row == null) {
            throw lines.errorInNext("truncated: the file ends after " + given + " of " + info.rows() + " rows");
        }
        return row;
    }

    /** Reads on to the end of the file, to say that it is undamaged. */
    static void skipRows(TableFileLines lines, Info info, long given) throws IOException {
        for (long i = given; i < info.rows(); i++) {
            nextRow(lines, info, i);
        }
        readTrailer(lines, info);
    }

    /** Reads the line after the last row, and that nothing follows it. */
    static void readTrailer(TableFileLines lines, Info info) throws IOException {
        String checksum = lines.checksum();
        String trailer = lines.next();
        if (trailer == null) {
            throw lines.errorInNext("truncated: the line with the checksum is missing");
        }
        if (!trailer.equals(trailer(info.rows(), checksum))) {
            throw lines.error(
                    trailer.startsWith(trailer(info.rows(), ""))
                            ? "damaged: the checksum is another one"
                            : "damaged: after " + info.rows() + " rows their checksum should follow");
        }
        if (!lines.isAtEnd()) {
            throw lines.errorInNext("damaged: something follows the end of the table");
        }
    }

    private static String value(TableFileLines lines, String key) throws IOException {
        String line = lines.next();
        if (line == null) {
            throw lines.errorInNext("truncated: the file ends within its header");
        }
        if (!line.startsWith(key + ": ")) {
            throw lines.error("damaged: \"" + key + "\" should be here");
        }
        return line.substring(key.length() + 2);
    }

    private static TableType type(TableFileLines lines, String word) {
        return Arrays.stream(TableType.values())
                .filter(type -> word(type).equals(word))
                .findFirst()
                .orElseThrow(() -> lines.error("unknown type of table"));
    }

    private static long rows(TableFileLines lines, String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw lines.error("damaged: not a number of rows", e);
        }
    }

    private static Instant instant(TableFileLines lines, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw lines.error("damaged: not a point in time", e);
        }
    }
}
