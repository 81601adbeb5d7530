package dev.heirloom.ownership;

import dev.heirloom.table.Access;
import dev.heirloom.table.AccessDeniedException;
import dev.heirloom.table.Durations;
import dev.heirloom.table.Failpoint;
import dev.heirloom.table.HeirloomException;
import dev.heirloom.table.NotOwnerException;
import dev.heirloom.table.Schema;
import dev.heirloom.table.TableClosedException;
import dev.heirloom.table.VersionedTable;
import dev.heirloom.table.Work;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
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

        /** Says that the owner has deleted the table and holds it no more. */
        void deleted();

        /**
         * Gives the table another name, by {@link SharedTable#rename}, if no other table has it; otherwise throws. The
         * table cannot change hands until it returns.
         */
        void rename(String newName);
    }

    /**
     * What a row is taken to need: about 60 bytes for its place in the index and its version, and the rest for a record
     * of a few fields and its key.
     */
    static final int ROW_BYTES = 200;

    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<SharedTable, Owner> OWNER =
            AtomicReferenceFieldUpdater.newUpdater(SharedTable.class, Owner.class, "owner");

    /*
     * Who owns the table changes under `fence` and, within it, under the lock of the rows. Commits need only the latter,
     * and one comparison of epochs. What else only the owner may decide (heir, name, end) is decided under `fence` after
     * the same comparison, so whoever was replaced decides nothing. The manager tries it and never waits.
     */
    private final ReentrantLock fence = new ReentrantLock();

    private final Schema<K, R> schema;
    private final long timeoutNanos;
    private final Mailbox<K, R> mailbox;
    private final Completer completer;
    private final Spin callers = new Spin();
    private final RequestTally tally = new RequestTally();
    private final ReadTally reads = new ReadTally();
    private final Manager manager;

    private volatile String name;

    /** Written under the fence. */
    private volatile Inheritance inheritance;

    /** Null when the table is closed. Replaced when it died with an owner that had no heir. */
    private volatile @Nullable VersionedTable<K, R> table;

    /** The epoch at which the table was closed; 0 before. */
    private volatile long lastEpoch;

    private volatile @Nullable Owner<K, R> owner;

    private volatile Failpoint.@Nullable Hook failpoints;

    private volatile @Nullable RequestTracing tracing;

    /** Why the rows cannot be read; null once they are there. */
    private volatile @Nullable Supplier<? extends HeirloomException> unloaded;

    /** Whether the rows outlive the process. */
    private volatile boolean kept;

    /**
     * @param heirData what the transfer notice of an inherited table carries
     * @param timeout the deadline of requests that say nothing else, and of {@link TableConsumer#accept}
     * @param callbacks where the callbacks of {@code ask} run
     */
    public SharedTable(
            Schema<K, R> schema,
            Heir heir,
            @Nullable Object heirData,
            Duration timeout,
            int mailbox,
            Executor callbacks,
            Manager manager) {
        schema.requireImmutableRows();
        this.schema = schema;
        this.name = schema.name();
        this.inheritance = new Inheritance(heir, heirData);
        this.timeoutNanos = timeout.toNanos();
        this.mailbox = new Mailbox<>(mailbox, this::name);
        this.completer = new Completer(callbacks);
        this.manager = manager;
        this.table = new VersionedTable<>(schema, manager.nextEpoch());
    }

    public Schema<K, R> schema() {
        return schema;
    }

    /** What the table is called now; its schema keeps the name it was made with. */
    public String name() {
        return name;
    }

    /** Who inherits when the present owner ends. */
    public Inheritance inheritance() {
        return inheritance;
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

    /** About how many bytes the rows take, keys and bookkeeping included. */
    public long memoryEstimate() {
        return size() * ROW_BYTES;
    }

    public int mailboxDepth() {
        return mailbox.depth();
    }

    public int mailboxCapacity() {
        return mailbox.capacity();
    }

    /** What became of its requests. */
    public RequestTally tally() {
        return tally;
    }

    /** About how many reads there were: look-ups, queries, snapshots; those within units of work are not counted. */
    public long readCount() {
        return reads.count();
    }

    ReadTally reads() {
        return reads;
    }

    /** Has requests be followed from now on; null ends that. */
    public void trace(@Nullable RequestTracing with) {
        tracing = with;
    }

    /** The number of its latest commit, 0 once it is closed. */
    public long latestCommit() {
        VersionedTable<K, R> now = table;
        return now == null ? 0 : now.latestCommit();
    }

    /** The number of its latest change, 0 once it is closed; they are numbered also where they are not kept. */
    public long latestChange() {
        VersionedTable<K, R> now = table;
        return now == null ? 0 : now.latestChange();
    }

    /** How many snapshots are open. */
    public int openSnapshots() {
        VersionedTable<K, R> now = table;
        return now == null ? 0 : now.openSnapshots();
    }

    // ---- requests ----

    <T extends @Nullable Object> T call(Work<K, R, T> work, @Nullable Duration timeout) {
        checkNotOwnThread();
        Call<K, R, T> call = new Call<>(work, nanos(timeout));
        send(call);
        return call.await(name, callers);
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
        request.tally = tally;
        RequestTracing following = tracing;
        if (following != null) {
            request.trace = following.asked(name);
        }
        try {
            mailbox.put(request);
        } catch (HeirloomException e) {
            tally.notApplied();
            RequestTracing.Trace trace = request.trace;
            if (trace != null) {
                trace.settled(RequestTracing.Outcome.NOT_APPLIED);
            }
            throw e;
        }
        Owner<K, R> now = owner;
        if (now != null) {
            now.wake();
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
            throw new SelfRequestException(name);
        }
    }

    // ---- reading, and writing of public tables ----

    VersionedTable<K, R> readable() {
        if (schema.access() == Access.PRIVATE) {
            throw new AccessDeniedException(name, schema.access(), "read");
        }
        return open();
    }

    /** The rows, for one read by somebody else than the owner. */
    VersionedTable<K, R> read() {
        VersionedTable<K, R> now = readable();
        reads.add();
        return now;
    }

    VersionedTable<K, R> open() {
        VersionedTable<K, R> now = table;
        if (now == null || mailbox.isClosed()) {
            throw new TableClosedException(name);
        }
        Supplier<? extends HeirloomException> why = unloaded;
        if (why != null) {
            throw why.get();
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
        String why = whyNot(from, to);
        if (why != null) {
            from.checkCurrent();
            throw new GiveAwayRefusedException(name, to, why);
        }
        fence.lock();
        try {
            letGo(from);
        } finally {
            fence.unlock();
        }
        manager.givenAway(from.epoch(), to, gift);
    }

    void bequeath(Owner<K, R> from, Heir heir, @Nullable Object data) {
        String why = heir instanceof Heir.Consumer named ? whyNot(from, named.name()) : null;
        if (heir == Heir.NONE && kept) {
            why = "its rows are kept beyond the process";
        }
        fence.lock();
        try {
            from.checkCurrent();
            if (why != null) {
                throw new HeirRefusedException(name, heir, why);
            }
            inheritance = new Inheritance(heir, data);
        } finally {
            fence.unlock();
        }
    }

    void rename(Owner<K, R> from, String newName) {
        Schema.requireName(newName);
        fence.lock();
        try {
            from.checkCurrent();
            manager.rename(newName);
        } finally {
            fence.unlock();
        }
    }

    void delete(Owner<K, R> from) {
        fence.lock();
        try {
            letGo(from);
            retire();
        } finally {
            fence.unlock();
        }
        manager.deleted();
    }

    /** Fences the owner on its own behalf. Under the fence. */
    private void letGo(Owner<K, R> from) {
        from.checkCurrent(); // also of a table that is closed
        from.table().fence(from.epoch(), manager.nextEpoch());
        OWNER.compareAndSet(this, from, null); // the manager may have made another owner already
    }

    /** Why the owner cannot leave the table to a consumer; null if it can. */
    private @Nullable String whyNot(Owner<K, R> from, String consumer) {
        return consumer.equals(from.consumer()) ? "it owns it already" : manager.whyNotLive(consumer);
    }

    // ---- for the manager ----

    /** Refuses reads, and writes by others than an owner, until the rows are {@link #load loaded}. */
    public void unload(Supplier<? extends HeirloomException> why) {
        kept = true;
        unloaded = why;
    }

    /** Fills a new table. For the manager's helper, while there is no owner. */
    public interface Filler<K, R> {
        void fill(VersionedTable<K, R> empty) throws IOException;
    }

    /**
     * Puts a table in the place of the empty one that is there before it is loaded. May block for long.
     *
     * @return false if the table was closed meanwhile
     * @throws IOException what the filler throws; the table stays as it is
     */
    public boolean load(Filler<K, R> filler) throws IOException {
        VersionedTable<K, R> filled = new VersionedTable<>(schema, manager.nextEpoch());
        filler.fill(filled);
        fence.lock();
        try {
            if (table == null) {
                return false;
            }
            table = filled;
        } finally {
            fence.unlock();
        }
        unloaded = null;
        return true;
    }

    /** Gives the table another name, which the manager has found to be free. */
    public void rename(String newName) {
        name = newName;
    }

    /** Makes owners fail at the hook's pleasure; null ends that. */
    public void arm(Failpoint.@Nullable Hook hook) {
        failpoints = hook;
    }

    /**
     * Fences the owner, if there is one, and decides the request it ran: applied if it was committed, not applied
     * otherwise. Where there is no heir the rows are gone. The {@link #inheritance} is final from then on.
     *
     * @param cause what the owner died of
     */
    public boolean tryReclaim(long epoch, @Nullable Throwable cause) {
        if (!fence.tryLock()) {
            return false;
        }
        Owner<K, R> fenced;
        try {
            VersionedTable<K, R> now = notClosed();
            boolean dies = inheritance.heir() == Heir.NONE;
            // Rows that die take their table along, lest somebody who holds it goes on writing to what nobody reads.
            if (!now.tryFence(epoch) || (dies && !now.tryClose())) {
                return false;
            }
            fenced = owner;
            owner = null;
            if (dies) {
                table = now.successor(epoch);
            }
        } finally {
            fence.unlock();
        }
        if (fenced != null) {
            fenced.decideRunning(cause);
        }
        return true;
    }

    /** Fences an owner whose task never began: nobody died, so the rows stay whoever the heir is. */
    public boolean tryTakeBack(long epoch) {
        if (!fence.tryLock()) {
            return false;
        }
        try {
            if (!notClosed().tryFence(epoch)) {
                return false;
            }
            owner = null;
            return true;
        } finally {
            fence.unlock();
        }
    }

    /**
     * Raises the epoch and makes a new owner, which holds the table from now on; null if that is not possible yet.
     *
     * @param next who inherits from the new owner; null to leave that as it is
     */
    public @Nullable Owner<K, R> tryHandOver(String consumer, Transfer transfer, @Nullable Inheritance next) {
        if (!fence.tryLock()) {
            return null;
        }
        try {
            VersionedTable<K, R> now = notClosed();
            if (!now.tryFence(transfer.epoch())) {
                return null;
            }
            if (next != null) {
                inheritance = next;
            }
            Owner<K, R> made = new Owner<>(this, now, consumer, transfer);
            owner = made;
            return made;
        } finally {
            fence.unlock();
        }
    }

    private VersionedTable<K, R> notClosed() {
        VersionedTable<K, R> now = table;
        if (now == null) {
            throw new TableClosedException(name);
        }
        return now;
    }

    /** Refuses requests from now on, and fails those that wait. */
    public void refuse(Supplier<? extends HeirloomException> why) {
        mailbox.refuse(why);
    }

    /** Lets requests wait: an owner is there or coming. */
    public void admit() {
        mailbox.admit();
    }

    /** Fails the requests whose deadline passed while they waited, and forgets those that were given up. */
    public void expire(LongSupplier nanoTime) {
        mailbox.expire(nanoTime);
    }

    /**
     * Removes some of what has expired if nobody owns the table, and tells an owner that sleeps to do so. Never blocks;
     * what cannot be removed now is removed another time.
     */
    public void removeExpired() {
        VersionedTable<K, R> now = table;
        if (now == null || !now.hasExpired()) {
            return;
        }
        long epoch = now.epoch(); // whoever owns the table after this look at the owner has a higher one
        Owner<K, R> present = owner;
        if (present != null) {
            present.wake();
            return;
        }
        try {
            now.tryRemoveExpired(epoch);
        } catch (NotOwnerException | TableClosedException e) {
            return; // the next owner removes it, or nobody has to
        }
    }

    public void releaseAbandonedSnapshots() {
        VersionedTable<K, R> now = table;
        if (now != null) {
            now.releaseAbandonedSnapshots();
        }
    }

    /** Has the table be gone at once for everybody who refers to it. Its owner is fenced by {@link #tryClose}. */
    public void retire() {
        mailbox.close();
    }

    /** Ends the table: the owner is fenced, nobody commits any more, reads and requests are refused. */
    public boolean tryClose() {
        retire();
        if (!fence.tryLock()) {
            return false;
        }
        Owner<K, R> last;
        try {
            VersionedTable<K, R> now = table;
            if (now == null) {
                return true;
            }
            long epoch = manager.nextEpoch();
            if (!now.tryFence(epoch) || !now.tryClose()) {
                return false;
            }
            lastEpoch = epoch;
            last = owner;
            owner = null;
            table = null;
        } finally {
            fence.unlock();
        }
        if (last != null) {
            last.decideRunning(null);
        }
        return true;
    }
}
