package dev.heirloom.ownership;

import dev.heirloom.table.Commitment;
import dev.heirloom.table.NotOwnerException;
import dev.heirloom.table.Rows;
import dev.heirloom.table.Snapshot;
import dev.heirloom.table.Work;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table in the hands of its owner: it may be changed directly, without a request, and given away.
 *
 * <p>Reads are thread-safe; changes are for the owner's thread. It is dead once the table has another owner: every
 * change then throws {@link NotOwnerException} and changes nothing.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
public final class OwnedTable<K, R> implements Rows<K, R> {
    private final Owner<K, R> owner;

    OwnedTable(Owner<K, R> owner) {
        this.owner = owner;
    }

    public String name() {
        return owner.shared().schema().name();
    }

    public long epoch() {
        return owner.epoch();
    }

    /** Whether this is still the owner. It may have changed by the time the answer is looked at. */
    public boolean isOwned() {
        return owner.isCurrent();
    }

    /**
     * Changes the table in one unit of work.
     *
     * @throws NotOwnerException if the table has another owner by now, or another thread calls
     * @throws NestedUnitException if it is called out of another unit of work on this table
     * @throws Exception what the function throws; nothing is changed then
     */
    public <T extends @Nullable Object> T atomically(Work<K, R, T> work) throws Exception {
        owner.checkThread();
        return owner.atomically(work, new Commitment<>());
    }

    /**
     * Gives the table to another consumer, whose task is started for it ({@code ets:give_away}). The heir stays the
     * same. When this returns the caller is no longer the owner.
     *
     * @param to the name of the consumer: the simple name of its class
     * @param gift what its transfer notice carries
     * @throws NotOwnerException if the caller is not the owner
     * @throws GiveAwayRefusedException if that is this consumer itself, or one that is not live
     */
    public void giveAway(String to, @Nullable Object gift) {
        owner.checkThread();
        owner.checkCurrent();
        owner.shared().giveAway(owner, to, gift);
    }

    public void giveAway(Class<? extends TableConsumer<K, R>> to, @Nullable Object gift) {
        giveAway(to.getSimpleName(), gift);
    }

    /** A frozen view of the table; to be closed. */
    public Snapshot<K, R> snapshot() {
        return owner.table().snapshot();
    }

    @Override
    public Optional<R> find(K key) {
        return owner.table().find(key);
    }

    @Override
    public Optional<R> first() {
        return owner.table().first();
    }

    @Override
    public Optional<R> last() {
        return owner.table().last();
    }

    @Override
    public Optional<R> next(K key) {
        return owner.table().next(key);
    }

    @Override
    public Optional<R> previous(K key) {
        return owner.table().previous(key);
    }

    @Override
    public Stream<R> stream() {
        return owner.table().stream();
    }

    @Override
    public long size() {
        return owner.table().size();
    }
}
