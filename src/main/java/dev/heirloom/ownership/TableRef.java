package dev.heirloom.ownership;

import dev.heirloom.table.AccessDeniedException;
import dev.heirloom.table.ConflictException;
import dev.heirloom.table.NotAppliedException;
import dev.heirloom.table.OutcomeUnknownException;
import dev.heirloom.table.Snapshot;
import dev.heirloom.table.TableClosedException;
import dev.heirloom.table.VersionedTable;
import dev.heirloom.table.Work;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What everybody but the owner holds of a table: reads go straight to the rows, changes are asked of the owner.
 *
 * <p>Thread-safe. It outlives every owner: requests made while one is replaced wait for the next. Inject it
 * ({@code @Inject TableRef<String, Call> calls}) or get it from the manager.
 *
 * <p><b>Outcomes of a request.</b> A request is one unit of work and runs at most once. It is
 *
 * <ul>
 *   <li><i>applied</i>: the call returns;
 *   <li><i>not applied</i>: {@link NotAppliedException}, in the variants {@link RequestFailedException} (its function
 *       threw), {@link OwnerDiedException}, {@link MailboxFullException}, {@link NoOwnerException}, {@link
 *       DeadlineException}, {@link CallerInterruptedException}, {@link SelfRequestException} and {@link TableClosedException}. Nothing was changed, trying
 *       again is safe;
 *   <li><i>in doubt</i>: {@link OutcomeUnknownException}. The caller stopped waiting while it ran.
 * </ul>
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
public final class TableRef<K, R> extends OneCallWrites<K, R> {
    private final Supplier<SharedTable<K, R>> resolver;
    private volatile @Nullable SharedTable<K, R> resolved;

    /** @param resolver finds the table; called when it is first needed */
    public TableRef(Supplier<SharedTable<K, R>> resolver) {
        this.resolver = resolver;
    }

    public String name() {
        return shared().name();
    }

    /**
     * Asks the owner to run a function as one unit of work, and waits for the answer until the table's deadline.
     *
     * @return what the function returned
     * @throws NotAppliedException nothing was changed
     * @throws OutcomeUnknownException it is in doubt
     */
    public <T extends @Nullable Object> T call(Work<K, R, T> work) {
        return shared().call(work, null);
    }

    /**
     * Asks the owner to run a function as one unit of work, and waits for the answer.
     *
     * @param timeout how long to wait; also how long the function may run before the owner counts as hung
     * @return what the function returned
     * @throws NotAppliedException nothing was changed
     * @throws OutcomeUnknownException it is in doubt
     */
    public <T extends @Nullable Object> T call(Work<K, R, T> work, Duration timeout) {
        return shared().call(work, timeout);
    }

    /**
     * Asks the owner to run a function as one unit of work, and does not wait. The stage completes on an executor, or
     * has completed when this returns; never on the owner's thread. It fails with the exceptions of {@link #call(Work)}.
     */
    public <T extends @Nullable Object> CompletionStage<T> ask(Work<K, R, T> work) {
        return shared().ask(work, null);
    }

    /**
     * As {@link #ask(Work)}.
     *
     * @param timeout how long the request may wait for its turn, and then how long it may run
     */
    public <T extends @Nullable Object> CompletionStage<T> ask(Work<K, R, T> work, Duration timeout) {
        return shared().ask(work, timeout);
    }

    /**
     * Changes a {@link dev.heirloom.table.Access#PUBLIC public} table in one unit of work, on the caller's thread, also
     * while nobody owns it. The function may run more than once.
     *
     * @throws AccessDeniedException if the table is not public
     * @throws ConflictException if other writers got in the way again and again
     * @throws Exception what the function throws; nothing is changed then
     */
    @Override
    public <T extends @Nullable Object> T atomically(Work<K, R, T> work) throws Exception {
        return shared().open().atomically(VersionedTable.ANYBODY, work, null, null);
    }

    /** A frozen view of the table; to be closed. */
    public Snapshot<K, R> snapshot() {
        return read().snapshot();
    }

    @Override
    VersionedTable<K, R> rows() {
        return shared().readable();
    }

    @Override
    VersionedTable<K, R> read() {
        return shared().read();
    }

    private SharedTable<K, R> shared() {
        SharedTable<K, R> table = resolved;
        if (table == null) {
            table = resolver.get();
            resolved = table;
        }
        return table;
    }
}
