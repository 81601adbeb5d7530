package dev.heirloom.table;

import org.jspecify.annotations.Nullable;

/**
 * One version to be put into one index by a commit. All but making one happens under the lock of the table.
 *
 * @param <K> the type of the index's keys
 * @param <V> the type of what it holds
 */
abstract class Write<K, V> {
    private final Index<K, V> index;
    private @Nullable Version<K, V> installed;
    private @Nullable Version<K, V> replaced;

    Write(Index<K, V> index) {
        this.index = index;
    }

    /** The version to install; null if there is nothing to do. */
    abstract @Nullable Version<K, V> version();

    final Index<K, V> index() {
        return index;
    }

    /** Makes the version the newest of its key, unseen until the commit is published. */
    final void install(long commit) {
        Version<K, V> version = version();
        if (version != null) {
            version.commit(-commit);
            replaced = index.put(version);
            installed = version;
        }
    }

    /** Takes back what {@link #install} did. Allocates nothing: a new entry stays, and holds nothing. */
    final void undo() {
        Version<K, V> version = installed;
        if (version != null) {
            version.commit(Version.UNDONE);
            if (replaced != null) {
                index.restore(replaced);
            }
        }
    }

    /** Removes the entry that {@link #undo} has left, if memory allows. */
    final void forget() {
        if (installed != null && replaced == null) {
            index.remove(installed);
        }
    }

    /** Notes that the commit is published. */
    final void settle(long commit) {
        if (installed != null) {
            installed.commit(commit);
        }
    }

    /** Forgets what was replaced, which nobody can have seen. */
    final void forgetReplaced() {
        if (installed != null) {
            installed.older(null);
        }
    }

    /** What was installed; null if nothing. */
    final @Nullable Version<K, V> installed() {
        return installed;
    }

    /** What the key held before; null if nothing. */
    final @Nullable V before() {
        return replaced == null || replaced.commit() == Version.UNDONE ? null : replaced.value;
    }

    final @Nullable Version<K, V> replaced() {
        return replaced;
    }
}
