package dev.heirloom.manager;

import static dev.heirloom.manager.Probe.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.Deployments;
import dev.heirloom.TableSpec;
import dev.heirloom.manager.SupervisedTables.Item;
import dev.heirloom.supervision.RestartPolicy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens when the server's executor is full, and refuses the task of the next owner. */
@ExtendWith(ArquillianExtension.class)
class RejectedSubmissionIT {
    /** The table: given up at the first death after another, so that no refusal may count as one. */
    @ApplicationScoped
    public static class Tables {
        @Produces
        static final TableSpec<String, Item> CROWDED_OUT = TableSpec.set("crowded-out", Item.class, Item::name)
                .restart(RestartPolicy.DEFAULT
                        .withIntensity(1_000, Duration.ofMinutes(1))
                        .withBackoff(Duration.ofMillis(200), Duration.ofMillis(200)));
    }

    @Inject
    TableManager manager;

    @Inject
    @Readiness
    TablesReady readiness;

    @Inject
    Events events;

    @Resource
    @SuppressWarnings("NullAway.Init")
    ManagedExecutorService executor;

    @Deployment
    static WebArchive deployment() {
        return Deployments.bundled(
                RejectedSubmissionIT.class,
                Item.class,
                SupervisedTables.class,
                Scripted.class,
                SlowToBeBorn.class,
                SlowToDie.class,
                Probe.class,
                Expected.class,
                Events.class);
    }

    @Test
    void fullExecutor_delaysTheSuccessor_andNothingIsLost() {
        Probe probe = Probe.of(manager, Tables.CROWDED_OUT, 1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Item> waiting;
        try {
            // What the owner leaves free is taken at once, and so is what else may end; but the successor may be
            // quicker.
            await().until(() -> {
                fill(release);
                if (probe.status().isOwned()) {
                    probe.kill();
                    fill(release);
                }
                return events.of("crowded-out", TableEvent.Rejected.class).size() >= 3;
            });
            assertThat(probe.status().state()).isEqualTo("BackingOff");
            assertThat(probe.status().why()).contains("RejectedExecutionException");
            assertThat(Probe.reported(readiness, "crowded-out")).contains("BackingOff", "RejectedExecutionException");
            waiting = probe.table()
                    .ask(t -> t.insert(new Item("b", 2)), Duration.ofSeconds(30))
                    .toCompletableFuture();
            assertThat(probe.table().find("a")).contains(new Item("a", 1));
        } finally {
            release.countDown();
        }
        assertThat(waiting).succeedsWithin(Duration.ofSeconds(30));
        assertThat(probe.size()).isEqualTo(2);
        long owners = probe.owned().handOvers();
        assertThat(probe.status().restarts()).isEqualTo(owners - 1); // what was rejected is no owner
        await().until(() -> events.of("crowded-out", TableEvent.Reclaimed.class).size() == owners - 1);
    }

    /** Takes every thread that is left. */
    private void fill(CountDownLatch release) {
        boolean room = true;
        while (room) {
            try {
                executor.execute(() -> Scripted.awaitStubbornly(release));
            } catch (RejectedExecutionException e) {
                room = false;
            }
        }
    }
}
