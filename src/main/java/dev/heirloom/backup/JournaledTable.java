package dev.heirloom.backup;

import dev.heirloom.table.Expiry;
import dev.heirloom.table.Schema;
import dev.heirloom.table.TableLoader;
import dev.heirloom.table.VersionedTable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** One table, its journal, and what the journal needs done. */
final class JournaledTable<K, R> implements KeptTable<K, R>, Keeper.Chores {
    private static final System.Logger LOG = System.getLogger(JournaledTable.class.getName());

    private final Schema<K, R> schema;
    private final Disk disk;
    private final Durability durability;
    private final RowFormat<R> format;
    private final int segmentSize;
    private final Keeper keeper;
    private final Executor readers;
    private final Runnable whenClosed;

    /** Held while the keeper does something, so that nothing is closed under it. */
    private final Object chores = new Object();

    private volatile @Nullable Opened<K, R> opened;

    /** Whether it is closed. Guarded by {@link #chores}. */
    private boolean stopped;

    /** Whether others may use what it is kept in. Guarded by this. */
    private boolean released;

    private record Opened<K, R>(VersionedTable<K, R> table, Journal<R> journal, Cleaner<K, R> cleaner) {}

    JournaledTable(
            Schema<K, R> schema,
            Disk disk,
            Durability durability,
            RowFormat<R> format,
            int segmentSize,
            Keeper keeper,
            Executor readers,
            Runnable whenClosed) {
        this.schema = schema;
        this.disk = disk;
        this.durability = durability;
        this.format = format;
        this.segmentSize = segmentSize;
        this.keeper = keeper;
        this.readers = readers;
        this.whenClosed = whenClosed;
    }

    @Override
    public Loaded load(VersionedTable<K, R> into, long changes, DoubleConsumer progress) throws IOException {
        TableLoader<K, R> loader = into.loader();
        long bytes = 0;
        Recovered found = new Recovery<>(disk, format, changesFor(loader), progress, readers).run();
        Journal<R> journal = new Journal<>(schema.name(), disk, durability, format, segmentSize, found, keeper);
        // As changes, commits of this start have numbers above all that were lost with the end of a journal.
        long commit = Math.max(found.commit(), changes);
        try {
            loader.finish(commit, changes, journal);
        } catch (RuntimeException e) {
            journal.close(commit, into.epoch());
            throw e;
        }
        opened = new Opened<>(into, journal, new Cleaner<>(journal, into));
        keeper.add(this);
        for (Segment each : found.segments()) {
            bytes += each.position() - each.start();
        }
        return new Loaded(into.size(), bytes, found.cut());
    }

    static <K, R> Records.Changes<R> changesFor(TableLoader<K, R> loader) {
        return new Records.Changes<>() {
            @Override
            public void put(List<R> rows, long commit, long deadline, @Nullable Expiry own) {
                loader.put(rows, commit, deadline, own);
            }

            @Override
            public void delete(R carrier) {
                loader.delete(carrier);
            }
        };
    }

    @Override
    public synchronized void reopen() throws IOException {
        Opened<K, R> failed = opened;
        if (failed == null || failed.journal().failure() == null) {
            return;
        }
        VersionedTable<K, R> table = failed.table();
        Journal<R> before = failed.journal();
        Recovered nothing = new Recovered(List.of(), before.written(), table.latestCommit(), before.nextNumber(), 0);
        Journal<R> journal = new Journal<>(schema.name(), disk, durability, format, segmentSize, nothing, keeper);
        try {
            table.rewriter().writeAll(journal);
            journal.force(journal.written());
            Recovery.beginWith(disk, journal.segments().get(0).name());
        } catch (IOException | RuntimeException e) {
            journal.discard();
            throw e;
        }
        opened = new Opened<>(table, journal, new Cleaner<>(journal, table));
        table.log(journal);
        try {
            before.discard();
        } catch (IOException e) { // recovery takes no notice of them, and deletes them
            LOG.log(
                    Level.WARNING,
                    "Table {0} is kept again; what it was kept in before cannot be deleted from {1}: {2}",
                    schema.name(),
                    disk,
                    Journal.reason(e));
        }
    }

    @Override
    public synchronized void delete() throws IOException {
        try {
            stop();
            for (String name : disk.names()) {
                disk.delete(name);
            }
        } finally {
            release();
        }
    }

    @Override
    public String place() {
        return disk.toString();
    }

    @Override
    public @Nullable Figures figures() {
        Opened<K, R> now = opened;
        if (now == null) {
            return null;
        }
        Journal<R> journal = now.journal();
        List<Segment> segments = journal.segments();
        long bytes = 0;
        for (Segment each : segments) {
            bytes += each.position() - each.start();
        }
        long forced = journal.forced(); // before what is written: it may only grow
        return new Figures(bytes, segments.size(), Math.max(0, journal.written() - forced), journal.failure() != null);
    }

    @Override
    public @Nullable String failure() {
        Opened<K, R> now = opened;
        Throwable why = now == null ? null : now.journal().failure();
        return why == null ? null : Journal.reason(why);
    }

    @Override
    public void urgent() {
        keep(now -> {
            now.journal().prepare();
            return false;
        });
    }

    @Override
    public void everySecond() {
        keep(now -> {
            now.journal().force(now.journal().written());
            return false;
        });
    }

    @Override
    public boolean clean() {
        return keep(now -> now.cleaner().clean());
    }

    private interface Chore<K, R> {
        boolean run(Opened<K, R> now) throws IOException;
    }

    private boolean keep(Chore<K, R> chore) {
        synchronized (chores) {
            Opened<K, R> now = opened;
            if (stopped || now == null || now.journal().failure() != null) {
                return false;
            }
            try {
                return chore.run(now);
            } catch (IOException | RuntimeException | Error e) { // whatever it is: nobody else would hear of it
                now.journal().fail(e);
                return false;
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            stop();
        } finally {
            release();
        }
    }

    private void stop() throws IOException {
        keeper.remove(this);
        synchronized (chores) {
            stopped = true;
            Opened<K, R> now = opened;
            if (now != null) {
                now.journal().close(now.table().latestCommit(), now.table().epoch());
            }
        }
    }

    private void release() {
        if (!released) {
            released = true;
            whenClosed.run();
        }
    }
}
