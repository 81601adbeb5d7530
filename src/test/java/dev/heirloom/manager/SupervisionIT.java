package dev.heirloom.manager;

import static dev.heirloom.manager.Probe.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.heirloom.Deployments;
import dev.heirloom.manager.SupervisedTables.Item;
import dev.heirloom.ownership.DeadlineException;
import dev.heirloom.ownership.MailboxFullException;
import dev.heirloom.ownership.NoOwnerException;
import dev.heirloom.ownership.OwnerDiedException;
import dev.heirloom.ownership.RequestFailedException;
import dev.heirloom.ownership.Sabotage;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.Failpoint;
import dev.heirloom.table.NotAppliedException;
import dev.heirloom.table.OutcomeUnknownException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens when owners end, hang, or cannot be had. */
@ExtendWith(ArquillianExtension.class)
class SupervisionIT {
    @Inject
    TableManager manager;

    @Inject
    @Readiness
    TablesReady readiness;

    @Deployment
    static WebArchive deployment() {
        return Deployments.bundled(
                SupervisionIT.class,
                SupervisedTables.class,
                Probe.class,
                Scripted.class,
                SlowToBeBorn.class,
                SlowToDie.class,
                Expected.class);
    }

    // ---- endings ----

    @Test
    void error_killsTheOwner_dropsItsUnit_andASuccessorInherits() {
        Probe probe = Probe.of(manager, SupervisedTables.ERROR, 1);
        TableRef<String, Item> table = probe.table();
        long epoch = probe.owned().epoch();

        assertThatThrownBy(() -> table.call(t -> {
                    t.insert(new Item("a", 2));
                    throw new Expected();
                }))
                .isInstanceOf(OwnerDiedException.class);

        assertThat(probe.value()).isEqualTo(1);
        TableStatus after = probe.owned();
        assertThat(after.epoch()).isGreaterThan(epoch);
        assertThat(after.restarts()).isEqualTo(1);
        assertThat(after.handOvers()).isEqualTo(2);
        assertThat(probe.failure().type()).isEqualTo(Expected.class.getName());
    }

    @Test
    void exceptionOutOfAccept_isADeath_andTheNextAttemptKnowsOfIt() {
        Probe probe = Probe.of(manager, SupervisedTables.ACCEPT, 1);
        Scripted.accepting("accept", (owned, transfer) -> {
            if (transfer.attempt() < 3) {
                throw new Expected();
            }
        });
        probe.kill();
        assertThat(probe.value()).isEqualTo(1);
        assertThat(Scripted.lives("accept"))
                .extracting(life -> life.transfer.attempt())
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void exceptionOutOfConsume_isADeath() {
        Probe probe = Probe.of(manager, SupervisedTables.CONSUME, 1);
        Scripted.next("consume", owned -> {
            throw new Exception("expected by the test");
        });
        await().until(() -> probe.status().handOvers() == 2);
        assertThat(probe.value()).isEqualTo(1);
        assertThat(probe.failure().type()).isEqualTo(Exception.class.getName());
    }

    @Test
    void normalReturn_ofAPermanentConsumer_isFollowedByARestart() {
        Probe probe = Probe.of(manager, SupervisedTables.PERMANENT, 1);
        Scripted.next("permanent", owned -> false);
        await().until(() -> probe.status().handOvers() == 2);
        assertThat(probe.value()).isEqualTo(1);
        assertThat(probe.status().lastFailure()).isNull();
    }

    @Test
    void transientConsumer_isRestartedWhenItDies_keptVacantWhenItReturns_andRevived() {
        Probe probe = Probe.of(manager, SupervisedTables.TRANSIENT, 1);
        probe.kill();
        assertThat(probe.size()).isEqualTo(1);
        Scripted.next("transient", owned -> false);
        vacantReadableRevived(probe);
    }

    @Test
    void temporaryConsumer_isNeverRestarted_butRevived() {
        Probe probe = Probe.of(manager, SupervisedTables.TEMPORARY, 1);
        probe.kill();
        vacantReadableRevived(probe);
        Scripted.next("temporary", owned -> false);
        vacantReadableRevived(probe);
    }

    private void vacantReadableRevived(Probe probe) {
        TableRef<String, Item> table = probe.table();
        await().until(() -> probe.status().state().equals("Vacant"));
        assertThatThrownBy(() -> table.call(t -> t.size(), Duration.ofDays(1)))
                .isInstanceOf(NoOwnerException.class)
                .hasMessageContaining(table.name());
        assertThat(table.find("a")).contains(new Item("a", 1));
        assertThat(readiness.call().getData().orElseThrow()).containsKey(table.name());
        assertThat(manager.revive(table.name())).isTrue();
        assertThat(probe.size()).isEqualTo(1);
    }

    @Test
    void exceptionOfAFunction_dropsItsUnitOnly() {
        Probe probe = Probe.of(manager, SupervisedTables.FUNCTION, 1);
        TableRef<String, Item> table = probe.table();
        long epoch = probe.owned().epoch();
        assertThatThrownBy(() -> table.call(t -> {
                    t.insert(new Item("a", 2));
                    throw new IllegalStateException("expected by the test");
                }))
                .isInstanceOf(RequestFailedException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(probe.value()).isEqualTo(1);
        assertThat(probe.owned().epoch()).isEqualTo(epoch);
    }

    @Test
    void moreCrashesThanTheIntensityAllows_orphanTheTable_untilItIsRevived() {
        Probe probe = Probe.of(manager, SupervisedTables.INTENSITY, 1);
        TableRef<String, Item> table = probe.table();
        probe.kill();
        probe.kill();
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        probe.kill();
        await().until(() -> probe.status().isOrphaned());
        assertThatThrownBy(() -> table.call(t -> t.size(), Duration.ofDays(1)))
                .isInstanceOf(NoOwnerException.class)
                .hasMessageContaining("orphaned")
                .hasMessageContaining("more than 2 restarts");
        assertThat(table.find("a")).isPresent();
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);

        manager.revive("intensity");
        assertThat(probe.size()).isEqualTo(1);
        probe.kill();
        assertThat(probe.size()).isEqualTo(1); // the count began anew
        await().until(() -> readiness.call().getStatus() == HealthCheckResponse.Status.UP);
    }

    // ---- requests ----

    @Test
    void request_whoseDeadlinePassesInTheQueue_neverRuns() throws Exception {
        Probe probe = Probe.of(manager, SupervisedTables.DEADLINE, 1);
        TableRef<String, Item> table = probe.table();
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Boolean> busy = probe.block(release);
        AtomicBoolean ran = new AtomicBoolean();
        assertThatThrownBy(() -> table.call(t -> ran.getAndSet(true), Duration.ofMillis(50)))
                .isInstanceOf(DeadlineException.class);
        assertThat(table.ask(t -> ran.getAndSet(true), Duration.ofMillis(50)).toCompletableFuture())
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(DeadlineException.class);
        release.countDown();
        assertThat(busy.get()).isTrue();
        assertThat(probe.size()).isEqualTo(1);
        assertThat(ran).isFalse();
    }

    @Test
    void request_waitsThroughTheBackOff_andIsAppliedByTheSuccessor() {
        Probe probe = Probe.of(manager, SupervisedTables.BACKOFF, 1);
        TableRef<String, Item> table = probe.table();
        probe.kill();
        probe.kill();
        await().until(() -> probe.status().state().equals("BackingOff"));
        assertThat(readiness.call().getData().orElseThrow()).containsKey("backoff");
        assertThat(probe.put("b", 2)).isEqualTo(new Item("b", 2));
        assertThat(table.size()).isEqualTo(2);
        assertThat(probe.owned().restarts()).isEqualTo(2);
    }

    @Test
    void requestToAFullMailbox_isRefused_andTheOthersAreApplied() {
        Probe probe = Probe.of(manager, SupervisedTables.MAILBOX, 1);
        TableRef<String, Item> table = probe.table();
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Boolean> busy = probe.block(release);
        List<CompletableFuture<Item>> waiting = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Item item = new Item("b" + i, i);
            waiting.add(table.ask(t -> t.insert(item)).toCompletableFuture());
        }
        assertThatThrownBy(() -> table.call(t -> t.size()))
                .isInstanceOf(MailboxFullException.class)
                .hasMessageContaining("mailbox");
        release.countDown();
        assertThat(busy).succeedsWithin(Duration.ofSeconds(30));
        assertThat(waiting).allSatisfy(each -> assertThat(each).succeedsWithin(Duration.ofSeconds(30)));
        assertThat(table.size()).isEqualTo(3);
    }

