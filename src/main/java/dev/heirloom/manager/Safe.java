package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.backup.Backup;
import dev.heirloom.backup.JournalBackup;
import dev.heirloom.backup.KeptTable;
import dev.heirloom.backup.Salvaged;
import dev.heirloom.table.VersionedTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Where an application's tables are kept beyond the process: a directory, opened for the first that is. Thread-safe. */
final class Safe {
    /** How far the epochs of two starts are apart. */
    private static final int START_BITS = 32;

    /** How far the numbers of changes of two starts are apart. */
    private static final int CHANGE_BITS = 40;

    /** Says where. */
    interface Place {
        Path directory() throws IOException;
    }

    private final Place place;
    private final Executor executor;
    private @Nullable Backup backup;
    private boolean closed;

    /** @param executor where it may block, for as long as there are tables */
    Safe(Place place, Executor executor) {
        this.place = place;
        this.executor = executor;
    }

    private synchronized Backup open() throws IOException {
        if (closed) {
            throw new IOException("the application is being stopped");
        }
        Backup opened = backup;
        if (opened == null) {
            opened = JournalBackup.open(place.directory(), executor);
            backup = opened;
            executor.execute(opened::run);
        }
        return opened;
    }

    /** Whether there is something of a table of that name. Opens nothing. May block. */
    boolean has(String table) {
        try {
            return Files.isDirectory(place.directory().resolve(table));
        } catch (IOException e) {
            return false; // whoever opens it will say why
        }
    }

    /** What is kept of a table. May block. */
    <K, R> KeptTable<K, R> table(TableSpec<K, R> spec) throws IOException {
        return open().table(
                        spec.schema(),
                        spec.keeping().durability(),
                        spec.keeping().format(spec.schema()));
    }

    /** Puts what can be read of the damaged files of a table into a new one. Blocks. */
    <K, R> Salvaged salvage(VersionedTable<K, R> into, TableSpec<K, R> spec) throws IOException {
        return open().salvage(into, spec.keeping().format(spec.schema()));
    }

    /** Gives the files of a table another name. May block. */
    Path setAside(TableSpec<?, ?> spec) throws IOException {
        return open().setAside(spec.name());
    }

    /** The epoch before the first of this start. May block. */
    long epoch() throws IOException {
        return open().start() << START_BITS;
    }

    /** The number before that of the first change of this start. May block. */
    long change() throws IOException {
        return open().start() << CHANGE_BITS;
    }

    /** The number of a change without what tells one start from another. */
    static long ofThisStart(long change) {
        return change & ((1L << CHANGE_BITS) - 1);
    }

    /** Lets others have the directory. The tables were closed. */
    synchronized void close() throws IOException {
        closed = true;
        if (backup != null) {
            backup.close();
        }
    }
}
