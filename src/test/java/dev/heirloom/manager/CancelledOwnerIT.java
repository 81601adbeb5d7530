package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heirloom.Deployments;
import dev.heirloom.TableSpec;
import dev.heirloom.ownership.ServingConsumer;
import dev.heirloom.ownership.TableRef;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the server's executor says of a task that is cancelled while it runs: done and aborted at once, on the thread of
 * whoever cancels it, and done again when its thread ends.
 */
@ExtendWith(ArquillianExtension.class)
class CancelledOwnerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    record Item(String name, int value) {}

    private static final TableSpec<String, Item> SPEC = TableSpec.set("cancelled", Item.class, Item::name);

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    ManagedExecutorService executor;

    @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
    ManagedScheduledExecutorService scheduler;

    @Inject
    BeanManager beans;

    @Inject
    Event<TableEvent> events;

    private final List<TableEvent> told = new CopyOnWriteArrayList<>();
    private final List<Runnable> cancels = new CopyOnWriteArrayList<>();

    @Deployment
    static WebArchive deployment() {
        return Deployments.bundled(CancelledOwnerIT.class);
    }

    @Test
    void callbacksThatComeTwiceAndLate_haveOneEffect() throws Exception {
        Custodian<String, Item> custodian = new Catalog(
                        new BuiltIn(), new Watched(), executor, new Safe(() -> Path.of("unused"), executor))
                .add(SPEC);
        TableRef<String, Item> table = new TableRef<>(custodian::table);
        custodian.open();
        table.call(t -> t.insert(new Item("a", 1)));
        CompletableFuture<Thread> begun = new CompletableFuture<>();
        CountDownLatch leave = new CountDownLatch(1);
        table.ask(t -> {
            begun.complete(Thread.currentThread());
            t.insert(new Item("a", 2));
            ignoringInterrupts(leave);
            return null;
        });
        Thread former = begun.join();

        cancels.get(0).run();

        await().atMost(PATIENCE).until(() -> reclaims() == 1);
        assertThat(table.call(t -> t.find("a").orElseThrow()).value()).isEqualTo(1);
        long epoch = custodian.status().epoch();
        assertThat(custodian.zombies()).hasSize(1);

        leave.countDown();
        await().atMost(PATIENCE).until(() -> isIdle(former)); // so its last callback has come

        assertThat(custodian.zombies()).isEmpty();
        assertThat(reclaims()).isEqualTo(1);
        assertThat(custodian.status().epoch()).isEqualTo(epoch);
        assertThat(custodian.status().isOwned()).isTrue();
        assertThat(table.find("a").orElseThrow().value()).isEqualTo(1);
        custodian.close();
        await().atMost(PATIENCE).until(() -> custodian.zombies().isEmpty());
    }

    private long reclaims() {
        return told.stream().filter(TableEvent.Reclaimed.class::isInstance).count();
    }

    /** Whether a thread of a pool waits for its next task. */
    private static boolean isIdle(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("getTask"));
    }

    /** As code waits that should not. */
    private static void ignoringInterrupts(CountDownLatch latch) {
        boolean over = false;
        while (!over) {
            try {
                latch.await();
                over = true;
            } catch (InterruptedException e) {
                over = false;
            }
        }
    }

    /** The server's own executors; what they are asked is kept. */
    private final class Watched implements Machinery {
        private final Machinery managed =
                new ManagedMachinery(executor, scheduler, executor, beans, events, new EventLog(1_000, 100), null);

        @Override
        public Runnable submit(ConsumerTask<?, ?> task) {
            Runnable cancel = managed.submit(task);
            cancels.add(cancel);
            return cancel;
        }

        @Override
        public void schedule(Runnable action, long delayNanos) {
            managed.schedule(action, delayNanos);
        }

        @Override
        public EventLog events() {
            return managed.events();
        }

        @Override
        public void fire(TableEvent event) {
            told.add(event);
        }
    }

    /** The built-in consumer only. */
    private static final class BuiltIn implements Consumers {
        @Override
        public String whyNotLive(TableSpec<?, ?> spec, String consumer) {
            return null;
        }

        @Override
        public <K, R> Incarnation<K, R> create(TableSpec<K, R> spec, String consumer) {
            return new Incarnation<>(new ServingConsumer<>(), () -> {});
        }
    }
}
