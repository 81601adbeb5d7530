package dev.heirloom.ownership;

import dev.heirloom.table.Access;
import dev.heirloom.table.AccessDeniedException;
import dev.heirloom.table.Durations;
import dev.heirloom.table.Failpoint;
import dev.heirloom.table.HeirloomException;
import dev.heirloom.table.Schema;
import dev.heirloom.table.TableClosedException;
import dev.heirloom.table.VersionedTable;
import dev.heirloom.table.Work;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What outlives the owners of a table: the rows, the mailbox, and the facts of who owns it now.
 *
 * <p>Thread-safe. The methods named {@code try...} change the ownership; they are for the manager, one at a time, and
 * never block: they answer false while a writer holds the table's lock.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
public final class SharedTable<K, R> {
    /** What an owner needs of the manager. Called by the owner's thread; must not block. */
    public interface Manager {
        /** The epoch after all that were. */
        long nextEpoch();

        /** Why a consumer cannot be given the table now; null if it can. */
        @Nullable
        String whyNotLive(String consumer);

        /** Says that the owner of an epoch has given the table away and holds it no more. */
        void givenAway(long epoch, String to, @Nullable Object gift);
    }

    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<SharedTable, Owner> OWNER =
            AtomicReferenceFieldUpdater.newUpdater(SharedTable.class, Owner.class, "owner");

    private final Schema<K, R> schema;
    private final Heir heir;
    private final long timeoutNanos;
    private final Mailbox<K, R> mailbox;
    private final Completer completer;
    private final Spin callers = new Spin();
    private final Manager manager;

    /** Null when the table is closed. Replaced when it died with an owner that had no heir. */
    private volatile @Nullable VersionedTable<K, R> table;

    /** The epoch at which the table was closed; 0 before. */
    private volatile long lastEpoch;

    private volatile @Nullable Owner<K, R> owner;

    /** Why requests are refused at once; null while an owner is there or coming. */
    private volatile @Nullable Supplier<? extends HeirloomException> refusal;

    private volatile Failpoint.@Nullable Hook failpoints;

    /**
     * @param timeout the deadline of requests that say nothing else, and of {@link TableConsumer#accept}
     * @param callbacks where the callbacks of {@code ask} run
     */
    public SharedTable(
            Schema<K, R> schema, Heir heir, Duration timeout, int mailbox, Executor callbacks, Manager manager) {
        this.schema = schema;
        this.heir = heir;
        this.timeoutNanos = timeout.toNanos();
        this.mailbox = new Mailbox<>(mailbox);
        this.completer = new Completer(callbacks);
        this.manager = manager;
        this.table = new VersionedTable<>(schema, manager.nextEpoch());
    }

    public Schema<K, R> schema() {
        return schema;
    }

    /** The epoch; once the table is closed, the one it was closed at. */
    public long epoch() {
        VersionedTable<K, R> now = table;
        return now == null ? lastEpoch : now.epoch();
    }

    /** The number of rows, 0 once the table is closed. */
    public long size() {
        VersionedTable<K, R> now = table;
        return now == null ? 0 : now.size();
    }

    public int mailboxDepth() {
        return mailbox.depth();
    }

    public int mailboxCapacity() {
        return mailbox.capacity();
    }

    // ---- requests ----

    <T extends @Nullable Object> T call(Work<K, R, T> work, @Nullable Duration timeout) {
        checkNotOwnThread();
        Call<K, R, T> call = new Call<>(work, nanos(timeout));
        send(call);
        return call.await(schema.name(), callers);
    }

    <T extends @Nullable Object> CompletableFuture<T> ask(Work<K, R, T> work, @Nullable Duration timeout) {
        Ask<K, R, T> ask = new Ask<>(work, nanos(timeout), new Answer<>(this), completer);
        try {
            send(ask);
        } catch (HeirloomException e) {
            ask.answer.completeExceptionally(e); // nobody can have registered a callback yet
        }
        return ask.answer;
    }

    private void send(Request<K, R, ?> request) {
        Supplier<? extends HeirloomException> refused = refusal;
        if (refused != null) {
            throw refused.get();
        }
        if (!mailbox.offer(request)) {
            throw new MailboxFullException(schema.name(), mailbox.capacity());
        }
        Owner<K, R> now = owner;
        if (now != null) {
            now.wake();
        }
        refused = refusal;
        if (refused != null) { // the mailbox may have been emptied before the request was in it
            request.withdraw(refused);
        }
    }

    private long nanos(@Nullable Duration timeout) {
        if (timeout == null) {
            return timeoutNanos;
        }
        return Durations.requirePositive(timeout, "timeout").toNanos();
    }

