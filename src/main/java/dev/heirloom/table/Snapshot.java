package dev.heirloom.table;

import java.lang.ref.Reference;
import java.util.List;
import java.util.Optional;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A frozen view of a table: what one commit showed, whatever is committed after it, and whatever expires. The better
 * {@code ets:safe_fixtable}.
 *
 * <p>Thread-safe. Taking one copies nothing. While it is open the table keeps the old rows it shows, at most one a key;
 * close it to free them. A table bounds how many snapshots are open and for how long: the oldest gives way. Every method
 * but {@link #close} then throws {@link SnapshotExpiredException}.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
public final class Snapshot<K, R> implements Rows<K, R>, Query.Source<K, R>, AutoCloseable {
    private final Storage<K, R> storage;
    private final Retention retention;
    private final OpenSnapshots.Pin pin;
    private final View<K, R> view;
    private final long size;
    private final long changes;

    Snapshot(Storage<K, R> storage, Retention retention) {
        this.storage = storage;
        this.retention = retention;
        OpenSnapshots.Pin pinned;
        View<K, R> shown;
        long rows;
        long latestChange;
        while (true) {
            long commit = storage.clock.latest();
            rows = storage.clock.sizeAt(commit);
            latestChange = storage.clock.changesAt(commit);
            pinned = storage.snapshots.pin(this, commit);
            shown = storage.view(commit); // which takes the time of day
            if (storage.clock.latest() == commit) {
                break;
            }
            storage.snapshots.drop(pinned);
        }
        this.pin = pinned;
        this.size = rows;
        this.view = shown;
        this.changes = latestChange;
    }

    /** The number of the commit it shows. */
    public long commit() {
        return pin.commit;
    }

    /**
     * The number of the latest change it shows: {@code changesAfter} that begin with the first it does not show.
     *
     * @throws ChangesNotKeptException if the table keeps none
     */
    public long sequence() {
        if (storage.schema.limits().changes() == 0) {
            throw new ChangesNotKeptException(storage.schema.name());
        }
        return changes;
    }

    @Override
    public Schema<K, R> schema() {
        return storage.schema;
    }

    @Override
    public Optional<R> find(K key) {
        storage.schema.requireOneRowAKey("find: use lookup");
        R row = storage.row(view.value(key));
        check();
        return Optional.ofNullable(row);
    }

    @Override
    public List<R> lookup(K key) {
        return checked(view.lookup(key));
    }

    @Override
    public Revision<R> revision(K key) {
        return checked(view.revision(key));
    }

    @Override
    public boolean contains(K key) {
        return checked(view.value(key) != null);
    }

    @Override
    public <I> Optional<R> find(IndexSpec<I, R> index, I key) {
        storage.schema.requireUnique(index);
        return lookup(index, key).stream().findFirst();
    }

    @Override
    public <I> List<R> lookup(IndexSpec<I, R> index, I key) {
        return checked(view.lookup(index, key));
    }

    /**
     * How many keys of the table an index has under one of its own; without a look at their rows, so expired ones count.
     *
     * @throws NoSuchIndexException if the table was not declared with the index
     */
    public <I> int keys(IndexSpec<I, R> index, I key) {
        return checked(view.keys(index, key));
    }

    @Override
    public Optional<R> first() {
        return checked(view.first()).stream().findFirst();
    }

    @Override
    public Optional<R> last() {
        return checked(view.last()).stream().findFirst();
    }

    @Override
    public Optional<R> next(K key) {
        return checked(view.next(key)).stream().findFirst();
    }

    @Override
    public Optional<R> previous(K key) {
        return checked(view.previous(key)).stream().findFirst();
    }

    @Override
    public Query<K, R> query() {
        return new Query<>(this);
    }

    @Override
    public Stream<R> stream(Query<K, R> query) {
        return StreamSupport.stream(() -> spliterator(query, false), storage.characteristics(), false);
    }

    @Override
    public Optional<R> first(Query<K, R> query) {
        return checked(view.first(query));
    }

    @Override
    public Page<K, R> page(Query<K, R> query) {
        return checked(view.page(query));
    }

    @Override
    public long size() {
        return checked(size);
    }

    <T> T read(Function<View<K, R>, T> function) {
        return checked(function.apply(view));
    }

    /** Frees the old rows that only this snapshot shows. Closing twice has no effect. */
    @Override
    public void close() {
        retention.release(pin);
    }

    /** @param closing whether to close the snapshot at the end of the rows */
    Spliterators.AbstractSpliterator<R> spliterator(Query<K, R> query, boolean closing) {
        Cursor<R> rows = checked(view.rows(query));
        return new Spliterators.AbstractSpliterator<>(Math.min(size, query.limit()), storage.characteristics()) {
            /** Asked again after the end, a snapshot that is closed by then has not expired. */
            private boolean ended;

            @Override
            public boolean tryAdvance(Consumer<? super R> action) {
                if (ended) {
                    return false;
                }
                R row = rows.next();
                check();
                if (row != null) {
                    action.accept(row);
                    return true;
                }
                ended = true;
                if (closing) {
                    close();
                }
                return false;
            }
        };
    }

    private <T> T checked(T read) {
        check();
        return read;
    }

    /** Says that what was read before this call is what the snapshot shows: nothing was pruned meanwhile. */
    private void check() {
        try {
            if (pin.released) {
                throw new SnapshotExpiredException(storage.schema.name());
            }
        } finally {
            Reference.reachabilityFence(this); // the pin is released when nobody holds the snapshot
        }
    }
}
