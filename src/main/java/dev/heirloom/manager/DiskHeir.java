package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.backup.Durability;
import dev.heirloom.backup.KeptTable;
import dev.heirloom.backup.Salvaged;
import dev.heirloom.ownership.SharedTable;
import dev.heirloom.table.Schema;
import dev.heirloom.table.VersionedTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The heir of last resort of one table: the disk, if the table is kept at all. Has it loaded, kept again, set aside and
 * forgotten, and tells of that.
 *
 * <p>Thread-safe, and does not block, unless a method says otherwise. What it hears from threads that block it hands to
 * the queue of the table's custodian.
 */
final class DiskHeir<K, R> {
    /** How often a load that takes long is told of. */
    private static final long TOLD_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** What comes of a load; in the custodian's queue. */
    interface Outcome {
        void loaded();

        void notLoaded(String why);
    }

    private final TableSpec<K, R> spec;
    private final SharedTable<K, R> table;
    private final Safe safe;
    private final Executor blocking;
    private final Executor queue;
    private final Chronicle chronicle;
    private final Machinery machinery;
    private final @Nullable Loading<K, R> loading;

    // What follows is written by the queue only.

    private volatile @Nullable Duration lastLoad;

    /** Whether it was said that nothing can be changed any more. */
    private boolean readOnly;

    /**
     * @param blocking where it may block
     * @param queue where the custodian handles what happens, one at a time
     * @param lowest told the epoch before the first of this start, before the table is loaded
     */
    DiskHeir(
            TableSpec<K, R> spec,
            SharedTable<K, R> table,
            Safe safe,
            Executor blocking,
            Executor queue,
            Chronicle chronicle,
            Machinery machinery,
            LongConsumer lowest) {
        this.spec = spec;
        this.table = table;
        this.safe = safe;
        this.blocking = blocking;
        this.queue = queue;
        this.chronicle = chronicle;
        this.machinery = machinery;
        this.loading =
                spec.keeping().durability() == Durability.NONE ? null : new Loading<>(table, source(lowest), blocking);
    }

    private Loading.Source<K, R> source(LongConsumer lowest) {
        return new Loading.Source<>() {
            @Override
            public KeptTable<K, R> open() throws IOException {
                lowest.accept(safe.epoch());
                return safe.table(spec);
            }

            @Override
            public Path setAside() throws IOException {
                return safe.setAside(spec);
            }

            @Override
            public long firstChange() throws IOException {
                return safe.change();
            }
        };
    }

    /** Whether the table is kept; if not, there is nothing to load, and nothing is ever the matter. */
    boolean isHeir() {
        return loading != null;
    }

    /**
     * Begins to load the table. In the queue.
     *
     * @param anew whether what is kept is to be set aside before, so that the table begins empty
     */
    void load(boolean anew, Outcome outcome) {
        Loading<K, R> kept = loading;
        if (kept == null) {
            throw new IllegalStateException("table " + table.name() + " is not kept");
        }
        long begun = machinery.nanoTime();
        Pace pace = new Pace(begun, TOLD_NANOS);
        kept.start(
                new Loading.Listener() {
                    @Override
                    public void progressed(double done) {
                        long now = machinery.nanoTime();
                        if (pace.isDue(now)) {
                            queue.execute(() -> chronicle.loading(done, Duration.ofNanos(now - begun)));
                        }
                    }

                    @Override
                    public void setAside(Path where) {
                        queue.execute(() -> chronicle.setAside(where));
                    }

                    @Override
                    public void loaded(KeptTable.Loaded what) {
                        queue.execute(() -> {
                            Duration took = Duration.ofNanos(machinery.nanoTime() - begun);
                            lastLoad = took;
                            chronicle.loaded(what, took);
                            outcome.loaded();
                        });
                    }

                    @Override
                    public void failed(String why) {
                        queue.execute(() -> {
                            chronicle.notLoaded(why);
                            outcome.notLoaded(why);
                        });
                    }
                },
                anew);
    }

    /** What can be read of the files of a table that could not be loaded. Blocks. */
    TableHandle.SalvagedRows<K, R> salvage() throws IOException {
        Schema<K, R> schema = spec.schema();
        VersionedTable<K, R> rows = new VersionedTable<>(schema.withoutIndexes(), 0);
        Salvaged outcome = safe.salvage(rows, spec);
        return new TableHandle.SalvagedRows<>(rows.snapshot(), outcome);
    }

    /** Notices that the table has become read-only, or is no longer. In the queue. */
    void watch() {
        String why = failure();
        if (why != null && !readOnly) {
            chronicle.readOnly(why);
        }
        readOnly = why != null;
    }

    /** Has the table kept again, if it is read-only. */
    void reopen() {
        Loading<K, R> kept = loading;
        if (kept != null && kept.failure() != null) {
            blocking.execute(() -> reopen(kept));
        }
    }

    private void reopen(Loading<K, R> kept) {
        try {
            kept.reopen();
            queue.execute(chronicle::writable);
        } catch (IOException | RuntimeException e) {
            queue.execute(() -> chronicle.stillReadOnly(e));
        }
    }

    /** Has nothing be kept of the table, which was deleted and is closed. */
    void forget() {
        Loading<K, R> kept = loading;
        if (kept != null) {
            blocking.execute(() -> {
                try {
                    kept.delete();
                } catch (IOException e) {
                    chronicle.notFlushed(e);
                }
            });
        }
    }

    /** Has all that was committed be safe; the table is closed. May block. */
    void flush() {
        Loading<K, R> kept = loading;
        if (kept != null) {
            try {
                kept.flush();
            } catch (IOException e) {
                chronicle.notFlushed(e);
            }
        }
    }

    /** How much of the table is loaded, from 0 to 1; null if it is not kept. */
    @Nullable
    Double progress() {
        Loading<K, R> kept = loading;
        return kept == null ? null : kept.progress();
    }

    /** Why nothing is kept any more; null if all is well. */
    @Nullable
    String failure() {
        Loading<K, R> kept = loading;
        return kept == null ? null : kept.failure();
    }

    /** How long the last load took; null if there was none. */
    @Nullable
    Duration lastLoad() {
        return lastLoad;
    }

    /** What there is on disk; null while nothing is kept. */
    KeptTable.@Nullable Figures figures() {
        Loading<K, R> kept = loading;
        return kept == null ? null : kept.figures();
    }
}
