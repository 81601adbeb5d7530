package dev.heirloom.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heirloom.table.Access;
import dev.heirloom.table.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A table with a plain manager and owners on plain threads, for tests. Closing it ends every thread. */
final class Room implements SharedTable.Manager, AutoCloseable {
    static {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(1));
    }

    static final Duration LONG = Duration.ofMinutes(1);

    /** A row. */
    record Row(String id, int value) {
        Row plus(int more) {
            return new Row(id, value + more);
        }
    }

    /** What the manager was told of a table given away. */
    record Gift(long epoch, String to, @Nullable Object data) {}

    /** An owner and its thread. */
    static final class Term {
        final Owner<String, Row> owner;
        final Thread thread;
        private volatile @Nullable Throwable death;

        private Term(Owner<String, Row> owner, TableConsumer<String, Row> consumer) {
            this.owner = owner;
            this.thread = new Thread(() -> work(consumer), owner.consumer() + "-" + owner.epoch());
        }

        private void work(TableConsumer<String, Row> consumer) {
            try {
                owner.run(consumer);
            } catch (Throwable t) {
                death = t;
            } finally {
                owner.ended();
            }
        }

        /** What it died of, null if it returned; waits until its thread has ended. */
        @Nullable
        Throwable death() {
            join(thread);
            return death;
        }

        boolean isIdle() {
            return owner.isIdle();
        }
    }

    final ExecutorService callbacks = Executors.newCachedThreadPool(task -> new Thread(task, "callbacks"));
    final AtomicLong epochs = new AtomicLong();
    final Set<String> live = ConcurrentHashMap.newKeySet();
    final Set<String> taken = ConcurrentHashMap.newKeySet();
    volatile boolean deleted;
    final List<Gift> gifts = new CopyOnWriteArrayList<>();
    final SharedTable<String, Row> table;
    final TableRef<String, Row> ref;
    private final List<Term> terms = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    Room() {
        this(Access.PROTECTED, Heir.MANAGER, 1000);
    }

    Room(Access access, Heir heir, int mailbox) {
        this(Schema.set("rows", Row.class, Row::id).withAccess(access), heir, mailbox);
    }

    Room(Schema<String, Row> schema, Heir heir) {
        this(schema, heir, 1000);
    }

    private Room(Schema<String, Row> schema, Heir heir, int mailbox) {
        table = new SharedTable<>(schema, heir, null, LONG, mailbox, callbacks, this);
        ref = new TableRef<>(() -> table);
        live.add("Other");
    }

    /** A new owner that serves requests. */
    Term start() {
        return start(new ServingConsumer<>());
    }

    Term start(TableConsumer<String, Row> consumer) {
        Term term = prepare(consumer);
        term.thread.start();
        return term;
    }

    /** A new owner whose thread is not started yet. */
    Term prepare(TableConsumer<String, Row> consumer) {
        Transfer transfer = new Transfer("rows", Transfer.Reason.INHERITED, null, null, nextEpoch(), 0);
        Owner<String, Row> owner =
                await().until(() -> table.tryHandOver("Consumer", transfer, null), made -> made != null);
        Term term = new Term(owner, consumer);
        terms.add(term);
        return term;
    }

    void reclaim(@Nullable Throwable cause) {
        await().until(() -> table.tryReclaim(nextEpoch(), cause));
    }

    /** Runs on a thread that ends with the room. */
    Thread spawn(Runnable task) {
        Thread thread = new Thread(task, "caller");
        threads.add(thread);
        thread.start();
        return thread;
    }

    static void join(Thread thread) {
        try {
            thread.join(30_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(thread.isAlive()).as(thread.getName() + " still runs").isFalse();
    }

    int value(String id) {
        return ref.find(id).map(Row::value).orElse(0);
    }

    Row put(String id, int value) {
        return ref.call(unit -> unit.insert(new Row(id, value)));
    }

    @Override
    public long nextEpoch() {
        return epochs.incrementAndGet();
    }

    @Override
    public @Nullable String whyNotLive(String consumer) {
        return live.contains(consumer) ? null : "it is not deployed";
    }

    @Override
    public void givenAway(long epoch, String to, @Nullable Object gift) {
        gifts.add(new Gift(epoch, to, gift));
    }

    @Override
    public void deleted() {
        deleted = true;
    }

    @Override
    public void rename(String newName) {
        if (taken.contains(newName)) {
            throw new IllegalStateException(newName + " is taken");
        }
        table.rename(newName);
    }

    @Override
    public void close() {
        table.arm(null);
        await().until(() -> {
            terms.forEach(term -> term.owner.interrupt());
            return table.tryClose();
        });
        await().until(() -> {
            terms.forEach(term -> term.owner.interrupt());
            return terms.stream().noneMatch(term -> term.thread.isAlive());
        });
        threads.forEach(Thread::interrupt);
        threads.forEach(Room::join);
        callbacks.shutdown();
    }
}
