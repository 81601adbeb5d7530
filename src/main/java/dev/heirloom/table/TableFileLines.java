package dev.heirloom.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The lines of a file, counted and summed up as they are read. For one thread. */
final class TableFileLines {
    private static final int BUFFER = 1 << 16;
    private static final int END = -1;

    private final InputStream in;
    private final String source;
    private final byte[] buffer = new byte[BUFFER];
    private final CRC32C sum = new CRC32C();
    private int from;
    private int to;
    private long line;

    /** @param source what the file is called in errors; empty if it has no name */
    TableFileLines(InputStream in, String source) {
        this.in = in;
        this.source = source;
    }

    /** The next line without its break; null if there is none. */
    @Nullable
    String next() throws IOException {
        if (isAtEnd()) {
            return null;
        }
        line++;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!isAtEnd()) {
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            bytes.write(buffer, from, end - from);
            if (bytes.size() > TableFileFormat.LONGEST_LINE) {
                throw error("longer than " + TableFileFormat.LONGEST_LINE + " bytes: damaged, or not a table");
            }
            boolean whole = end < to;
            int next = whole ? end + 1 : end;
            sum.update(buffer, from, next - from);
            from = next;
            if (whole) {
                return text(bytes.toByteArray());
            }
        }
        throw error("truncated: the file ends within the line");
    }

    /** Whether there is nothing more to read. */
    boolean isAtEnd() throws IOException {
        while (from == to) {
            int read = in.read(buffer, 0, buffer.length);
            if (read == END) {
                return true;
            }
            from = 0;
            to = read;
        }
        return false;
    }

    /** The checksum of all lines read so far, with their breaks. */
    String checksum() {
        return TableFileFormat.checksum(sum);
    }

    /** An error in the line read last. */
    TableFileException error(String why) {
        return error(why, null);
    }

    TableFileException error(String why, @Nullable Throwable cause) {
        return new TableFileException(source, line, why, cause);
    }

    /** An error in the line after the one read last. */
    TableFileException errorInNext(String why) {
        return errorAt(line + 1, why);
    }

    TableFileException errorAt(long number, String why) {
        return new TableFileException(source, number, why, null);
    }

    private String text(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder() // one that reports, other than new String(bytes)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw error("damaged: not UTF-8", e);
        }
        if (text.endsWith("\r")) {
            throw error("damaged: its line break was converted");
        }
        return text;
    }
}
