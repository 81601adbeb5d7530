package dev.heirloom.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills a new table with what was kept of a former one, as it was written: the last that is said of a key counts. For
 * one thread; nobody else may use the table before {@link #finish} has returned.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
public final class TableLoader<K, R> {
    /** How many rows are put into the other indexes together. */
    private static final int BATCH = 1024;

    private final Storage<K, R> storage;
    private final Commits<K, R> commits;

    TableLoader(Storage<K, R> storage, Commits<K, R> commits) {
        this.storage = storage;
        this.commits = commits;
    }

    /**
     * A key has these rows from a commit on.
     *
     * @param rows one, or in a bag all of the key
     * @param deadline when they expire, in milliseconds since the epoch; {@link Long#MAX_VALUE} for never
     * @param own what was said of this key alone; null if the table's expiry holds
     */
    public void put(List<R> rows, long commit, long deadline, @Nullable Expiry own) {
        K key = storage.schema.keyOf(rows.get(0));
        Object value = storage.value(rows);
        Version<K, Object> version = own == null && deadline == Expiry.NEVER_MILLIS
                ? new Version<>(key, value)
                : new ExpiringVersion<>(key, value, own, deadline);
        version.commit(commit);
        if (storage.index.put(version) != null) {
            version.older(null);
        }
    }

    /** A key has no row any more. */
    public void delete(R carrier) {
        Version<K, Object> present = storage.index.get(storage.schema.keyOf(carrier));
        if (present != null) {
            storage.index.remove(present);
        }
    }

    /**
     * Opens the table.
     *
     * @param commit the latest commit
     * @param changes the number before that of the next change
     * @param log where commits are written from now on; null if they are not
     * @throws NotUniqueException if two rows have one key of a unique index, which the table had not before
     */
    public void finish(long commit, long changes, @Nullable CommitLog<R> log) {
        long size = 0;
        Entries<K, Object> entries = storage.index.ascending(null, true);
        List<Change<K>> batch = new ArrayList<>();
        for (Version<K, Object> version = entries.next(); version != null; version = entries.next()) {
            size += storage.count(version.value);
            commits.deadlines().add(version, null);
            if (!storage.secondary.isEmpty()) {
                Change<K> change = new Change<>(storage.index, version.key);
                change.set(version.key, version.value, null);
                batch.add(change);
                if (batch.size() == BATCH) {
                    index(batch, commit);
                }
            }
        }
        index(batch, commit);
        commits.open(commit, size, changes, log);
    }

    private void index(List<Change<K>> batch, long commit) {
        for (Write<?, ?> write : new IndexWrites<>(new Buffer<>(storage, null)).of(batch)) {
            if (write instanceof IndexWrite<?, ?>) {
                write.install(commit);
                write.settle(commit);
                write.forgetReplaced();
            }
        }
        batch.clear();
    }
}
