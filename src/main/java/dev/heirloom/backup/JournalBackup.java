package dev.heirloom.backup;

import dev.heirloom.table.Schema;
import dev.heirloom.table.TableLoader;
import dev.heirloom.table.VersionedTable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Keeps tables in a directory, each in a journal. Thread-safe. */
public final class JournalBackup implements Backup {
    /** How large the files are that a journal consists of, if no record is larger. */
    static final int SEGMENT_SIZE = 16 << 20;

    private static final long PATIENCE_SECONDS = 10;

    private final DataDirectory directory;
    private final Keeper keeper = new Keeper();

    /** The tables that are open. Guarded by this. */
    private final Set<String> open = new TreeSet<>();

    /** Whether no table may be opened any more. Guarded by this. */
    private boolean closing;

    private final Executor readers;

    private JournalBackup(DataDirectory directory, Executor readers) {
        this.directory = directory;
        this.readers = readers;
    }

    /**
     * Opens a directory; makes it if it is not there.
     *
     * @param readers who may help to read what is kept; may be busy, or refuse
     * @throws DirectoryInUseException if another process, or another application of this one, has it
     * @throws IOException if it cannot be used
     */
    public static JournalBackup open(Path directory, Executor readers) throws IOException {
        return new JournalBackup(DataDirectory.open(directory), readers);
    }

    @Override
    public long start() {
        return directory.start();
    }

    @Override
    public <K, R> KeptTable<K, R> table(Schema<K, R> schema, Durability durability, RowFormat<R> format)
            throws IOException {
        String name = schema.name();
        awaitClosed(name);
        try {
            return new JournaledTable<>(
                    schema,
                    directory.disk(name, durability),
                    durability,
                    format,
                    SEGMENT_SIZE,
                    keeper,
                    readers,
                    () -> closed(name));
        } catch (IOException | RuntimeException e) {
            closed(name);
            throw e;
        }
    }

    @Override
    public <K, R> Salvaged salvage(VersionedTable<K, R> into, RowFormat<R> format) throws IOException {
        String name = into.schema().name();
        awaitClosed(name);
        try {
            TableLoader<K, R> loader = into.loader();
            Disk disk = directory.disk(name, Durability.ALWAYS); // not mapped: what cannot be read is an IOException
            Salvage<R> salvage = new Salvage<>(disk, format, JournaledTable.changesFor(loader));
            Salvaged salvaged = salvage.run();
            loader.finish(salvage.commit(), 0, null);
            return salvaged;
        } finally {
            closed(name);
        }
    }

    @Override
    public Path setAside(String table) throws IOException {
        awaitClosed(table);
        try {
            return directory.setAside(table);
        } finally {
            closed(table);
        }
    }

    /** Lets a table of that name, which was deleted a moment ago, come to its end. */
    private synchronized void awaitClosed(String name) throws IOException {
        if (!await(() -> closing || !open.contains(name))) {
            throw new IOException("another table of that name has not been closed yet");
        }
        if (closing) {
            throw new IOException("the data directory is being closed");
        }
        open.add(name);
    }

    /** Whether something comes true soon. With the monitor. */
    private boolean await(BooleanSupplier condition) throws InterruptedIOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while tables were being closed");
            }
        }
        return true;
    }

    private void closed(String name) {
        synchronized (this) {
            open.remove(name);
            notifyAll();
            if (!closing || !open.isEmpty()) {
                return;
            }
        }
        try {
            directory.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void run() {
        keeper.run();
    }

    @Override
    public void close() throws IOException {
        keeper.stop();
        synchronized (this) {
            closing = true;
            notifyAll();
            if (!await(open::isEmpty)) {
                throw new IOException(
                        "still in use by the tables " + open + "; others may have it when they are closed");
            }
        }
        directory.close();
    }
}
