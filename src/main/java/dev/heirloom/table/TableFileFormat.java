package dev.heirloom.table;

import dev.heirloom.table.TableFile.Info;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32C;

/** Header and trailer of a table's file, as they are written and read. */
final class TableFileFormat {
    /*
     * {"format":"heirloom-table","version":1,"table":"orders","type":"ordered_set","rows":2,
     *  "written":"2026-01-31T12:00:00Z","codec":"heirloom-json","crc32c":"8ad1c2f0"}          all of this in one line
     * {"id":"a","sum":1}                                                                      a line for each row
     * {"id":"b","sum":2}
     * {"end":"heirloom-table","rows":2,"crc32c":"0b9d4e11"}
     *
     * JSON Lines in UTF-8: every line is a JSON value and ends with \n, the last one too, and nothing follows it. Header
     * and trailer have these members in this order, without spaces; between "codec" and "crc32c" there may be "salvage",
     * which says what was left out. The checksum of the header is that of its bytes before ,"crc32c"; the one of the
     * trailer that of all bytes before its line. CRC-32C finds every damage that spans at most 32 bits, and all but one
     * in 2^32 of the others. It does not find what somebody changes on purpose.
     */
    static final int HEADER_LINE = 1;

    /** In bytes, when read and when written. */
    static final int LONGEST_LINE = 1 << 24;

    private static final String FORMAT = "heirloom-table";
    private static final String MAGIC = "{\"format\":\"" + FORMAT + "\",\"version\":";
    private static final String CHECKSUM = ",\"crc32c\":";
    private static final String SALVAGE = ",\"salvage\":";

    private TableFileFormat() {}

    static String header(Info info) {
        String salvage = info.salvage();
        String members = MAGIC + info.version()
                + ",\"table\":" + JsonText.quoted(info.table())
                + ",\"type\":\"" + word(info.type())
                + "\",\"rows\":" + info.rows()
                + ",\"written\":\"" + info.written()
                + "\",\"codec\":" + JsonText.quoted(info.codec())
                + (salvage == null ? "" : SALVAGE + JsonText.quoted(salvage));
        return members + headerEnd(members);
    }

    /** The end of the header, with the checksum of what comes before it. */
    private static String headerEnd(String members) {
        CRC32C sum = new CRC32C();
        sum.update(members.getBytes(StandardCharsets.UTF_8));
        return CHECKSUM + "\"" + checksum(sum) + "\"}";
    }

    static String trailer(long rows, String checksum) {
        return trailerStart(rows) + "\"" + checksum + "\"}";
    }

    private static String trailerStart(long rows) {
        return "{\"end\":\"" + FORMAT + "\",\"rows\":" + rows + CHECKSUM;
    }

    static String checksum(CRC32C sum) {
        return String.format(Locale.ROOT, "%08x", sum.getValue());
    }

    static String word(TableType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    static Info readHeader(TableFileLines lines) throws IOException {
        String line = lines.isAtEnd() ? null : lines.next();
        if (line == null) {
            throw lines.errorInNext("empty: not the file of a table");
        }
        if (!line.startsWith(MAGIC)) {
            throw lines.error("not the file of a table");
        }
        String known = TableFile.VERSION + ",";
        if (!line.startsWith(known, MAGIC.length())) {
            String version = line.substring(MAGIC.length(), (line + ",").indexOf(',', MAGIC.length()));
            throw lines.error("version " + version + "; only version " + TableFile.VERSION + " can be read");
        }
        int end = line.lastIndexOf(CHECKSUM);
        if (end < 0 || !line.substring(end).equals(headerEnd(line.substring(0, end)))) {
            throw lines.error("damaged: the checksum of the header is another one");
        }
        try {
            return parse(line.substring(0, end));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw lines.error("not a header that was written like this: " + e.getMessage(), e);
        }
    }

    private static Info parse(String members) {
        JsonText in = new JsonText(members).skip(MAGIC);
        int version = Math.toIntExact(in.number());
        String table = in.skip(",\"table\":").string();
        TableType type = type(in.skip(",\"type\":").string());
        long rows = in.skip(",\"rows\":").number();
        Instant written = Instant.parse(in.skip(",\"written\":").string());
        String codec = in.skip(",\"codec\":").string();
        String salvage = in.isNext(SALVAGE) ? in.skip(SALVAGE).string() : null;
        in.end();
        return new Info(version, table, type, rows, written, codec, salvage);
    }

    private static TableType type(String word) {
        return Arrays.stream(TableType.values())
                .filter(type -> word(type).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("type: there is no such type of table"));
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
                    trailer.startsWith(trailerStart(info.rows()))
                            ? "damaged: the checksum is another one"
                            : "damaged: after " + info.rows() + " rows their checksum should follow");
        }
        if (!lines.isAtEnd()) {
            throw lines.errorInNext("damaged: something follows the end of the table");
        }
    }
}
