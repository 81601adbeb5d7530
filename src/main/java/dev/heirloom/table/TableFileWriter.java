package dev.heirloom.table;

import dev.heirloom.table.TableFile.Info;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Writes the file of a table. For one thread. */
final class TableFileWriter {
    private final OutputStream out;
    private final String source;
    private final CRC32C sum = new CRC32C();
    private long line;

    private TableFileWriter(OutputStream out, String source) {
        this.out = out;
        this.source = source;
    }

    /** Writes a whole file to a stream, which it flushes and leaves open. */
    static <R> void write(Info info, Stream<R> rows, RowCodec<R> codec, OutputStream to, String source)
            throws IOException {
        BufferedOutputStream out = new BufferedOutputStream(to, 1 << 16);
        new TableFileWriter(out, source).writeAll(info, rows, codec);
        out.flush();
    }

    /** Writes a whole file beside the one named, and moves it there once it is complete and on disk. */
    static <R> void write(Info info, Stream<R> rows, RowCodec<R> codec, Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path name = target.getFileName();
        Path directory = target.getParent();
        if (name == null || directory == null) {
            throw new IllegalArgumentException("file: " + file + " is not the name of a file");
        }
        FileAttribute<?>[] ownerOnly =
                directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Path temporary = Files.createTempFile(directory, name + ".", ".tmp", ownerOnly);
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
                    OutputStream out = Channels.newOutputStream(channel)) {
                write(info, rows, codec, out, file.toString());
                channel.force(true); // or a power cut may leave the new name with nothing in it
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary); // no longer there if it was moved
        }
    }

    private <R> void writeAll(Info info, Stream<R> rows, RowCodec<R> codec) throws IOException {
        writeLine(TableFileFormat.header(info));
        long count = 0;
        for (Iterator<R> each = rows.iterator(); each.hasNext(); count++) {
            writeLine(encode(codec, each.next()));
        }
        if (count != info.rows()) {
            throw new TableFileException(
                    source, line, "there are " + count + " rows, not " + info.rows() + " as there should be", null);
        }
        writeLine(TableFileFormat.trailer(count, TableFileFormat.checksum(sum)));
    }

    private <R> String encode(RowCodec<R> codec, R row) {
        String text;
        try {
            text = codec.encode(row);
        } catch (RuntimeException e) {
            throw error("codec " + codec.name() + " cannot write the row", e);
        }
        if (text == null) {
            throw error("codec " + codec.name() + " made null of the row", null);
        }
        if (!codec.isJson()) {
            return JsonText.quoted(text);
        }
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw error("codec " + codec.name() + " made a text with a line break of the row", null);
        }
        return text;
    }

    private void writeLine(String text) throws IOException {
        ByteBuffer bytes;
        try {
            bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)); // reports, unlike getBytes()
        } catch (CharacterCodingException e) {
            throw error("not valid Unicode: a surrogate without its other half", e);
        }
        if (bytes.remaining() > TableFileFormat.LONGEST_LINE) {
            throw error("longer than " + TableFileFormat.LONGEST_LINE + " bytes", null);
        }
        int length = bytes.remaining();
        out.write(bytes.array(), bytes.arrayOffset(), length);
        out.write('\n');
        sum.update(bytes);
        sum.update('\n');
        line++;
    }

    /** An error in the line to be written next. */
    private TableFileException error(String why, @Nullable Throwable cause) {
        return new TableFileException(source, line + 1, why, cause);
    }
}
