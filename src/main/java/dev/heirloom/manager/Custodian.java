package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.ownership.GiveAwayRefusedException;
import dev.heirloom.ownership.NoOwnerException;
import dev.heirloom.ownership.Order;
import dev.heirloom.ownership.Owner;
import dev.heirloom.ownership.SharedTable;
import dev.heirloom.ownership.Transfer;
import dev.heirloom.supervision.Action;
import dev.heirloom.supervision.Heirship;
import dev.heirloom.supervision.Signal;
import dev.heirloom.supervision.Supervisor;
import dev.heirloom.supervision.TableState;
import dev.heirloom.table.Failpoint;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Looks after one table: makes owners, hears of their ends, and carries out what the {@link Supervisor} decides.
 *
 * <p>Thread-safe; no method blocks, throws, or runs code of the user's. What happens is put into a queue and handled
 * one at a time, by whichever thread finds the queue idle: an executor's listener, the watchdog, an owner.
 */
final class Custodian<K, R> implements SharedTable.Manager {
    /** A task that has not begun after this long is reported. */
    static final long NOT_STARTED_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** The lock of a table is not had for this long: the table is stuck. */
    static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long LOCK_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final TableSpec<K, R> spec;
    private final Catalog catalog;
    private final Consumers consumers;
    private final Machinery machinery;
    private final SharedTable<K, R> table;
    private final Heirs heirs;
    private final Chronicle chronicle;
    private final DiskHeir<K, R> disk;
    private final AtomicLong epochs = new AtomicLong();
    private final SerialQueue queue = new SerialQueue();
    private final Zombies<K, R> zombies = new Zombies<>();

    private final AtomicLong restarts = new AtomicLong();
    private final AtomicLong handOvers = new AtomicLong();

    // What follows is written by the queue only.

    private volatile Supervisor supervisor;
    private volatile @Nullable Incumbent<K, R> incumbent;
    private volatile Instant stateSince = Instant.now();
    private volatile @Nullable Duration lastHandOver;
    private @Nullable String lastConsumer;
    private @Nullable Object gift;
    private @Nullable Runnable cancelTask;
    private long vacantSince;
    private @Nullable Ending<K, R> ending;

    /** Whether it is closed because it was deleted. */
    private boolean deleting;

    /** The hand-over that the executor refused, to be tried again as it was. */
    private Action.@Nullable HandOver refused;

    /** The task of the present owner. */
    private record Incumbent<K, R>(ConsumerTask<K, R> task, Transfer transfer, long submitted) {}

    /** The end of an owner from which the table could not be taken yet. */
    private record Ending<K, R>(
            ConsumerTask<K, R> task,
            Signal signal,
            @Nullable Throwable cause,
            long since) {}

    /**
     * @param callbacks where the callbacks of {@code ask} run, and what may block
     * @param safe where tables are kept
     */
    Custodian(
            TableSpec<K, R> spec,
            Catalog catalog,
            Consumers consumers,
            Machinery machinery,
            Executor callbacks,
            Safe safe) {
        this.spec = spec;
        this.catalog = catalog;
        this.consumers = consumers;
        this.machinery = machinery;
        this.vacantSince = machinery.nanoTime();
        this.supervisor = Supervisor.of(spec.restart());
        this.table = new SharedTable<>(
                spec.schema(), spec.heir(), spec.heirData(), spec.timeout(), spec.mailbox(), callbacks, this);
        this.heirs = new Heirs(spec, table, this::whyNotLive);
        this.chronicle = new Chronicle(table::name, table::epoch, machinery);
        table.trace(machinery.tracing());
        this.disk = new DiskHeir<>(
                spec,
                table,
                safe,
                callbacks,
                this::handle,
                chronicle,
                machinery,
                lowest -> epochs.accumulateAndGet(lowest, Math::max));
    }

    TableSpec<K, R> spec() {
        return spec;
    }

    SharedTable<K, R> table() {
        return table;
    }

    /** Handles what has happened, and tells of it once the table has changed hands. */
    private void handle(Runnable action) {
        queue.add(action);
        chronicle.tell();
    }

    /** As {@link #handle}, by another thread. */
    private void handleElsewhere(Runnable action) {
        queue.put(action);
        machinery.schedule(() -> handle(() -> {}), 0);
    }

    // ---- what others tell it ----

    /** Creates the table's first owner. */
    void open() {
        handle(() -> {
            if (supervisor.state() instanceof TableState.Closed) { // it was deleted as soon as it had its name
                return;
            }
            chronicle.created();
            offer();
        });
    }

