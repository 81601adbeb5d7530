package dev.heirloom.ownership;

import dev.heirloom.table.Commitment;
import dev.heirloom.table.NotOwnerException;
import dev.heirloom.table.VersionedTable;
import dev.heirloom.table.Work;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One term of ownership: a running task that holds a table at one epoch. The task calls {@link #run}; the manager
 * watches it.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
public final class Owner<K, R> {
    private static final AtomicIntegerFieldUpdater<Owner<?, ?>> IDLE = idleUpdater();

    /** Between two batches of expired rows; also as accurate as their deadlines are. */
    private static final long LEAST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final SharedTable<K, R> shared;
    private final VersionedTable<K, R> table;
    private final String consumer;
    private final Transfer transfer;
    private final Spin spin = new Spin();

    private volatile @Nullable Thread thread;

    /** The request under way, and since when. */
    private volatile @Nullable Request<K, R, ?> running;

    private volatile long runningSince;

    /** When accept began; 0 when it is not running. */
    private volatile long acceptingSince;

    /** When the consumer last served or waited for requests. */
    private volatile long lastBeat = System.nanoTime();

    /** 1 while the thread is parked for want of requests, or about to be. */
    private volatile int idle;

    /** Whether the last request's caller had to be woken, and may be back with another; the thread's own. */
    private boolean wokeACaller;

    /** Whether a unit of work is under way; the thread's own. */
    private boolean working;

    /** Guarded by this: the thread must not be interrupted when it works for somebody else. */
    private boolean ended;

    /** What it is to do before the next request; null if it may go on. Written under the monitor. */
    private volatile @Nullable Order order;

    /** Whether it was told to end for a successor, and began to. */
    private volatile boolean leaves;

    Owner(SharedTable<K, R> shared, VersionedTable<K, R> table, String consumer, Transfer transfer) {
        this.shared = shared;
        this.table = table;
        this.consumer = consumer;
        this.transfer = transfer;
    }

    public String consumer() {
        return consumer;
    }

    public long epoch() {
        return transfer.epoch();
    }

    public Transfer transfer() {
        return transfer;
    }

    /** Whether it still owns the table. */
    public boolean isCurrent() {
        return table.epoch() == transfer.epoch();
    }

    /**
     * Works until the consumer returns or fails. The calling thread is the owner until then.
     *
     * @throws Exception what the owner died of
     */
    public void run(TableConsumer<K, R> owning) throws Exception {
        acceptingSince = System.nanoTime() | 1;
        thread = Thread.currentThread();
        OwnedTable<K, R> owned = new OwnedTable<>(this);
        try {
            checkCurrent();
            owning.accept(owned, transfer);
            lastBeat = System.nanoTime();
            acceptingSince = 0;
            owning.consume(owned, new Requests(this));
        } catch (InjectedReturn | OrderedRestart e) {
            return; // as if consume had returned
        } finally {
            acceptingSince = 0;
        }
    }

    /**
     * Says that the thread has really ended its work for this owner, and takes back an interrupt that was meant for it.
     */
    public void ended() {
        synchronized (this) {
            ended = true;
            thread = null;
        }
        Thread.interrupted();
        Order unheeded = order;
        if (unheeded != null && !leaves) {
            unheeded.fail(new NoOwnerException(name(), "its owner has ended before it could do what it was told"));
        }
    }

    /**
     * Has the owner do something before its next request. One that does not serve does it when it serves again.
     *
     * @return false if it has ended, or has been told something else already
     */
    public boolean tell(Order what) {
        synchronized (this) {
            if (ended || order != null) {
                return false;
            }
            order = what;
        }
        wake();
        return true;
    }

    /** Whether it ends because it was told to, so that the next one starts. */
    public boolean leaves() {
        return leaves;
    }

    /** What it was told and has not done; null if there is nothing. */
    public @Nullable Order order() {
        return order;
    }

    /** Interrupts the thread if it still works for this owner. */
    public void interrupt() {
        synchronized (this) {
            Thread now = thread;
            if (now != null && !ended) {
                now.interrupt();
            }
        }
    }

    /** Where its thread is at the moment; empty if it has none. */
    public StackTraceElement[] stackTrace() {
        Thread now = thread;
        return now == null ? new StackTraceElement[0] : now.getStackTrace();
    }

    /**
     * What the owner hangs in, or null if it does not.
     *
     * @param heartbeatNanos how long it may do something other than serve requests; 0 for no limit
     */
    public @Nullable String hangsIn(long now, long heartbeatNanos) {
        long accepting = acceptingSince;
        if (accepting != 0 && now - accepting > shared.timeoutNanos()) {
            return "accept";
        }
        Request<K, R, ?> request = running;
        if (request != null) {
            // Read the time first: another request may be running by now, since later than that.
            return now - runningSince > request.timeoutNanos && request == running ? "a request" : null;
        }
        if (heartbeatNanos > 0 && accepting == 0 && thread != null && idle == 0 && now - lastBeat > heartbeatNanos) {
            return "consume, without a heartbeat";
        }
        return null;
    }

    // ---- serving, on the owner's thread ----

    int serve(long nanos) throws InterruptedException {
        checkThread();
        long now = System.nanoTime();
        long end = now + nanos;
        int most =
                nanos > 0 ? Integer.MAX_VALUE : shared.mailbox().depth(); // what comes meanwhile is for the next time
        int served = 0;
        for (int polled = 0; ; polled++) {
            checkCurrent();
            lastBeat = now;
            Order told = order;
            if (told != null) {
                obey(told);
            }
            Request<K, R, ?> request = polled < most ? shared.mailbox().poll() : null;
            if (request == null) {
                removeExpired();
                if (polled >= most || now - end >= 0) {
                    return served;
                }
                await(end - now);
                now = System.nanoTime();
            } else if (now - request.deadline >= 0) {
                request.withdraw(() -> new DeadlineException(name()));
            } else if (request.claim()) {
                apply(request, now);
                now = lastBeat;
                served++;
                if (nanos > 0 && now - end >= 0) {
                    return served;
                }
            }
        }
    }

    /** Does what it was told; between two requests. */
    private void obey(Order told) {
        String to = told.to();
        if (to == null) {
            leaves = true;
            throw new OrderedRestart(name());
        }
        try {
            shared.giveAway(this, to, null);
            told.done();
        } catch (GiveAwayRefusedException e) {
            told.fail(e);
        }
        order = null;
        checkCurrent();
    }

    /** Applies a request, and decides its outcome before anything else happens. */
    private <T extends @Nullable Object> void apply(Request<K, R, T> request, long now) {
        runningSince = now;
        running = request;
        RequestTracing.Trace trace = request.trace;
        if (trace != null) {
            trace.begun(consumer, transfer.epoch());
        }
        try {
            checkCurrent(); // whoever fenced this owner before it wrote `running` has decided nothing
            atomically(request.work, request);
            request.decide(() -> new OwnerDiedException(name(), null));
        } catch (InjectedCrashException | InjectedReturn | Error e) {
            request.decide(() -> new OwnerDiedException(name(), e));
            throw e;
        } catch (Exception e) {
            if (isCurrent()) {
                request.decide(() -> new RequestFailedException(name(), e));
            } else {
                request.decide(() -> new OwnerDiedException(name(), e));
                checkCurrent();
            }
        } finally {
            lastBeat = System.nanoTime();
            running = null;
            if (trace != null) {
                trace.left();
            }
            if (request.isApplied()) {
                shared.tally().applied(lastBeat - request.asked());
            }
            wokeACaller = request.wokeItsCaller();
        }
        if (Thread.interrupted() && !isCurrent()) {
            checkCurrent();
        }
    }

    /** Runs a unit of work; on the owner's thread. */
    <T extends @Nullable Object> T atomically(Work<K, R, T> work, @Nullable Commitment<T> outcome) throws Exception {
        if (working) {
            throw new NestedUnitException(name());
        }
        removeExpired();
        working = true;
        try {
            return table.atomically(transfer.epoch(), work, outcome, shared.failpoints());
        } finally {
            working = false;
        }
    }

    /** Removes a batch of what has expired. */
    private void removeExpired() {
        if (table.hasExpired()) {
            table.removeExpired(transfer.epoch());
        }
    }

    private void await(long nanos) throws InterruptedException {
        Mailbox<K, R> mailbox = shared.mailbox();
        if (spin.until(() -> !mailbox.isEmpty(), wokeACaller ? Spin.AFTER_WAKING_NANOS : Spin.NANOS)) {
            return;
        }
        idle = 1;
        try {
            if (mailbox.isEmpty() && order == null) {
                LockSupport.parkNanos(this, Math.min(nanos, Math.max(table.nanosToExpiry(), LEAST_SLEEP_NANOS)));
            }
        } finally {
            lastBeat = System.nanoTime();
            idle = 0;
        }
        if (Thread.interrupted()) {
            checkCurrent();
            throw new InterruptedException("the owner of table " + name() + " was interrupted while it waited");
        }
    }

    /** Wakes the owner if it waits; by whoever has put a request into the mailbox. */
    void wake() {
        if (idle == 1) {
            lastBeat = System.nanoTime(); // from here on the thread is not idle, but has yet to wake up
            if (!IDLE.compareAndSet(this, 1, 0)) {
                return;
            }
            Thread now = thread;
            if (now != null) {
                LockSupport.unpark(now);
            }
        }
    }

    // ---- for the rest of the room ----

    VersionedTable<K, R> table() {
        return table;
    }

    SharedTable<K, R> shared() {
        return shared;
    }

    /** Whether its thread waits for requests. */
    boolean isIdle() {
        return idle == 1;
    }

    boolean isOnItsThread() {
        return thread == Thread.currentThread();
    }

    void checkCurrent() {
        long now = table.epoch();
        if (now != transfer.epoch()) {
            throw new NotOwnerException(name(), transfer.epoch(), now);
        }
    }

    void checkThread() {
        if (!isOnItsThread()) {
            throw new NotOwnerException(name(), transfer.epoch(), table.epoch());
        }
    }

    /** Decides the request it was running when it was fenced. */
    void decideRunning(@Nullable Throwable cause) {
        Request<K, R, ?> request = running;
        if (request != null) {
            request.decide(() -> new OwnerDiedException(name(), cause));
        }
    }

    private String name() {
        return shared.name();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static AtomicIntegerFieldUpdater<Owner<?, ?>> idleUpdater() {
        return (AtomicIntegerFieldUpdater) AtomicIntegerFieldUpdater.newUpdater(Owner.class, "idle");
    }
}
