package dev.heirloom.rest;

import dev.heirloom.manager.TableHandle;
import dev.heirloom.manager.TableStatus;
import dev.heirloom.ownership.NoOwnerException;
import dev.heirloom.table.Access;
import dev.heirloom.table.AccessDeniedException;
import dev.heirloom.table.ReadOnlyTableException;
import dev.heirloom.table.Schema;
import dev.heirloom.table.TableFile;
import dev.heirloom.table.TableFileException;
import dev.heirloom.table.TableFullException;
import dev.heirloom.table.TableNotLoadedException;
import dev.heirloom.table.UnitOfWork;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Brings the rows of a file into a table, all of them or none: it is received and found to be undamaged, every row is
 * decoded, and only then the owner makes one unit of work of them. For one thread at a time.
 */
final class Import<K, R> {
    /** How much of its progress is over when all rows are decoded. */
    private static final double DECODED = 0.8;

    /** And when all rows are in the unit of work, which is then committed. */
    private static final double INSERTED = 0.9;

    /** How many rows are inserted between two looks at whether it was cancelled. */
    private static final int BATCH = 1024;

    private static final int BUFFER = 1 << 16;

    /** What becomes of the rows that are there. */
    enum Mode {
        /** They stay, but for those whose keys the file has. */
        MERGE,

        /** They are deleted. */
        REPLACE;

        /** @throws ProblemException 400 if there is no such mode */
        static Mode of(@Nullable String word) {
            if (word == null || word.equals("merge")) {
                return MERGE;
            }
            if (!word.equals("replace")) {
                throw FileProblems.badParameter("mode", "mode is none of [merge, replace]");
            }
            return REPLACE;
        }
    }

    private final TableHandle<K, R> table;
    private final Mode mode;
    private final Duration timeout;
    private final Path file;

    /**
     * @param timeout how long the request may wait for the owner, and then how long it may run
     * @param file where the body is kept until it has been brought in; deleted then
     */
    Import(TableHandle<K, R> table, Mode mode, Duration timeout, Path file) {
        this.table = table;
        this.mode = mode;
        this.timeout = timeout;
        this.file = file;
    }

    /** @throws dev.heirloom.table.NotAppliedException if the table cannot be changed now, or by nobody but its owner */
    static void check(TableHandle<?, ?> table) {
        TableStatus status = table.status();
        String why = String.valueOf(status.why());
        if (table.schema().access() == Access.PRIVATE) {
            throw new AccessDeniedException(status.name(), Access.PRIVATE, "import into");
        }
        if (status.isLoading() || status.isUnloaded()) {
            throw new TableNotLoadedException(status.name(), why);
        }
        String readOnly = status.readOnly();
        if (readOnly != null) {
            throw new ReadOnlyTableException(status.name(), readOnly);
        }
        if (status.isOrphaned() || status.isVacant()) {
            throw new NoOwnerException(status.name(), why);
        }
    }

    // ---- receiving ----

    /**
     * Reads the body to its end.
     *
     * @param most how many bytes it may have, compressed or not
     * @throws TableFileException if it is not the whole, undamaged file of a table
     * @throws ProblemException 413 if it is too large, 400 if it cannot be read, 422 if it is not of such a table
     * @throws IOException if it cannot be kept
     */
    void receive(InputStream body, boolean compressed, long most) throws IOException {
        TableFile.Info info;
        try (OutputStream copy = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            InputStream plain = body;
            if (compressed) { // bounded on both sides, since it may also be large and become nothing
                plain = unzip(new ReceivedBody(body, OutputStream.nullOutputStream(), most));
            }
            info = TableFile.verify(new ReceivedBody(plain, copy, most));
        }
        checkFits(info);
    }

    private static InputStream unzip(InputStream body) {
        try {
            return new GZIPInputStream(body, BUFFER);
        } catch (IOException e) {
            throw new ProblemException(Problem.of(400, "unreadable-body", "The body cannot be read")
                    .withDetail("it is not compressed as gzip"));
        }
    }

    private void checkFits(TableFile.Info info) {
        Schema<K, R> schema = table.schema();
        if (info.type() != schema.type()) {
            throw new ProblemException(FileProblems.unfit("it is of a table of type " + JobView.lower(info.type())
                    + ", table " + table.status().name() + " is of type " + JobView.lower(schema.type())));
        }
        String codec = table.codec().name();
        if (!info.codec().equals(codec)) {
            throw new ProblemException(FileProblems.unfit("its rows were written by codec " + info.codec()
                    + ", those of " + table.status().name() + " are by " + codec));
        }
        long limit = schema.limits().rows();
        if (info.rows() > limit) {
            throw new TableFullException(table.status().name(), limit);
        }
    }

    // ---- bringing in ----

    /** Decodes the rows, and has the owner make one unit of work of them. The file is deleted, whatever comes of it. */
    void run(Job job) throws IOException {
        try {
            List<R> rows = decode(job);
            table.ref()
                    .<@Nullable Void>call(
                            unit -> {
                                write(unit, rows, job);
                                return null;
                            },
                            timeout);
        } finally {
            discard();
        }
    }

    private void write(UnitOfWork<K, R> unit, List<R> rows, Job job) {
        job.checkCancelled();
        if (mode == Mode.REPLACE) {
            unit.clear();
        }
        for (int from = 0; from < rows.size(); from += BATCH) {
            int to = Math.min(from + BATCH, rows.size());
            unit.insertAll(rows.subList(from, to));
            job.progress(to, DECODED + (INSERTED - DECODED) * to / rows.size());
        }
        job.commit();
    }

    private List<R> decode(Job job) throws IOException {
        List<R> rows = new ArrayList<>();
        Keys keys = new Keys();
        try (InputStream in = Files.newInputStream(file);
                TableFile.Reader<R> reader = TableFile.read(in, table.codec())) {
            long all = reader.info().rows();
            for (Optional<R> row = reader.next(); row.isPresent(); row = reader.next()) {
                rows.add(row.get());
                keys.add(row.get(), rows.size() + 1);
                if (rows.size() % BATCH == 0) {
                    job.progress(rows.size(), DECODED * rows.size() / all);
                }
            }
        } catch (TableFileException e) { // it is undamaged
            String why = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
            throw new ProblemException(FileProblems.unfit(e.getMessage() + why).with("line", e.line()));
        }
        job.progress(rows.size(), DECODED);
        return rows;
    }

    /** Forgets the file. */
    void discard() throws IOException {
        Files.deleteIfExists(file);
    }

    /** The keys of the rows so far: in a set no two are one. */
    private final class Keys {
        private final @Nullable Set<K> seen;

        Keys() {
            Comparator<? super K> order = table.schema().order();
            seen = table.schema().type().isBag() ? null : order == null ? new HashSet<>() : new TreeSet<>(order);
        }

        void add(R row, long line) {
            String why = null;
            try {
                K key = table.schema().key().apply(table.schema().rowType().cast(row));
                if (key == null) {
                    why = "the row has no key";
                } else if (seen != null && !seen.add(key)) {
                    why = "a row before has the same key";
                }
            } catch (RuntimeException e) { // of the user's function
                why = "the key of the row cannot be had: " + e.getClass().getSimpleName();
            }
            if (why != null) {
                throw new ProblemException(
                        FileProblems.unfit("line " + line + ": " + why).with("line", line));
            }
        }
    }
}
