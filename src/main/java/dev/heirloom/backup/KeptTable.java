package dev.heirloom.backup;

import dev.heirloom.table.VersionedTable;
import java.io.IOException;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one table. Thread-safe.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
public interface KeptTable<K, R> extends AutoCloseable {
    /** What was loaded. */
    record Loaded(long rows, long bytes, long cut) {}

    /**
     * Puts the rows that are kept into a new table, and keeps its commits from then on. Blocks until that is done.
     *
     * @param changes the number before that of the table's next change
     * @param progress is told how much is done, from 0 to 1
     * @throws DamagedException if what is kept was changed by something else; nothing is changed by that
     * @throws UnreadableRowException if a row cannot be made one of the present type
     */
    Loaded load(VersionedTable<K, R> into, long changes, DoubleConsumer progress) throws IOException;

    /**
     * Begins to keep the table anew, as it is in memory, after a {@link #failure}. Blocks until that is done.
     *
     * @throws IOException if it fails again; then the table stays read-only
     */
    void reopen() throws IOException;

    /**
     * What there is on disk.
     *
     * @param bytes how many bytes of it are written
     * @param files in how many files
     * @param unforced how many of these bytes a power cut would take
     * @param failed whether nothing is kept any more
     */
    record Figures(long bytes, int files, long unforced, boolean failed) {}

    /** What there is on disk now; null before the table is loaded. */
    @Nullable
    Figures figures();

    /** Forgets the table, which is closed. */
    void delete() throws IOException;

    /** Where it is kept, in words: a directory. */
    String place();

    /** Why nothing is kept any more, and the table is read-only; null if all is well. */
    @Nullable
    String failure();

    /**
     * Keeps what was committed as safe as can be, and nothing any more from then on.
     *
     * @throws IOException if that fails
     */
    @Override
    void close() throws IOException;
}
