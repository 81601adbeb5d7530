package dev.heirloom.table;

import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What a unit of work does to one key: the row it shall have, or none. The unit's thread makes and {@link #allocate
 * allocates} it; the rest happens under the lock of the table.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
final class Change<K, R> {
    final K key;

    /** Null deletes. */
    @Nullable
    R row;

    /** As the index had it when the change was made: it may have been removed since. Or one that is not in it yet. */
    private @Nullable Cell<R> cell;

    private @Nullable Version<R> version;

    Change(K key, @Nullable Cell<R> cell) {
        this.key = key;
        this.cell = cell;
    }

    /** The cell it changes; null if the key neither has nor gets one. */
    @Nullable
    Cell<R> cell() {
        return cell;
    }

    /** Allocates what {@link #install} needs. */
    void allocate() {
        Version<R> allocated = new Version<>(row, Version.UNDONE, null);
        version = allocated;
        if (cell == null && row != null) {
            cell = new Cell<>(allocated);
            cell.removed = true; // not in the index yet
        }
    }

    /** Makes the version the newest of its cell, unseen until the commit is published; says by how much it grows. */
    int install(ConcurrentMap<K, Cell<R>> index, long commit) {
        Version<R> installed = version;
        if (installed == null) {
            throw new IllegalStateException("not allocated");
        }
        Cell<R> present = cell;
        if (present == null || present.removed) {
            present = index.get(key);
            if (present == null) {
                return row == null ? forget() : create(index, installed, commit);
            }
            cell = present; // another writer of a public table was first
        }
        Version<R> before = present.newest;
        installed.commit = commit;
        installed.older = before;
        present.newest = installed;
        return (row != null ? 1 : 0) - (before.row != null ? 1 : 0);
    }

    /** Inserted and deleted by the same unit: nothing to do. */
    private int forget() {
        cell = null;
        return 0;
    }

    private int create(ConcurrentMap<K, Cell<R>> index, Version<R> installed, long commit) {
        installed.commit = commit;
        installed.older = Version.absent();
        Cell<R> fresh = cell == null || cell.newest != installed ? new Cell<>(installed) : cell;
        cell = fresh;
        index.put(key, fresh);
        fresh.removed = false;
        return 1;
    }

    /** Takes back what {@link #install} did, or had begun to do. Allocates nothing. */
    void uninstall(ConcurrentMap<K, Cell<R>> index) {
        Version<R> installed = version;
        Cell<R> present = cell;
        if (installed == null || present == null || present.newest != installed) {
            return;
        }
        installed.commit = Version.UNDONE;
        Version<R> before = installed.older;
        if (before == null || before.commit == Version.NEVER) {
            index.remove(key, present);
            present.removed = true;
        } else {
            present.newest = before;
        }
    }
}
