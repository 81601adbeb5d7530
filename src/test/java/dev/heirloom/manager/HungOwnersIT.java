package dev.heirloom.manager;

import static dev.heirloom.manager.Probe.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.heirloom.Deployments;
import dev.heirloom.manager.SupervisedTables.Item;
import dev.heirloom.ownership.NoOwnerException;
import dev.heirloom.ownership.OwnerDiedException;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.NotOwnerException;
import dev.heirloom.table.OutcomeUnknownException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens when owners hang, and when they do not end though they were replaced. */
@ExtendWith(ArquillianExtension.class)
class HungOwnersIT {
    @Inject
    TableManager manager;

    @Inject
    Events events;

    @Deployment
    static WebArchive deployment() {
        return Deployments.bundled(
                HungOwnersIT.class,
                SupervisedTables.class,
                Probe.class,
                Scripted.class,
                SlowToBeBorn.class,
                SlowToDie.class,
                Expected.class,
                Events.class);
    }

    @Test
    void hungRequest_isFencedInterruptedAndReplaced() throws Exception {
        Probe probe = Probe.of(manager, SupervisedTables.HUNG_REQUEST, 1);
        TableRef<String, Item> table = probe.table();
        long epoch = probe.owned().epoch();
        CountDownLatch interrupted = new CountDownLatch(1);
        assertThatThrownBy(() -> table.call(t -> {
                    t.insert(new Item("a", 2));
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return t.size();
                }))
                .isInstanceOfAny(OutcomeUnknownException.class, OwnerDiedException.class);
        interrupted.await();
        await().until(() -> probe.status().epoch() > epoch);
        assertThat(probe.value()).isEqualTo(1);
        assertHung(probe, "a request");
        await().until(() -> probe.status().zombies().isEmpty());
    }

    @Test
    void accept_pastItsDeadline_isADeath() {
        Probe probe = Probe.of(manager, SupervisedTables.HUNG_ACCEPT, 1);
        Scripted.accepting("hung-accept", (owned, transfer) -> {
            if (transfer.attempt() == 1) {
                new CountDownLatch(1).await();
            }
        });
        probe.kill();
        assertThat(probe.size()).isEqualTo(1);
        assertHung(probe, "accept");
    }

    @Test
    void consumerThatHangsWhileItIsMade_isReplaced() {
        Probe probe = new Probe(manager, SupervisedTables.HUNG_CONSTRUCTOR);
        assertThat(probe.size()).isZero();
        assertHung(probe, "accept");
    }

    @Test
    void consumerThatHangsWhileItIsDestroyed_isReplaced() {
        Probe probe = Probe.of(manager, SupervisedTables.HUNG_DESTRUCTION, 1);
        probe.kill();
        assertThat(probe.size()).isEqualTo(1);
        assertHung(probe, "@PreDestroy");
        assertThat(probe.status().zombies()).hasSize(1);
        SlowToDie.RELEASE.countDown();
        await().until(() -> probe.status().zombies().isEmpty());
    }

    @Test
    void missedHeartbeat_isADeath() {
        Probe probe = Probe.of(manager, SupervisedTables.HEARTBEAT, 1);
        Scripted.next("heartbeat", owned -> {
            new CountDownLatch(1).await();
            return true;
        });
        await().until(() -> probe.status().handOvers() == 2);
        assertThat(probe.size()).isEqualTo(1);
        assertHung(probe, "heartbeat");
    }

    private void assertHung(Probe probe, String in) {
        TableStatus.Failure failure = probe.failure();
        assertThat(failure.type()).isEqualTo(OwnerHungException.class.getName());
        assertThat(failure.message()).contains(probe.table().name(), in);
    }

    @Test
    void consumerThatIgnoresInterrupts_isAZombieByName_andItsLateCommitIsRefused() {
        Probe probe = Probe.of(manager, SupervisedTables.ZOMBIE, 1);
        long epoch = probe.owned().epoch();
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Throwable> lateCommit = new CompletableFuture<>();
        Scripted.next("zombie", owned -> {
            Scripted.awaitStubbornly(release);
            lateCommit.complete(catchThrowable(() -> owned.atomically(t -> t.insert(new Item("a", 2)))));
            return true;
        });
        await().until(() -> probe.owned().epoch() > epoch);
        assertThat(probe.value()).isEqualTo(1); // the successor works
        assertThat(probe.status().zombies()).containsExactly("heirloom zombie Scripted#" + epoch);

        release.countDown();
        assertThat(lateCommit).succeedsWithin(Duration.ofSeconds(30)).isInstanceOf(NotOwnerException.class);
        await().until(() -> probe.status().zombies().isEmpty());
        await().until(() -> events.of("zombie", TableEvent.ZombieEnded.class).size() == 1);
        assertThat(probe.value()).isEqualTo(1);
        assertThat(probe.status().handOvers()).isEqualTo(2);
    }

    @Test
    void requestThatIgnoresInterrupts_isNotAppliedLater() {
        Probe probe = Probe.of(manager, SupervisedTables.STUBBORN_REQUEST, 1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Item> request = probe.table()
                .ask(t -> {
                    Item written = t.insert(new Item("a", 2));
                    Scripted.awaitStubbornly(release);
                    return written;
                })
                .toCompletableFuture();
        assertThat(request)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(OwnerDiedException.class);
        assertThat(probe.value()).isEqualTo(1);
        assertThat(probe.status().zombies()).hasSize(1);
        release.countDown();
        await().until(() -> probe.status().zombies().isEmpty());
        assertThat(probe.value()).isEqualTo(1);
    }

    @Test
    void tooManyZombies_orphanTheTable_untilItIsRevived() {
        Probe probe = Probe.of(manager, SupervisedTables.ZOMBIES, 1);
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 1; i <= 2; i++) {
            int hung = i;
            await().until(() -> probe.status().handOvers() == hung);
            Scripted.next("zombies", owned -> {
                Scripted.awaitStubbornly(release);
                return true;
            });
            await().until(() -> probe.status().zombies().size() == hung);
        }
        await().until(() -> probe.status().isOrphaned());
        assertThatThrownBy(probe::size).isInstanceOf(NoOwnerException.class).hasMessageContaining("2 former owners");
        assertThat(probe.table().find("a")).isPresent();
        release.countDown();
        await().until(() -> probe.status().zombies().isEmpty());
        manager.revive("zombies");
        assertThat(probe.size()).isEqualTo(1);
    }
}