    /** Has the table's first owner made, once its rows are there. */
    private void offer() {
        vacantSince = machinery.nanoTime();
        if (disk.isHeir()) {
            load(false);
        } else {
            step(new Signal.Offer());
        }
    }

    private void load(boolean anew) {
        step(new Signal.Load());
        table.admit();
        disk.load(anew, new DiskHeir.Outcome() {
            @Override
            public void loaded() {
                vacantSince = machinery.nanoTime();
                step(new Signal.Loaded());
            }

            @Override
            public void notLoaded(String why) {
                step(new Signal.NotLoaded(why));
            }
        });
    }

    /** The task runs; on its thread. */
    void started(ConsumerTask<K, R> task) {
        long now = machinery.nanoTime();
        queue.add(() -> {
            Incumbent<K, R> present = incumbent;
            if (present != null && present.task() == task && supervisor.state() instanceof TableState.Starting) {
                Duration took = Duration.ofNanos(now - vacantSince);
                lastHandOver = took;
                handOvers.incrementAndGet();
                step(new Signal.Started(task.owner().epoch()));
                chronicle.handedOver(task.owner().consumer(), present.transfer().reason(), took);
            }
        });
        if (queue.isIdle()) { // else the thread that handles it also tells; not this one, for which requests wait
            chronicle.tellElsewhere();
        }
    }

    /** The task is over, as far as the executor knows; it may say so twice, late, or while the thread still runs. */
    void taskDone(ConsumerTask<K, R> task, @Nullable Throwable reported) {
        long now = machinery.nanoTime();
        long epoch = task.owner().epoch();
        handle(() -> {
            Throwable cause = task.failure() != null ? task.failure() : reported;
            if (!task.hasBegun()) {
                end(
                        task,
                        new Signal.Rejected(epoch, "the executor dropped its task: " + Chronicle.describe(cause)),
                        cause,
                        now);
            } else if (cause == null) {
                boolean leaves = task.owner().leaves();
                end(task, leaves ? new Signal.Restarted(epoch) : new Signal.Returned(epoch), null, now);
            } else {
                end(task, new Signal.Died(epoch, Chronicle.describe(cause)), cause, now);
            }
        });
    }

    /** The task's thread works for something else from now on. */
    void threadEnded(ConsumerTask<K, R> task) {
        handle(() -> {
            if (zombies.remove(task)) {
                chronicle.zombieEnded(task.owner().consumer());
            }
            forgetIfOver();
        });
    }

    /**
     * Looks at the clock.
     *
     * @param watching whether owners that hang are looked for this time
     */
    void tick(boolean watching) {
        handle(() -> {
            table.expire(System::nanoTime);
            table.releaseAbandonedSnapshots();
            table.removeExpired();
            if (supervisor.state() instanceof TableState.Stuck) { // before that it is tried more often
                retryEnding();
            }
            disk.watch();
            if (watching) {
                watch(machinery.nanoTime());
            }
        });
    }

    /**
     * Has the table loaded or offered to its consumer again, if it has no owner and none is coming; and kept again, if it
     * is read-only.
     */
    void revive() {
        handle(() -> {
            if (supervisor.state() instanceof TableState.Orphaned || supervisor.state() instanceof TableState.Vacant) {
                chronicle.revived();
                vacantSince = machinery.nanoTime();
                step(new Signal.Offer());
            } else if (supervisor.state() instanceof TableState.Unloaded) {
                chronicle.revived();
                offer();
            }
        });
        disk.reopen();
    }

    /** Has a table that could not be loaded begin anew, empty, with its files set aside; says whether that is so. */
    boolean setAside() {
        if (!(supervisor.state() instanceof TableState.Unloaded)) {
            return false;
        }
        handle(() -> {
            if (supervisor.state() instanceof TableState.Unloaded) { // still: nobody has revived it meanwhile
                vacantSince = machinery.nanoTime();
                load(true);
            }
        });
        return true;
    }

    /** What can be read of the files of a table that could not be loaded. Blocks. */
    TableHandle.SalvagedRows<K, R> salvage() throws IOException {
        if (!(supervisor.state() instanceof TableState.Unloaded)) {
            throw new IllegalStateException("table " + table.name() + " is not unloaded");
        }
        return disk.salvage();
    }

