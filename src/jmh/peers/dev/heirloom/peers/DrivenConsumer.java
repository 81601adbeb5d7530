package dev.heirloom.peers;

import dev.heirloom.ownership.OwnedTable;
import dev.heirloom.ownership.Requests;
import dev.heirloom.ownership.TableConsumer;
import java.time.Duration;

/** A consumer that does, besides serving, what a request leaves it to do: without the way through the mailbox. */
final class DrivenConsumer implements TableConsumer<String, Kept> {
    /** What the owner is to do with its table. */
    interface Job {
        void run(OwnedTable<String, Kept> table) throws Exception;
    }

    /** What the next request that is served leaves to do. For one table at a time. */
    private static volatile Job next = table -> {};

    /** Has the owner of a table do something, and waits for it. */
    static void run(DurableTable table, Job job) {
        Object done = new Object();
        boolean[] isDone = {false};
        next = owned -> {
            next = none -> {};
            job.run(owned);
            synchronized (done) {
                isDone[0] = true;
                done.notifyAll();
            }
        };
        table.wake();
        synchronized (done) {
            while (!isDone[0]) {
                try {
                    done.wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @Override
    public void consume(OwnedTable<String, Kept> table, Requests requests) throws Exception {
        while (table.isOwned()) {
            requests.serve(Duration.ofSeconds(1));
            next.run(table);
        }
    }
}
