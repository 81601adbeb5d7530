package dev.heirloom.manager;

import dev.heirloom.manager.SupervisedTables.Item;
import dev.heirloom.ownership.OwnedTable;
import dev.heirloom.ownership.Requests;
import dev.heirloom.ownership.TableConsumer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A consumer that does not end until the test lets it. */
@Dependent
public class SlowToDie implements TableConsumer<String, Item> {
    static final CountDownLatch RELEASE = new CountDownLatch(1);

    @Override
    public void consume(OwnedTable<String, Item> table, Requests requests) throws Exception {
        requests.serve(Duration.ofDays(1));
    }

    @PreDestroy
    void end() {
        Scripted.awaitStubbornly(RELEASE);
    }
}