    /**
     * Has the owner do something between two requests.
     *
     * @return what becomes of it: as {@link Order#outcome}, {@link NoOwnerException} if nobody owns the table
     */
    CompletionStage<@Nullable Void> tell(Order order) {
        Incumbent<K, R> present = incumbent;
        if (present == null || !(supervisor.state() instanceof TableState.Owned)) {
            order.fail(new NoOwnerException(
                    table.name(), "it is " + supervisor.state().getClass().getSimpleName()));
        } else if (!present.task().owner().tell(order)) {
            order.fail(new NoOwnerException(table.name(), "its owner is about to end"));
        }
        return order.outcome();
    }

    /** As {@link #tell}: has the owner give the table to another consumer, if that is live. */
    CompletionStage<@Nullable Void> giveAway(String to) {
        Order order = Order.giveAway(to);
        Incumbent<K, R> present = incumbent;
        String why = whyNotLive(to);
        if (present != null && to.equals(present.task().owner().consumer())) {
            why = "it owns it already";
        }
        if (why != null) {
            order.fail(new GiveAwayRefusedException(table.name(), to, why));
            return order.outcome();
        }
        return tell(order);
    }

    /** Has all that was committed be safe, once the table is closed. May block; not for the manager's threads. */
    void flush() {
        disk.flush();
    }

    /** Makes owners fail; null ends that. */
    void arm(Failpoint.@Nullable Hook hook) {
        table.arm(hook);
    }

    /** Refuses everything from now on, fences the owner and cancels its task. What is kept of the table stays. */
    void close() {
        close(true, false);
    }

    /** As {@link #close}, and nothing is kept. */
    void delete() {
        close(true, true);
    }

    private void close(boolean interrupting, boolean forGood) {
        catalog.remove(this);
        table.retire();
        handle(() -> {
            if (!(supervisor.state() instanceof TableState.Closed)) {
                deleting = forGood;
                step(new Signal.Close());
                shut(interrupting, "closed");
            }
        });
    }

    /** The end of the table; in the queue, once. */
    private void shut(boolean interrupting, String why) {
        catalog.remove(this);
        table.retire();
        ending = null;
        refused = null;
        gift = null;
        Incumbent<K, R> last = incumbent;
        Runnable cancel = cancelTask;
        incumbent = null;
        cancelTask = null;
        closeTable(machinery.nanoTime());
        if (last != null) {
            zombies.add(last.task());
            if (interrupting && cancel != null) {
                cancel.run();
            }
        }
        if (interrupting) {
            zombies.interrupt();
        }
        chronicle.closed(why);
        forgetIfOver();
    }

    /** Leaves nothing behind once the table is closed and no task of its owners runs. In the queue. */
    private void forgetIfOver() {
        if (supervisor.state() instanceof TableState.Closed && zombies.count() == 0) {
            catalog.forget(this);
        }
    }

    void interruptZombies() {
        zombies.interrupt();
    }

    private void closeTable(long since) {
        if (table.tryClose()) {
            if (deleting) {
                disk.forget();
            }
        } else if (machinery.nanoTime() - since < STUCK_NANOS) {
            machinery.schedule(() -> handle(() -> closeTable(since)), LOCK_RETRY_NANOS);
        }
    }

    long nanoTime() {
        return machinery.nanoTime();
    }

    /** The names of replaced tasks that still run. */
    List<String> zombies() {
        return zombies.names();
    }

    TableStatus status() {
        TableState state = supervisor.state();
        Incumbent<K, R> now = incumbent;
        String owner = now == null ? null : now.task().owner().consumer();
        return new TableStatus(
                table.name(),
                spec.schema().type(),
                spec.schema().access(),
                state.getClass().getSimpleName(),
                stateSince,
                state.why(),
                owner,
                spec.consumerName(),
                heirs.present(owner),
                table.epoch(),
                table.size(),
                table.memoryEstimate(),
                table.mailboxDepth(),
                table.mailboxCapacity(),
                restarts.get(),
                handOvers.get(),
                lastHandOver,
                state instanceof TableState.Starting starting && starting.late(),
                zombies(),
                chronicle.lastFailure(),
                spec.required(),
                spec.keeping().durability(),
                state instanceof TableState.Loading ? disk.progress() : null,
                disk.failure(),
                Safe.ofThisStart(table.latestChange()),
                table.tally().applied(),
                table.readCount());
    }

    /** What is counted of the table. */
    TableFigures figures() {
        return new TableFigures(
                table.tally(),
                table.latestCommit(),
                Safe.ofThisStart(table.latestChange()),
                table.openSnapshots(),
                handOvers.get(),
                chronicle.deaths(),
                disk.lastLoad(),
                disk.figures());
    }

