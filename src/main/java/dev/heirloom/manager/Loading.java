package dev.heirloom.manager;

import dev.heirloom.backup.DamagedException;
import dev.heirloom.backup.KeptTable;
import dev.heirloom.backup.UnreadableRowException;
import dev.heirloom.ownership.SharedTable;
import dev.heirloom.table.HeirloomException;
import dev.heirloom.table.TableClosedException;
import dev.heirloom.table.TableNotLoadedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Loads a table that is kept, away from the manager, and flushes it at the end. Thread-safe.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
final class Loading<K, R> {
    /** Where the table is kept. */
    interface Source<K, R> {
        /** What is kept of it. May block. */
        KeptTable<K, R> open() throws IOException;

        /** Gives what is kept of it another name, and says which. May block. */
        Path setAside() throws IOException;

        /** The number before that of the first change of this start. */
        long firstChange() throws IOException;
    }

    /** Who hears of a load. */
    interface Listener {
        /** Often, by the thread that loads. */
        void progressed(double done);

        /** What was kept so far is somewhere else. */
        void setAside(Path where);

        void loaded(KeptTable.Loaded what);

        void failed(String why);
    }

    private final SharedTable<K, R> table;
    private final Source<K, R> source;
    private final Executor executor;
    private volatile double progress;
    private volatile @Nullable KeptTable<K, R> kept;

    /** Written with the monitor. */
    private volatile End end = End.NONE;

    /** Whether a thread loads, which then sees to the end. Guarded by this. */
    private boolean running;

    /** What is to become of a table when it is loaded too late. */
    private enum End {
        NONE,
        CLOSED,
        DELETED
    }

    /**
     * @param executor where it may block
     */
    Loading(SharedTable<K, R> table, Source<K, R> source, Executor executor) {
        this.table = table;
        this.source = source;
        this.executor = executor;
    }

    /**
     * Begins; does not block.
     *
     * @param anew whether what is kept is to be set aside before
     */
    void start(Listener listener, boolean anew) {
        progress = 0;
        synchronized (this) {
            running = true;
        }
        table.unload(() -> new TableNotLoadedException(table.name(), Math.round(100 * progress) + " % of it are read"));
        executor.execute(() -> load(listener, anew));
    }

    private void load(Listener listener, boolean anew) {
        KeptTable<K, R> opened = null;
        try {
            if (anew) {
                listener.setAside(source.setAside());
            }
            opened = source.open();
            KeptTable<K, R> from = opened;
            KeptTable.Loaded[] loaded = new KeptTable.Loaded[1];
            boolean open = table.load(
                    empty -> loaded[0] = from.load(empty, source.firstChange(), done -> progress(done, listener)));
            End how = keep(opened);
            if (how == End.NONE && open) {
                listener.loaded(loaded[0]);
            } else {
                end(opened, how);
            }
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            String why = reason(e) + wayOn(e, opened);
            End how = failed();
            close(opened, how, e);
            table.unload(() -> new TableNotLoadedException(table.name(), why));
            if (how != End.CLOSED) {
                listener.failed(why);
            }
        }
    }

    private void progress(double done, Listener listener) {
        if (end != End.NONE) {
            throw new TableClosedException(table.name());
        }
        progress = done;
        listener.progressed(done);
    }

    /** What has become of the table while it was loaded. */
    private synchronized End keep(KeptTable<K, R> opened) {
        kept = opened;
        running = false;
        return end;
    }

    private synchronized End failed() {
        running = false;
        return end;
    }

    /** Ends the table now, or when it is loaded. */
    private synchronized @Nullable KeptTable<K, R> end(End how) {
        end = how;
        return kept;
    }

    private static void end(KeptTable<?, ?> opened, End how) throws IOException {
        if (how == End.DELETED) {
            opened.delete();
        } else {
            opened.close();
        }
    }

    private static void close(@Nullable KeptTable<?, ?> failed, End how, Throwable why) {
        if (failed != null) {
            try {
                end(failed, how);
            } catch (IOException | RuntimeException e) {
                why.addSuppressed(e);
            }
        }
    }

    /** What whoever looks after a table can do that files will not let be loaded. */
    private static String wayOn(Throwable failure, @Nullable KeptTable<?, ?> files) {
        if (files == null || !(failure instanceof DamagedException || failure instanceof UnreadableRowException)) {
            return "";
        }
        String cure = failure instanceof DamagedException ? "put back the files as they were" : "mend the row type";
        return ". All files are kept unchanged in " + files.place() + ". To go on, " + cure
                + " and revive the table; or export what can be read (GET .../export?salvage=true), have the files set"
                + " aside (POST .../set-aside), which leaves the table empty, and import it";
    }

    static String reason(Throwable failure) {
        return failure instanceof HeirloomException || failure instanceof IOException
                ? String.valueOf(failure.getMessage())
                : failure.toString();
    }

    /** From 0 to 1. */
    double progress() {
        return progress;
    }

    /** Why nothing is kept any more; null if all is well. */
    @Nullable
    String failure() {
        KeptTable<K, R> now = kept;
        return now == null ? null : now.failure();
    }

    /** What there is on disk; null while nothing is kept. */
    KeptTable.@Nullable Figures figures() {
        KeptTable<K, R> now = kept;
        return now == null ? null : now.figures();
    }

    /** Begins to keep the table anew after a {@link #failure}. May block. */
    void reopen() throws IOException {
        KeptTable<K, R> now = kept;
        if (now != null) {
            now.reopen();
        }
    }

    /** Forgets the table, which is closed. May block. */
    void delete() throws IOException {
        KeptTable<K, R> now;
        synchronized (this) {
            end = End.DELETED;
            if (running) {
                return; // that thread will
            }
            now = kept;
        }
        if (now == null) { // it could not be loaded
            now = source.open();
        }
        now.delete();
    }

    /** Has all that was committed be safe. The table is closed. May block. */
    void flush() throws IOException {
        KeptTable<K, R> now = end == End.DELETED ? kept : end(End.CLOSED);
        if (now != null) {
            now.close();
        }
    }
}
