package dev.heirloom.ownership;

import dev.heirloom.table.Changes;
import dev.heirloom.table.ChangesNotKeptException;
import dev.heirloom.table.Counter;
import dev.heirloom.table.Expiry;
import dev.heirloom.table.Field;
import dev.heirloom.table.IndexSpec;
import dev.heirloom.table.NoSuchChangeException;
import dev.heirloom.table.Query;
import dev.heirloom.table.Revision;
import dev.heirloom.table.Snapshot;
import dev.heirloom.table.UnitOfWork;
import dev.heirloom.table.VersionedTable;
import dev.heirloom.table.Work;
import dev.heirloom.table.Writes;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads go to a table, and each write is one unit of work. */
abstract class OneCallWrites<K, R> implements Writes<K, R> {
    abstract VersionedTable<K, R> rows();

    /** The rows, for one read: it is counted. */
    abstract VersionedTable<K, R> read();

    /** Applies a function as one unit of work. */
    public abstract <T extends @Nullable Object> T atomically(Work<K, R, T> work) throws Exception;

    /** For functions that throw no checked exceptions. */
    private <T extends @Nullable Object> T one(Work<K, R, T> work) {
        try {
            return atomically(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("no method of a unit of work throws it", e);
        }
    }

    private void run(Consumer<UnitOfWork<K, R>> work) {
        one(unit -> {
            work.accept(unit);
            return true;
        });
    }

    // ---- reading ----

    @Override
    public final Optional<R> find(K key) {
        return read().find(key);
    }

    @Override
    public final List<R> lookup(K key) {
        return read().lookup(key);
    }

    @Override
    public final Revision<R> revision(K key) {
        return read().revision(key);
    }

    @Override
    public final boolean contains(K key) {
        return read().contains(key);
    }

    @Override
    public final <I> Optional<R> find(IndexSpec<I, R> index, I key) {
        return read().find(index, key);
    }

    @Override
    public final <I> List<R> lookup(IndexSpec<I, R> index, I key) {
        return read().lookup(index, key);
    }

    @Override
    public final Optional<R> first() {
        return read().first();
    }

    @Override
    public final Optional<R> last() {
        return read().last();
    }

    @Override
    public final Optional<R> next(K key) {
        return read().next(key);
    }

    @Override
    public final Optional<R> previous(K key) {
        return read().previous(key);
    }

    @Override
    public final Query<K, R> query() {
        return Query.over(this::rows, this::read);
    }

    @Override
    public final long size() {
        return rows().size();
    }

    // ---- changes ----

    /**
     * The changes that are committed from now on.
     *
     * @throws ChangesNotKeptException if the table was not declared with a change buffer
     */
    public final Changes<K, R> changes() {
        return rows().changes();
    }

    /**
     * The changes after one: the last one a {@link Snapshot#sequence snapshot} shows, or that a {@link Changes#sequence
     * subscription} has delivered. If they are not kept any more the subscription says so.
     *
     * @param sequence its number
     * @throws ChangesNotKeptException if the table was not declared with a change buffer
     * @throws NoSuchChangeException if there never was a change of that number, or the rows it was about died with an
     *     owner that had no heir
     */
    public final Changes<K, R> changesAfter(long sequence) {
        return rows().changesAfter(sequence);
    }

    // ---- writing ----

    @Override
    public final R insert(R row) {
        return one(unit -> unit.insert(row));
    }

    @Override
    public final void insertAll(Collection<? extends R> rows) {
        run(unit -> unit.insertAll(rows));
    }

    @Override
    public final boolean insertNew(R row) {
        return one(unit -> unit.insertNew(row));
    }

    @Override
    public final boolean insertNewAll(Collection<? extends R> rows) {
        return one(unit -> unit.insertNewAll(rows));
    }

    @Override
    public final R update(K key, UnaryOperator<R> change) {
        return one(unit -> unit.update(key, change));
    }

    @Override
    public final R update(K key, R initial, UnaryOperator<R> change) {
        return one(unit -> unit.update(key, initial, change));
    }

    @Override
    public final <V extends @Nullable Object> boolean set(K key, Field<R, V> field, V value) {
        return one(unit -> unit.set(key, field, value));
    }

    @Override
    public final <N extends Number> List<N> countAll(K key, List<Counter.Step<R, N>> steps) {
        return one(unit -> unit.countAll(key, steps));
    }

    @Override
    public final <N extends Number> List<N> countAll(K key, R initial, List<Counter.Step<R, N>> steps) {
        return one(unit -> unit.countAll(key, initial, steps));
    }

    @Override
    public final void expire(K key, Expiry expiry) {
        run(unit -> unit.expire(key, expiry));
    }

    @Override
    public final boolean delete(K key) {
        return one(unit -> unit.delete(key));
    }

    @Override
    public final boolean deleteRow(R row) {
        return one(unit -> unit.deleteRow(row));
    }

    @Override
    public final Optional<R> take(K key) {
        return one(unit -> unit.take(key));
    }

    @Override
    public final List<R> takeAll(K key) {
        return one(unit -> unit.takeAll(key));
    }

    @Override
    public final void clear() {
        run(unit -> unit.clear());
    }

    @Override
    public final long deleteAll(Query<K, R> rows) {
        return one(unit -> unit.deleteAll(rows));
    }

    @Override
    public final long replaceAll(Query<K, R> rows, UnaryOperator<R> change) {
        return one(unit -> unit.replaceAll(rows, change));
    }
}