    /** What tells the table from others of its name. */
    String id() {
        return chronicle.id();
    }

    /** What happened to its ownership last, the oldest first. */
    List<LoggedEvent> history() {
        return chronicle.history();
    }

    // ---- what owners ask it ----

    @Override
    public long nextEpoch() {
        return epochs.incrementAndGet();
    }

    @Override
    public @Nullable String whyNotLive(String consumer) {
        return consumers.whyNotLive(spec, consumer);
    }

    @Override
    public void givenAway(long epoch, String to, @Nullable Object data) {
        long now = machinery.nanoTime();
        handle(() -> {
            Incumbent<K, R> giver = incumbent;
            if (giver != null && giver.task().owner().epoch() == epoch) {
                ending = null; // if it was found hanging just now, it has not been taken from it
                leave(giver.task(), now);
                gift = data;
                chronicle.givenAway(giver.task().owner().consumer(), to);
                step(new Signal.GivenAway(epoch, to));
            }
        });
    }

    @Override
    public void deleted() {
        close(false, true); // it is the owner's thread, which may have something else to do
    }

    /** Also for the manager. Told elsewhere: an owner that renames its table keeps others from changing the ownership. */
    @Override
    public void rename(String newName) {
        String former = catalog.rename(this, newName);
        if (former != null) {
            handleElsewhere(() -> chronicle.renamed(former, newName));
        }
    }

    // ---- the end of an owner ----

    /** Takes the table from an owner that has ended, once: whoever comes second comes too late. */
    private void end(ConsumerTask<K, R> task, Signal signal, @Nullable Throwable cause, long since) {
        Incumbent<K, R> now = incumbent;
        if (now == null || now.task() != task || (ending != null && ending.task() == task)) {
            return;
        }
        ending = new Ending<>(task, signal, cause, since);
        retryEnding();
    }

    private void retryEnding() {
        Ending<K, R> end = ending;
        if (end == null) {
            return;
        }
        ConsumerTask<K, R> task = end.task();
        boolean died = !(end.signal() instanceof Signal.Rejected || end.signal() instanceof Signal.Restarted);
        if (!(died ? table.tryReclaim(nextEpoch(), end.cause()) : table.tryTakeBack(nextEpoch()))) {
            task.owner().interrupt(); // if it hangs in its commit, that may free the lock
            if (supervisor.state() instanceof TableState.Stuck) {
                return; // the clock will try again
            }
            if (machinery.nanoTime() - end.since() > STUCK_NANOS) {
                step(new Signal.LockHeld(task.owner().epoch()));
                chronicle.stuck(task.owner().consumer());
            } else {
                machinery.schedule(() -> handle(() -> retryEndingOf(task)), LOCK_RETRY_NANOS);
            }
            return;
        }
        ending = null;
        Transfer transfer = task.owner().transfer();
        String consumer = task.owner().consumer();
        if (end.signal() instanceof Signal.Rejected rejected) {
            incumbent = null;
            refused = new Action.HandOver(consumer, transfer.reason(), transfer.attempt());
            gift = transfer.data();
            chronicle.rejected(consumer, rejected.why());
            step(rejected);
            return;
        }
        leave(task, end.since());
        if (end.signal() instanceof Signal.Restarted restarted) {
            chronicle.restarted(consumer);
            step(restarted);
            settle(task);
            return;
        }
        Heirship heirship = heirs.heirship();
        chronicle.reclaimed(consumer, end.cause(), heirship.obstacle(consumer));
        int running = zombies.count();
        boolean tooMany = running > spec.maxZombies();
        step(tooMany ? new Signal.TooManyZombies(task.owner().epoch(), running) : inherited(end.signal(), heirship));
    }

    /** Says that what the owner was told is done, or will never be. */
    private static void settle(ConsumerTask<?, ?> task) {
        Order order = task.owner().order();
        if (order != null) {
            order.done();
        }
    }

    private static Signal inherited(Signal end, Heirship heirship) {
        if (end instanceof Signal.Died died) {
            return new Signal.Died(died.epoch(), died.why(), heirship);
        }
        return end instanceof Signal.Returned returned ? new Signal.Returned(returned.epoch(), heirship) : end;
    }

    private void retryEndingOf(ConsumerTask<K, R> task) {
        if (ending != null && ending.task() == task) {
            retryEnding();
        }
    }

    private void leave(ConsumerTask<K, R> task, long since) {
        incumbent = null;
        vacantSince = since;
        lastConsumer = task.owner().consumer();
        zombies.add(task);
    }

