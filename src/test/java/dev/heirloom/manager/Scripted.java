package dev.heirloom.manager;

import dev.heirloom.manager.SupervisedTables.Item;
import dev.heirloom.ownership.OwnedTable;
import dev.heirloom.ownership.Requests;
import dev.heirloom.ownership.TableConsumer;
import dev.heirloom.ownership.Transfer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A consumer that does what a test tells it to, table by table, and remembers its incarnations. */
@Dependent
public class Scripted implements TableConsumer<String, Item> {
    /** What accept does. */
    @FunctionalInterface
    public interface Acceptance {
        void accept(OwnedTable<String, Item> table, Transfer transfer) throws Exception;
    }

    /** What consume does once, between two rounds of serving; false makes it return. */
    @FunctionalInterface
    public interface Step {
        boolean take(OwnedTable<String, Item> table) throws Exception;
    }

    /** One owner's life. */
    public static final class Life {
        final Scripted instance;
        final Transfer transfer;
        final Thread thread = Thread.currentThread();
        volatile @Nullable Thread destroyedBy;

        Life(Scripted instance, Transfer transfer) {
            this.instance = instance;
            this.transfer = transfer;
        }
    }

    private static final Map<String, Acceptance> ACCEPTANCES = new ConcurrentHashMap<>();
    private static final Map<String, Step> STEPS = new ConcurrentHashMap<>();
    private static final Map<String, List<Life>> LIVES = new ConcurrentHashMap<>();

    private @Nullable Life life;

    /** Has every owner of a table accept it like this from now on. */
    static void accepting(String table, Acceptance acceptance) {
        ACCEPTANCES.put(table, acceptance);
    }

    /** Has the owner of a table take this step next, once. */
    static void next(String table, Step step) {
        STEPS.put(table, step);
    }

    static List<Life> lives(String table) {
        return LIVES.computeIfAbsent(table, name -> new CopyOnWriteArrayList<>());
    }

    /** Waits, whoever interrupts. */
    static void awaitStubbornly(CountDownLatch latch) {
        boolean over = false;
        while (!over) {
            try {
                latch.await();
                over = true;
            } catch (InterruptedException e) {
                over = false; // a zombie does not care
            }
        }
    }

    @Override
    public void accept(OwnedTable<String, Item> table, Transfer transfer) throws Exception {
        Life begun = new Life(this, transfer);
        life = begun;
        lives(table.name()).add(begun);
        Acceptance acceptance = ACCEPTANCES.get(table.name());
        if (acceptance != null) {
            acceptance.accept(table, transfer);
        }
    }

    @Override
    public void consume(OwnedTable<String, Item> table, Requests requests) throws Exception {
        while (table.isOwned()) {
            requests.serve(Duration.ofMillis(5));
            Step step = STEPS.remove(table.name());
            if (step != null && !step.take(table)) {
                return;
            }
        }
    }

    @PreDestroy
    void destroyed() {
        if (life != null) {
            life.destroyedBy = Thread.currentThread();
        }
    }
}
