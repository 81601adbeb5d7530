package dev.heirloom.rest;

import dev.heirloom.manager.TableHandle;
import dev.heirloom.table.Access;
import dev.heirloom.table.AccessDeniedException;
import dev.heirloom.table.RowCodec;
import dev.heirloom.table.Snapshot;
import dev.heirloom.table.TableFile;
import dev.heirloom.table.TableFileException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table to a file of the server's, from where it goes to whoever asked for it: however long that takes, no
 * snapshot is open meanwhile. For one thread.
 */
final class Export<K, R> {
    private static final int BUFFER = 1 << 16;

    /** How often it is told how far it is. */
    private static final int STEP = 256;

    private final TableHandle<K, R> table;
    private final boolean salvage;
    private final boolean compressed;

    /** Hears how far it is. */
    interface Progress {
        Progress NONE = (rows, part) -> {};

        /**
         * So far it is.
         *
         * @param part from 0 to 1
         */
        void at(long rows, double part);
    }

    /**
     * @param salvage whether what can be read of damaged files is wanted
     * @throws AccessDeniedException if the table is private
     * @throws ProblemException 409 if a salvage is wanted of a table that is loaded
     */
    Export(TableHandle<K, R> table, boolean salvage, boolean compressed) {
        this.table = table;
        this.salvage = salvage;
        this.compressed = compressed;
        if (table.schema().access() == Access.PRIVATE) {
            throw new AccessDeniedException(table.status().name(), Access.PRIVATE, "export");
        }
        if (salvage && !table.status().isUnloaded()) {
            throw new ProblemException(Problem.of(409, "not-unloaded", "The table has not failed to be loaded")
                    .withDetail("table " + table.status().name() + " is "
                            + table.status().state()
                            + ": there is nothing to salvage; export it without salvage=true"));
        }
    }

    /**
     * Writes it all.
     *
     * @throws ProblemException 422 if a row cannot be written
     * @throws IOException if the file cannot be written, or damaged ones cannot be had
     */
    void write(Path file, Progress progress) throws IOException {
        if (salvage) {
            RowCodec<R> codec = table.codec();
            try (TableHandle.SalvagedRows<K, R> salvaged = table.salvage()) {
                write(salvaged.rows(), codec, salvaged.outcome().summary(), file, progress);
            }
        } else {
            RowCodec<R> codec = table.codec();
            try (Snapshot<K, R> snapshot = table.ref().snapshot()) { // needed for a moment only
                write(snapshot, codec, null, file, progress);
            }
        }
    }

    private void write(Snapshot<K, R> rows, RowCodec<R> codec, @Nullable String summary, Path file, Progress progress)
            throws IOException {
        try (OutputStream out = open(file)) {
            TableFile.write(rows, new Counting<>(codec, rows.size(), progress), summary, out);
        } catch (TableFileException e) {
            throw new ProblemException(Problem.of(422, "unwritable-row", "A row cannot be written")
                    .withDetail(e.getMessage()
                            + (e.getCause() == null ? "" : ": " + e.getCause().getMessage())));
        }
    }

    private OutputStream open(Path file) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        return compressed ? new FastGzip(out) : out;
    }

    /** Compresses as fast as can be: somebody waits for the first byte. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** Tells of every so many rows. */
    private static final class Counting<R> implements RowCodec<R> {
        private final RowCodec<R> codec;
        private final long all;
        private final Progress progress;
        private long rows;

        Counting(RowCodec<R> codec, long all, Progress progress) {
            this.codec = codec;
            this.all = all;
            this.progress = progress;
        }

        @Override
        public String encode(R row) {
            if (++rows % STEP == 0 || rows == all) {
                progress.at(rows, (double) rows / all);
            }
            return codec.encode(row);
        }

        @Override
        public R decode(String line) throws Exception {
            return codec.decode(line);
        }

        @Override
        public String name() {
            return codec.name();
        }

        @Override
        public boolean isJson() {
            return codec.isJson();
        }
    }
}
