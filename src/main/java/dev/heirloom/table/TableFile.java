package dev.heirloom.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table exported to a file of JSON Lines, and read from it again: {@code ets:tab2file}, {@code file2tab} and
 * {@code tabfile_info}. The first line is a header, then comes a line for each row, last a trailer; each is a JSON value,
 * and both header and rows have a checksum. A row is what its codec writes, or, if that {@linkplain RowCodec#isJson is no
 * JSON}, a JSON string of it.
 *
 * <p>Damage, truncation, and anything that follows the end are found, by a {@link TableFileException} that names the
 * line; not found is what somebody forges. A file holds the rows in the clear. A line has at most 16 MiB.
 *
 * <p>The methods are thread-safe, as far as the streams and codecs they are given are. Those that take a stream leave it
 * open, where nothing else is said.
 */
public final class TableFile {
    /** The version of the format; files of other versions are refused. */
    public static final int VERSION = 1;

    private TableFile() {}

    /**
     * What a file says of itself.
     *
     * @param version the version of the format
     * @param table the name of the table it was
     * @param type the type of the table it was
     * @param rows how many rows there are
     * @param written when it was begun
     * @param codec the name of the codec that wrote the rows
     * @param salvage if these are the rows that could be had of damaged files: what was left out; otherwise null
     */
    public record Info(
            int version,
            String table,
            TableType type,
            long rows,
            Instant written,
            String codec,
            @Nullable String salvage) {
        public Info {
            Objects.requireNonNull(table, "table");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(written, "written");
            Objects.requireNonNull(codec, "codec");
            if (rows < 0) {
                throw new IllegalArgumentException("rows: " + rows + " is negative");
            }
            if (codec.isEmpty() || codec.length() > 200 || codec.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("codec: its name must be 1 to 200 characters, and no control ones");
            }
        }
    }

    // ---- writing ----

    /**
     * Writes what a snapshot shows, and flushes the stream. How long that takes does not matter: it begins by taking a
     * reference to every row, and needs the snapshot no more then. If it fails, what was written up to there is
     * incomplete and is not taken for a table.
     *
     * @throws TableFileException if the codec cannot write a row, or makes a text of it that is not a line
     * @throws SnapshotExpiredException if the snapshot is not open any more
     */
    public static <K, R> Info write(Snapshot<K, R> snapshot, RowCodec<R> codec, OutputStream out) throws IOException {
        return write(snapshot, codec, null, out);
    }

    /**
     * As {@link #write(Snapshot, RowCodec, OutputStream)}.
     *
     * @param salvage what the header says was left out; null if the table is whole
     */
    public static <K, R> Info write(
            Snapshot<K, R> snapshot, RowCodec<R> codec, @Nullable String salvage, OutputStream out) throws IOException {
        List<R> rows = rowsOf(snapshot);
        Info info = infoOf(snapshot, rows, codec, salvage);
        TableFileWriter.write(info, rows.stream(), codec, out, "");
        return info;
    }

    /**
     * Writes what a snapshot shows to a file, as {@link #write(Snapshot, RowCodec, OutputStream)}. The file appears when
     * it is complete and on disk, or not at all. It replaces a file of that name. Where the file system knows
     * permissions, only the owner can read it.
     *
     * @throws TableFileException if the codec cannot write a row, or makes a text of it that is not a line
     * @throws SnapshotExpiredException if the snapshot is not open any more
     */
    public static <K, R> Info write(Snapshot<K, R> snapshot, RowCodec<R> codec, Path file) throws IOException {
        List<R> rows = rowsOf(snapshot);
        Info info = infoOf(snapshot, rows, codec, null);
        TableFileWriter.write(info, rows.stream(), codec, file);
        return info;
    }

    private static <R> List<R> rowsOf(Snapshot<?, R> snapshot) {
        try (Stream<R> rows = snapshot.stream()) {
            return rows.toList();
        }
    }

    private static <K, R> Info infoOf(
            Snapshot<K, R> snapshot, List<R> rows, RowCodec<R> codec, @Nullable String salvage) {
        Schema<K, R> schema = snapshot.schema();
        return new Info(VERSION, schema.name(), schema.type(), rows.size(), Instant.now(), codec.name(), salvage);
    }

    // ---- looking ----

    /**
     * What the header says, which is checked; the rows are not. Reads ahead: the stream cannot be used for the rows
     * afterwards.
     *
     * @throws TableFileException if there is no header of a table, or it is damaged
     */
    public static Info info(InputStream in) throws IOException {
        return TableFileFormat.readHeader(new TableFileLines(in, ""));
    }