    @Test
    void committedRequest_isAcknowledged_thoughItsOwnerDiesNextMoment() {
        Probe probe = Probe.of(manager, SupervisedTables.COMMITTED, 1);
        long epoch = probe.owned().epoch();
        manager.crash("committed", new Sabotage(Sabotage.How.ERROR, Failpoint.AFTER_PUBLICATION));
        assertThat(probe.put("a", 2)).isEqualTo(new Item("a", 2));
        await().until(() -> probe.status().handOvers() == 2);
        assertThat(probe.value()).isEqualTo(2);
        assertThat(probe.owned().epoch()).isGreaterThan(epoch);
    }

    @Test
    void sabotage_inEveryWayAtEveryFailpoint_leavesTheTableWhole() {
        Probe probe = Probe.of(manager, SupervisedTables.SABOTAGED, 0);
        TableRef<String, Item> table = probe.table();
        int round = 0;
        for (Sabotage.How how : Sabotage.How.values()) {
            for (Failpoint at : Failpoint.values()) {
                int value = ++round;
                int before = table.find("a").orElseThrow().value();
                TableStatus status = probe.owned();
                Sabotage sabotage = new Sabotage(how, at);
                manager.crash("sabotaged", sabotage);
                Throwable failure = catchThrowable(() -> table.call(t -> {
                    t.insert(new Item("a", value));
                    return t.insert(new Item("b", value));
                }));
                assertThat(sabotage.isDone()).as("%s at %s", how, at).isTrue();
                await().until(() -> probe.status().handOvers() == status.handOvers() + 1);
                List<Integer> after =
                        table.call(t -> t.stream().map(Item::value).distinct().toList());
                if (failure == null) {
                    assertThat(after).as("%s at %s", how, at).containsExactly(value);
                } else if (failure instanceof NotAppliedException) {
                    assertThat(after).as("%s at %s", how, at).containsExactly(before);
                } else {
                    assertThat(failure).isInstanceOf(OutcomeUnknownException.class);
                    assertThat(after).as("%s at %s", how, at).hasSize(1).containsAnyOf(before, value);
                }
                assertThat(at == Failpoint.AFTER_PUBLICATION)
                        .as("%s at %s", how, at)
                        .isEqualTo(after.equals(List.of(value)));
            }
        }
    }
}
