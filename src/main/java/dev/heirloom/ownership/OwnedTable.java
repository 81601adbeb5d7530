package dev.heirloom.ownership;

import dev.heirloom.table.NotOwnerException;
import dev.heirloom.table.Snapshot;
import dev.heirloom.table.VersionedTable;
import dev.heirloom.table.Work;
import java.util.Objects;
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
public final class OwnedTable<K, R> extends OneCallWrites<K, R> {
    private final Owner<K, R> owner;

    OwnedTable(Owner<K, R> owner) {
        this.owner = owner;
    }

    public String name() {
        return owner.shared().name();
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
    @Override
    public <T extends @Nullable Object> T atomically(Work<K, R, T> work) throws Exception {
        owner.checkThread();
        return owner.atomically(work, null);
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
        return read().snapshot();
    }

    @Override
    VersionedTable<K, R> rows() {
        return owner.table();
    }

    @Override
    VersionedTable<K, R> read() {
        owner.shared().reads().add();
        return owner.table();
    }

    /**
     * Decides who inherits the table when this owner ends ({@code ets:setopts} with {@code heir}). Whoever the home
     * consumer inherits the table from, it starts with the heir of its spec again.
     *
     * @param data what the transfer notice of the next owner carries then
     * @throws NotOwnerException if the table has another owner by now, or another thread calls
     * @throws HeirRefusedException if that is this consumer itself, or one that is not live; the heir stays the same
     */
    public void heir(Heir heir, @Nullable Object data) {
        Objects.requireNonNull(heir, "heir");
        owner.checkThread();
        owner.shared().bequeath(owner, heir, data);
    }

    /**
     * Gives the table another name ({@code ets:rename}). References to it stay valid.
     *
     * @throws NotOwnerException if the table has another owner by now, or another thread calls
     * @throws IllegalArgumentException if no table can be called that
     * @throws dev.heirloom.table.HeirloomException the manager's {@code TableExistsException}, if another table is
     *     called that
     */
    public void rename(String newName) {
        owner.checkThread();
        owner.shared().rename(owner, newName);
    }

    /**
     * Ends the table ({@code ets:delete}): it and its name are gone at once, requests that wait fail, and this owner
     * can change nothing any more. Its task may do something else, or return.
     *
     * @throws NotOwnerException if the table has another owner by now, or another thread calls
     */
    public void delete() {
        owner.checkThread();
        owner.shared().delete(owner);
    }
}
