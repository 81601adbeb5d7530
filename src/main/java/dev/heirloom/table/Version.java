package dev.heirloom.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One state of one key: what it holds, or that there is nothing, from its commit on until the commit of the next
 * version. What an index maps a key to.
 *
 * @param <K> the type of the keys
 * @param <V> the type of what it holds
 */
class Version<K, V> {
    /** The commit of a version that was undone: what lies behind it counts. */
    static final long UNDONE = Long.MIN_VALUE;

    private static final VarHandle COMMIT;
    private static final VarHandle OLDER;

    static {
        try {
            COMMIT = MethodHandles.lookup().findVarHandle(Version.class, "commit", long.class);
            OLDER = MethodHandles.lookup().findVarHandle(Version.class, "older", Version.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final K key;

    /** Null says that the key holds nothing in this version. */
    final @Nullable V value;

    @SuppressWarnings("UnusedVariable") // read through COMMIT
    private long commit = UNDONE;

    /** Null where nobody needs an older version, or there is none. Readers go through {@link #older()}. */
    @Nullable
    Version<K, V> older;

    Version(K key, @Nullable V value) {
        this.key = key;
        this.value = value;
    }

    /**
     * The number of the commit: negative from its installation on, positive once it is known to be published; or
     * {@link #UNDONE}.
     */
    final long commit() {
        return (long) COMMIT.getAcquire(this);
    }

    /** What the key holds in this version, which is published. */
    final <R> Revision<R> revision(List<R> rows) {
        return new Revision<>(rows, Math.abs(commit()));
    }

    final void commit(long commit) {
        COMMIT.setRelease(this, commit);
    }

    @SuppressWarnings("unchecked") // as the field says
    final @Nullable Version<K, V> older() {
        return (Version<K, V>) OLDER.getAcquire(this);
    }

    /** Forgets what is older, or what is between this and that. */
    final void older(@Nullable Version<K, V> version) {
        OLDER.setRelease(this, version);
    }

    /** Whether the commit that a reader looks at shows this version. */
    final boolean isShownBy(long readers) {
        long mine = commit();
        return mine > 0 ? mine <= readers : mine != UNDONE && -mine <= readers;
    }

    /** The newest version that a commit shows, this one or an older one. */
    final @Nullable Version<K, V> at(long readers) {
        Version<K, V> version = this;
        while (version != null && !version.isShownBy(readers)) {
            version = version.older();
        }
        return version;
    }

    /** When what it holds has expired, in milliseconds since the epoch. */
    long deadline() {
        return Expiry.NEVER_MILLIS;
    }
}