    void checkNotOwnThread() {
        Owner<K, R> now = owner;
        if (now != null && now.isOnItsThread()) {
            throw new SelfRequestException(schema.name());
        }
    }

    // ---- reading, and writing of public tables ----

    VersionedTable<K, R> readable() {
        if (schema.access() == Access.PRIVATE) {
            throw new AccessDeniedException(schema.name(), schema.access(), "read");
        }
        return open();
    }

    VersionedTable<K, R> open() {
        VersionedTable<K, R> now = table;
        if (now == null) {
            throw new TableClosedException(schema.name());
        }
        return now;
    }

    // ---- what owners need ----

    Mailbox<K, R> mailbox() {
        return mailbox;
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    Failpoint.@Nullable Hook failpoints() {
        return failpoints;
    }

    void giveAway(Owner<K, R> from, String to, @Nullable Object gift) {
        String why = to.equals(from.consumer()) ? "it owns it already" : manager.whyNotLive(to);
        if (why != null) {
            from.checkCurrent();
            throw new GiveAwayRefusedException(schema.name(), to, why);
        }
        from.table().fence(from.epoch(), manager.nextEpoch());
        OWNER.compareAndSet(this, from, null); // the manager may have made another owner already
        manager.givenAway(from.epoch(), to, gift);
    }

    // ---- for the manager ----

    /** Makes owners fail at the hook's pleasure; null ends that. */
    public void arm(Failpoint.@Nullable Hook hook) {
        failpoints = hook;
    }

    /**
     * Fences the owner, if there is one, and decides the request it ran: applied if it was committed, not applied
     * otherwise. Where there is no heir the rows are gone.
     *
     * @param cause what the owner died of
     */
    public boolean tryReclaim(long epoch, @Nullable Throwable cause) {
        VersionedTable<K, R> now = open();
        // Rows that die take their table along, lest somebody who holds it goes on writing to what nobody reads.
        if (!now.tryFence(epoch) || (heir == Heir.NONE && !now.tryClose())) {
            return false;
        }
        Owner<K, R> fenced = owner;
        owner = null;
        if (fenced != null) {
            fenced.decideRunning(cause);
        }
        if (heir == Heir.NONE) {
            table = new VersionedTable<>(schema, epoch);
        }
        return true;
    }

    /** Fences an owner whose task never began: nobody died, so the rows stay whoever the heir is. */
    public boolean tryTakeBack(long epoch) {
        if (!open().tryFence(epoch)) {
            return false;
        }
        owner = null;
        return true;
    }

    /** Raises the epoch and makes a new owner, which holds the table from now on; null if that is not possible yet. */
    public @Nullable Owner<K, R> tryHandOver(String consumer, Transfer transfer) {
        VersionedTable<K, R> now = open();
        if (!now.tryFence(transfer.epoch())) {
            return null;
        }
        Owner<K, R> next = new Owner<>(this, now, consumer, transfer);
        owner = next;
        return next;
    }

    /** Refuses requests from now on, and fails those that wait. */
    public void refuse(Supplier<? extends HeirloomException> why) {
        refusal = why;
        mailbox.removeIf(request -> {
            request.withdraw(why);
            return true;
        });
    }

    /** Lets requests wait: an owner is there or coming. */
    public void admit() {
        refusal = null;
    }

    /** Fails the requests whose deadline passed while they waited, and forgets those that were given up. */
    public void expire(LongSupplier nanoTime) {
        if (mailbox.isEmpty()) {
            return;
        }
        long now = nanoTime.getAsLong();
        mailbox.removeIf(request -> {
            if (now - request.deadline >= 0) {
                request.withdraw(() -> new DeadlineException(schema.name()));
            }
            return request.isSettled();
        });
    }

    public void releaseAbandonedSnapshots() {
        VersionedTable<K, R> now = table;
        if (now != null) {
            now.releaseAbandonedSnapshots();
        }
    }

    /** Ends the table: the owner is fenced, nobody commits any more, reads and requests are refused. */
    public boolean tryClose() {
        VersionedTable<K, R> now = table;
        if (now != null) {
            refuse(() -> new TableClosedException(schema.name()));
            long epoch = manager.nextEpoch();
            if (!now.tryFence(epoch) || !now.tryClose()) {
                return false;
            }
            lastEpoch = epoch;
            Owner<K, R> last = owner;
            owner = null;
            table = null;
            if (last != null) {
                last.decideRunning(null);
            }
        }
        return true;
    }
}
