package dev.heirloom.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has the log of a table write rows once more that have not changed for long, so that what it wrote before can be
 * thrown away. Nobody sees it, and writers wait for a few rows at most. For one thread.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
public final class Rewriter<K, R> {
    private static final int BATCH = 32;

    private final Storage<K, R> storage;
    private final Commits<K, R> commits;
    private final List<Version<K, Object>> added = new ArrayList<>();

    Rewriter(Storage<K, R> storage, Commits<K, R> commits) {
        this.storage = storage;
        this.commits = commits;
    }

    /**
     * Adds the rows of a key, if they are still those that a commit gave it.
     *
     * @param carrier a row that has the key
     */
    public void add(R carrier, long commit) {
        Version<K, Object> version = storage.index.get(storage.schema.keyOf(carrier));
        if (version != null && version.value != null && version.commit() == commit) {
            added.add(version);
        }
    }

    /** How many were added and not yet written. */
    public int size() {
        return added.size();
    }

    /**
     * Writes what was added and has not changed meanwhile.
     *
     * @return the position after it; {@link CommitLog#NOWHERE} if there was nothing to write
     * @throws ReadOnlyTableException if nothing can be written any more
     */
    public long write(CommitLog<R> log) {
        try {
            while (!added.isEmpty()) {
                CommitLog.Entry<R> entry = log.entry();
                try {
                    added.forEach(version -> put(version, entry));
                    long position = commits.rewrite(log, entry, added);
                    if (position != CommitLog.NOWHERE) {
                        return position;
                    }
                } finally {
                    log.release(entry);
                }
                added.removeIf(version -> storage.index.get(version.key) != version);
            }
            return CommitLog.NOWHERE;
        } finally {
            added.clear();
        }
    }

    /** Writes the whole table. Nobody changes it meanwhile: its present log refuses everything. */
    public void writeAll(CommitLog<R> log) {
        Entries<K, Object> entries = storage.index.ascending(null, true);
        for (Version<K, Object> version = entries.next(); version != null; version = entries.next()) {
            if (version.value != null) {
                added.add(version);
            }
            if (added.size() == BATCH) {
                write(log);
            }
        }
        write(log);
    }

    private void put(Version<K, Object> version, CommitLog.Entry<R> entry) {
        @Nullable Expiry own = version instanceof ExpiringVersion<K, Object> expiring ? expiring.own : null;
        entry.put(storage.rows(version.value), version.commit(), version.deadline(), own);
    }
}