    private void watch(long now) {
        Incumbent<K, R> present = incumbent;
        if (present == null) {
            return;
        }
        Owner<K, R> owner = present.task().owner();
        if (supervisor.state() instanceof TableState.Starting starting) {
            if (!starting.late() && now - present.submitted() > NOT_STARTED_NANOS) {
                step(new Signal.Late(owner.epoch()));
                chronicle.notStarted(owner.consumer(), present.task().name());
            }
            return;
        }
        Duration heartbeat = spec.heartbeat();
        String hangsIn = present.task().isLeavingSince(now - spec.timeout().toNanos())
                ? "its @PreDestroy"
                : owner.hangsIn(now, heartbeat == null ? 0 : heartbeat.toNanos());
        if (hangsIn != null && ending == null) {
            OwnerHungException hung =
                    new OwnerHungException(table.name(), owner.consumer(), hangsIn, owner.stackTrace());
            end(present.task(), new Signal.Died(owner.epoch(), Chronicle.describe(hung)), hung, now);
            owner.interrupt();
        }
    }

    // ---- what the supervisor decides ----

    @SuppressWarnings("ReferenceEquality") // the JDK keeps the class loader of a record class that was compared
    private void step(Signal signal) {
        Supervisor.Step step = supervisor.on(
                signal, machinery.nanoTime(), ThreadLocalRandom.current().nextDouble());
        if (step.next().state() != supervisor.state()) {
            stateSince = Instant.now();
        }
        supervisor = step.next();
        perform(step.action());
    }

    private void perform(Action action) {
        if (action instanceof Action.HandOver handOver) {
            handOver(handOver);
        } else if (action instanceof Action.Wait wait) {
            table.admit();
            machinery.schedule(() -> handle(() -> step(new Signal.Due())), wait.delayNanos());
        } else if (action instanceof Action.Refuse refuse) {
            if (!(supervisor.state() instanceof TableState.Closed)) { // closing refuses by itself, saying so
                table.refuse(() -> new NoOwnerException(table.name(), refuse.why()));
            }
            if (supervisor.state() instanceof TableState.Orphaned) {
                chronicle.orphaned(refuse.why());
            } else if (supervisor.state() instanceof TableState.Vacant) {
                chronicle.vacated(refuse.why());
            }
        } else if (action instanceof Action.End end) {
            shut(true, "closed: " + end.why());
        }
    }

    private void handOver(Action.HandOver decided) {
        Action.HandOver again = refused;
        Action.HandOver action = again == null ? decided : again;
        String home = spec.consumerName();
        String consumer = action.consumer() == null ? home : action.consumer();
        String why = whyNotLive(consumer);
        if (why != null) {
            refused = null;
            if (consumer.equals(home)) {
                step(new Signal.NoConsumer(why));
            } else { // it was live when the table was given to it
                handOver(new Action.HandOver(null, Transfer.Reason.INHERITED, action.attempt()));
            }
            return;
        }
        Transfer.Reason reason = action.reason();
        Object data = reason == Transfer.Reason.GIVEN_AWAY
                ? gift
                : reason == Transfer.Reason.INHERITED ? table.inheritance().data() : null;
        Transfer transfer = new Transfer(table.name(), reason, lastConsumer, data, nextEpoch(), action.attempt());
        Owner<K, R> owner =
                table.tryHandOver(consumer, transfer, action.isOrdered() ? null : heirs.after(consumer, reason));
        if (owner == null) { // a zombie is just finding out that it is fenced
            machinery.schedule(
                    () -> handle(() -> {
                        if (incumbent == null && !(supervisor.state() instanceof TableState.Closed)) {
                            handOver(decided);
                        }
                    }),
                    LOCK_RETRY_NANOS);
            return;
        }
        refused = null;
        gift = null;
        table.admit();
        if (again == null && reason == Transfer.Reason.INHERITED && !action.isOrdered()) {
            restarts.incrementAndGet();
        }
        submit(new ConsumerTask<>(this, spec, consumers, owner), transfer);
    }

    private void submit(ConsumerTask<K, R> task, Transfer transfer) {
        incumbent = new Incumbent<>(task, transfer, machinery.nanoTime());
        cancelTask = null;
        step(new Signal.Submitted(task.owner().consumer(), task.owner().epoch()));
        try {
            cancelTask = machinery.submit(task);
        } catch (RuntimeException e) {
            end(task, new Signal.Rejected(task.owner().epoch(), Chronicle.describe(e)), e, machinery.nanoTime());
        }
    }
}
