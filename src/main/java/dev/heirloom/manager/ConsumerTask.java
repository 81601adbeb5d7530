package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.ownership.OwnedTable;
import dev.heirloom.ownership.Owner;
import dev.heirloom.ownership.Requests;
import dev.heirloom.ownership.TableConsumer;
import dev.heirloom.ownership.Transfer;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The task of one owner: makes the consumer, lets it work, destroys it. Whoever runs it tells the custodian when it is
 * done; the task itself says when its thread has really ended.
 */
final class ConsumerTask<K, R> implements Callable<@Nullable Void> {
    private final Custodian<K, R> custodian;
    private final TableSpec<K, R> spec;
    private final Consumers consumers;
    private final Owner<K, R> owner;

    private volatile @Nullable Throwable failure;
    private volatile boolean begun;
    private volatile boolean ended;

    /** When the destruction of the consumer began; 0 before. */
    private volatile long leavingSince;

    ConsumerTask(Custodian<K, R> custodian, TableSpec<K, R> spec, Consumers consumers, Owner<K, R> owner) {
        this.custodian = custodian;
        this.spec = spec;
        this.consumers = consumers;
        this.owner = owner;
    }

    /** What the task is called where threads are looked at: table, consumer and epoch. */
    String name() {
        return "heirloom " + custodian.table().name() + " " + owner.consumer() + "#" + owner.epoch();
    }

    /** Says that the task is over as far as its executor knows; by whoever runs it. */
    void done(@Nullable Throwable reported) {
        custodian.taskDone(this, reported);
    }

    Owner<K, R> owner() {
        return owner;
    }

    /** What the consumer failed with; null if it did not. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    boolean hasBegun() {
        return begun;
    }

    /** Whether its thread works for something else by now. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether the destruction of the consumer began before that time, and is not over. */
    boolean isLeavingSince(long time) {
        long since = leavingSince;
        return since != 0 && since - time < 0 && !ended;
    }

    @Override
    public @Nullable Void call() throws Exception {
        begun = true;
        Thread thread = Thread.currentThread();
        String threadName = thread.getName();
        thread.setName(name());
        try {
            custodian.started(this);
            work();
            return null;
        } catch (Throwable t) {
            failure = t;
            throw t;
        } finally {
            owner.ended();
            thread.setName(threadName);
            ended = true;
            custodian.threadEnded(this);
        }
    }

    private void work() throws Exception {
        Incarnating consumer = new Incarnating();
        try {
            owner.run(consumer);
        } finally {
            consumer.destroy();
        }
    }

    /** Makes the consumer when it is to accept the table, so that a constructor has the deadline of accept. */
    private final class Incarnating implements TableConsumer<K, R> {
        private Consumers.@Nullable Incarnation<K, R> incarnation;

        @Override
        public void accept(OwnedTable<K, R> table, Transfer transfer) throws Exception {
            Consumers.Incarnation<K, R> made = consumers.create(spec, owner.consumer());
            incarnation = made;
            made.consumer().accept(table, transfer);
        }

        @Override
        public void consume(OwnedTable<K, R> table, Requests requests) throws Exception {
            if (incarnation != null) {
                incarnation.consumer().consume(table, requests);
            }
        }

        void destroy() {
            if (incarnation != null) {
                leavingSince = custodian.nanoTime() | 1;
                incarnation.destroy().run();
            }
        }
    }
}
