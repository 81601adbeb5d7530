package dev.heirloom.peers;

import dev.heirloom.ownership.OwnedTable;
import dev.heirloom.ownership.Requests;
import dev.heirloom.ownership.TableConsumer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A consumer that does, besides serving, what a request leaves it to do: without the way through the mailbox. */
final class DrivenConsumer implements TableConsumer<String, Kept> {
    /** What the owner is to do with its table. */
    interface Job {
        void run(OwnedTable<String, Kept> table) throws Exception;
    }

    /** What owners are to do when they have served for a while, by the names of their tables. */
    private static final Map<String, Job> NEXT = new ConcurrentHashMap<>();

    /** Has the owner of a table do something, and waits for it. */
    static void run(DurableTable table, Job job) {
        Object done = new Object();
        boolean[] isDone = {false};
        NEXT.put(table.name(), owned -> {
            job.run(owned);
            synchronized (done) {
                isDone[0] = true;
                done.notifyAll();
            }
        });
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
            Job job = NEXT.remove(table.name());
            if (job != null) {
                job.run(table);
            }
        }
    }
}
