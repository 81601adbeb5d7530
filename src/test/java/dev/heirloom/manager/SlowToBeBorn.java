package dev.heirloom.manager;

import dev.heirloom.manager.SupervisedTables.Item;
import dev.heirloom.ownership.OwnedTable;
import dev.heirloom.ownership.Requests;
import dev.heirloom.ownership.TableConsumer;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** A consumer whose first instance hangs while it is made. */
@Dependent
public class SlowToBeBorn implements TableConsumer<String, Item> {
    private static final AtomicBoolean FIRST = new AtomicBoolean(true);

    @PostConstruct
    void born() {
        if (FIRST.getAndSet(false)) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted, as expected by the test", e);
            }
        }
    }

    @Override
    public void consume(OwnedTable<String, Item> table, Requests requests) throws Exception {
        requests.serve(Duration.ofDays(1));
    }
}