    /** As {@link #info(InputStream)}. */
    public static Info info(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return TableFileFormat.readHeader(new TableFileLines(in, file.toString()));
        }
    }

    /**
     * What the header says, once the whole file is found to be undamaged. Takes no codec, and so does not say that the
     * rows can be decoded.
     *
     * @throws TableFileException if it is damaged, truncated or followed by anything
     */
    public static Info verify(InputStream in) throws IOException {
        return verify(in, "");
    }

    /** As {@link #verify(InputStream)}. */
    public static Info verify(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return verify(in, file.toString());
        }
    }

    private static Info verify(InputStream in, String source) throws IOException {
        TableFileLines lines = new TableFileLines(in, source);
        Info info = TableFileFormat.readHeader(lines);
        TableFileFormat.skipRows(lines, info, 0);
        return info;
    }

    // ---- reading ----

    /**
     * Begins to read rows one by one. Closing the reader closes the stream; if this fails, it is left open.
     *
     * @throws TableFileException if there is no header of a table, it is damaged, or names another codec
     */
    public static <R> Reader<R> read(InputStream in, RowCodec<R> codec) throws IOException {
        return new Reader<>(in, "", codec);
    }

    /** As {@link #read(InputStream, RowCodec)}. */
    public static <R> Reader<R> read(Path file, RowCodec<R> codec) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            return new Reader<>(in, file.toString(), codec);
        } catch (Throwable t) {
            try (in) {
                throw t;
            }
        }
    }

    /**
     * All rows, once the whole file is found to be undamaged and every row to be decodable: the first half of an import
     * that is all or nothing.
     *
     * @throws TableFileException if it is damaged, truncated or followed by anything, or a row cannot be decoded
     */
    public static <R> List<R> readAll(InputStream in, RowCodec<R> codec) throws IOException {
        return new Reader<>(in, "", codec).rest();
    }

    /** As {@link #readAll(InputStream, RowCodec)}. */
    public static <R> List<R> readAll(Path file, RowCodec<R> codec) throws IOException {
        try (Reader<R> reader = read(file, codec)) {
            return reader.rest();
        }
    }

    /**
     * The rows of a file, one after another, in the order in which they were written.
     *
     * <p><b>A row that was read is not yet known to be undamaged.</b> Only when {@link #next} says that there is no more
     * ({@link #isVerified}) were the checksum and the number of all rows right. Change nothing before that.
     *
     * <p>For one thread at a time.
     *
     * @param <R> the type of the rows
     */
    public static final class Reader<R> implements AutoCloseable {
        private final InputStream in;
        private final TableFileLines lines;
        private final RowCodec<R> codec;
        private final Info info;
        private long given;
        private boolean verified;
        private @Nullable TableFileException failure;

        private Reader(InputStream in, String source, RowCodec<R> codec) throws IOException {
            this.in = in;
            this.lines = new TableFileLines(in, source);
            this.codec = codec;
            this.info = TableFileFormat.readHeader(lines);
            if (!codec.name().equals(info.codec())) {
                throw lines.errorAt(
                        TableFileFormat.HEADER_LINE, "written by codec " + info.codec() + ", not by " + codec.name());
            }
        }

        /** What the header says. */
        public Info info() {
            return info;
        }

        /**
         * Refuses the file unless its rows can be those of a table of the schema: it is of the same type. The name may
         * be another one.
         *
         * @throws TableFileException if the table was of another type
         */
        public Reader<R> expect(Schema<?, R> schema) {
            if (schema.type() != info.type()) {
                throw lines.errorAt(
                        TableFileFormat.HEADER_LINE,
                        "table " + info.table() + " was of type " + TableFileFormat.word(info.type()) + ", table "
                                + schema.name() + " is of type " + TableFileFormat.word(schema.type()));
            }
            return this;
        }

        /**
         * The next row; empty if there is none, and the file was found to be undamaged.
         *
         * @throws TableFileException if it is damaged, truncated or followed by anything, or the row cannot be decoded;
         *     and at every call after that
         */
        public Optional<R> next() throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (verified) {
                return Optional.empty();
            }
            try {
                if (given == info.rows()) {
                    TableFileFormat.readTrailer(lines, info);
                    verified = true;
                    return Optional.empty();
                }
                R row = decode(TableFileFormat.nextRow(lines, info, given));
                given++;
                return Optional.of(row);
            } catch (TableFileException e) {
                failure = e;
                throw e;
            }
        }

        /** The rows that were not read yet, once the whole file is found to be undamaged. */
        public List<R> rest() throws IOException {
            List<R> rows = new ArrayList<>();
            for (Optional<R> row = next(); row.isPresent(); row = next()) {
                rows.add(row.get());
            }
            return List.copyOf(rows);
        }

        /** Whether all rows were read, and their checksum and number were right. */
        public boolean isVerified() {
            return verified;
        }

        private R decode(String line) throws IOException {
            @Nullable Exception cause = null;
            try {
                R row = codec.decode(codec.isJson() ? line : JsonText.unquoted(line));
                if (row != null) {
                    return row;
                }
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                cause = e;
            }
            TableFileException undecodable = lines.error("codec " + codec.name() + " cannot read the row", cause);
            try {
                TableFileFormat.skipRows(lines, info, given + 1);
            } catch (TableFileException damage) {
                damage.addSuppressed(undecodable); // the damage is why
                throw damage;
            }
            throw undecodable;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
