package dev.heirloom.backup;

import dev.heirloom.table.Schema;
import dev.heirloom.table.VersionedTable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An heir beyond the process: keeps the committed changes of tables, and gives back their rows to the next process.
 * Thread-safe.
 */
public interface Backup extends AutoCloseable {
    /** The number of this start: higher than of all before that used the same place. */
    long start();

    /**
     * What is kept of a table, and of what it becomes. To be loaded before anything is written, and closed.
     *
     * @throws UnsupportedRowException if rows of that type cannot be written
     * @throws IOException if the place where it is kept cannot be used
     */
    <K, R> KeptTable<K, R> table(Schema<K, R> schema, Durability durability, RowFormat<R> format) throws IOException;

    /**
     * Puts what can be read of damaged files into a new table, which is not kept, and changes none of them. For a table
     * that could not be loaded and is not being loaded. Blocks until that is done.
     *
     * @throws IOException if the place where it is kept cannot be used
     */
    <K, R> Salvaged salvage(VersionedTable<K, R> into, RowFormat<R> format) throws IOException;

    /**
     * Has a table that could not be loaded begin anew: what is kept of it stays, under another name.
     *
     * @return where that is now
     * @throws IOException if the place where it is kept cannot be used
     */
    Path setAside(String table) throws IOException;

    /** Does what is to be done in the background, until the backup is closed. For a thread of its own. */
    void run();

    /**
     * Ends {@link #run}, and lets another process have the place: once the last table is closed, for which it waits a
     * while.
     *
     * @throws IOException if one is not closed by then
     */
    @Override
    void close() throws IOException;
}
