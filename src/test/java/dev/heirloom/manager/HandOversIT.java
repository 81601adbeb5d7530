package dev.heirloom.manager;

import static dev.heirloom.manager.Probe.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.heirloom.Deployments;
import dev.heirloom.TableSpec;
import dev.heirloom.manager.HandedTables.Guest;
import dev.heirloom.manager.SupervisedTables.Item;
import dev.heirloom.ownership.GiveAwayRefusedException;
import dev.heirloom.ownership.NoOwnerException;
import dev.heirloom.ownership.RequestFailedException;
import dev.heirloom.ownership.SelfRequestException;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.ownership.Transfer;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who gets a table, what is told of it, and what becomes of declarations that are wrong. */
@ExtendWith(ArquillianExtension.class)
class HandOversIT {
    @Inject
    TableManager manager;

    @Inject
    @Readiness
    TablesReady readiness;

    @Inject
    Events events;

    @Inject
    TableRef<String, Call> calls;

    @Inject
    Instance<Object> beans;

    @Deployment
    static WebArchive deployment() {
        return Deployments.bundled(
                HandOversIT.class,
                HandedTables.class,
                SupervisedTables.class,
                SlowToBeBorn.class,
                SlowToDie.class,
                Probe.class,
                Scripted.class,
                References.class,
                Expected.class,
                Call.class,
                CallTables.class,
                Events.class);
    }

    // ---- the ten lines of a user ----

    @Test
    void tenLines_readDirectly_andAskForChanges() throws Exception {
        String sid = "CA1";
        Instant now = Instant.now();
        calls.call(t -> t.insert(new Call(sid, "+15550100", Call.CallStatus.RINGING, now)));

        Optional<Call> call = calls.find(sid);
        Call changed = calls.call(t -> t.update(sid, c -> c.answered(now))); // blocks
        CompletionStage<Call> later = calls.ask(t -> t.update(sid, c -> c.answered(now))); // does not

        assertThat(call.orElseThrow().status()).isEqualTo(Call.CallStatus.RINGING);
        assertThat(changed).isEqualTo(new Call(sid, "+15550100", Call.CallStatus.IN_PROGRESS, now));
        assertThat(later.toCompletableFuture().get(30, TimeUnit.SECONDS)).isEqualTo(changed);
        assertThat(manager.ref(CallTables.CALLS).find(sid)).contains(changed);
    }

    @Test
    void references_areFoundByTypesOrName_andErrorsNameTheTables() {
        assertThat(beans.select(References.ByTypes.class).get().table.name()).isEqualTo("twice");
        assertThat(beans.select(References.ByName.class).get().table.name()).isEqualTo("gift");
        assertUnresolved(References.Ambiguous.class, "@Table", "gift", "heirless");
        assertUnresolved(References.Unknown.class, "no table called nowhere");
        assertUnresolved(References.NoSuchTypes.class, "java.lang.Byte", "no TableSpec");
        assertUnresolved(References.OtherTypes.class, "gift", "other types");
    }

    private void assertUnresolved(Class<?> bean, String... words) {
        assertThatThrownBy(() -> beans.select(bean).get())
                .isInstanceOf(UnresolvedTableException.class)
                .hasMessageContainingAll(words);
    }

    // ---- heirs, gifts, incarnations ----

    @Test
    void tableWithoutHeir_diesWithItsOwner_andTheNextIsEmptyAtAHigherEpoch() {
        Probe probe = Probe.of(manager, HandedTables.HEIRLESS, 1);
        long epoch = probe.owned().epoch();
        probe.kill();
        assertThat(probe.size()).isZero();
        assertThat(probe.owned().epoch()).isGreaterThan(epoch);
        assertThat(probe.table().find("a")).isEmpty();
    }

    @Test
    void tableGivenAway_carriesItsGift_andGoesHomeWhenTheGuestDies() {
        Probe probe = Probe.of(manager, HandedTables.GIFT, 1);
        long epoch = probe.owned().epoch();
        Scripted.next("gift", owned -> {
            owned.giveAway(Guest.class, "a watch");
            return owned.isOwned();
        });
        await().until(() -> "Guest".equals(probe.owned().owner()));
        assertThat(probe.value()).isEqualTo(1);
        assertThat(Guest.TRANSFERS)
                .filteredOn(transfer -> transfer.table().equals("gift"))
                .singleElement()
                .satisfies(transfer -> {
                    assertThat(transfer.reason()).isEqualTo(Transfer.Reason.GIVEN_AWAY);
                    assertThat(transfer.data()).isEqualTo("a watch");
                    assertThat(transfer.from()).isEqualTo("Scripted");
                    assertThat(transfer.epoch()).isGreaterThan(epoch);
                });
        assertThat(probe.status().restarts()).isZero();

        probe.kill();
        assertThat(probe.value()).isEqualTo(1);
        assertThat(probe.owned().owner()).isEqualTo("Scripted");
        assertThat(Scripted.lives("gift")).hasSize(2);
        Transfer home = Scripted.lives("gift").get(1).transfer;
        assertThat(home.reason()).isEqualTo(Transfer.Reason.INHERITED);
        assertThat(home.data()).isEqualTo("heirloom");
        assertThat(home.from()).isEqualTo("Guest");
    }

    @Test
    void giveAway_isRefused_toOneselfAndToConsumersThatAreNotLive() throws Exception {
        Probe probe = Probe.of(manager, HandedTables.REFUSED_GIFT, 1);
        CompletableFuture<List<Throwable>> refusals = new CompletableFuture<>();
        Scripted.next("refused-gift", owned -> {
            List<Throwable> thrown = new ArrayList<>();
            for (String to : List.of("Scripted", "Undeployed", "Lasting", "ForOthers")) {
                thrown.add(catchThrowable(() -> owned.giveAway(to, null)));
            }
            refusals.complete(thrown);
            return true;
        });
        assertThat(refusals.get(30, TimeUnit.SECONDS))
                .hasSize(4)
                .allSatisfy(thrown -> assertThat(thrown).isInstanceOf(GiveAwayRefusedException.class))
                .extracting(Throwable::getMessage)
                .satisfiesExactly(
                        itself -> assertThat(itself).contains("owns it already"),
                        missing -> assertThat(missing).contains("Undeployed is not deployed"),
                        lasting -> assertThat(lasting).contains("@ApplicationScoped"),
                        others -> assertThat(others).contains("other keys or rows"));
        assertThat(probe.value()).isEqualTo(1);
        assertThat(probe.status().handOvers()).isEqualTo(1);
    }

    @Test
    void eachIncarnation_isANewInstance_destroyedOnItsOwnThread() {
        Probe probe = Probe.of(manager, HandedTables.INCARNATIONS, 1);
        probe.kill();
        assertThat(probe.value()).isEqualTo(1);
        List<Scripted.Life> lives = Scripted.lives("incarnations");
        assertThat(lives).hasSize(2);
        assertThat(lives.get(0).instance).isNotSameAs(lives.get(1).instance);
        assertThat(lives.get(0).destroyedBy).isSameAs(lives.get(0).thread);
        assertThat(lives.get(1).destroyedBy).isNull();
    }

    // ---- declarations that are wrong ----

    @Test
    void consumerThatCannotOwnTheTable_leavesItVacant_andRequestsFailAtOnceSayingWhy() {
        assertVacant(HandedTables.UNDEPLOYED, "Undeployed is not deployed");
        assertVacant(HandedTables.LASTING, "Lasting is @ApplicationScoped");
        assertVacant(HandedTables.otherRows(), "ForOthers is for tables of other keys or rows");
        assertVacant(HandedTables.UNPREPARED, "its owner died");
        manager.revive("undeployed"); // which changes nothing, and does not spin
        assertVacant(HandedTables.UNDEPLOYED, "Undeployed is not deployed");
        assertThat(manager.status("undeployed").handOvers()).isZero();
    }

    private void assertVacant(TableSpec<String, Item> spec, String why) {
        Probe probe = new Probe(manager, spec);
        await().until(() -> probe.status().state().equals("Vacant"));
        assertThatThrownBy(() -> probe.table().call(t -> t.size(), Duration.ofDays(1)))
                .isInstanceOf(NoOwnerException.class)
                .hasMessageContaining(why);
    }

    @Test
    void consumerThatCannotBeMade_endsInAnOrphanedTable() {
        Probe probe = new Probe(manager, HandedTables.STILLBORN);
        await().until(() -> probe.status().isOrphaned());
        assertThat(probe.status().handOvers()).isEqualTo(4);
        assertThat(probe.table().stream()).isEmpty();
    }

    @Test
    void wrongSpecs_areReported_andTheOthersWork() {
        assertThat(manager.problems())
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).contains("two tables are called twice"))
                .anySatisfy(
                        problem -> assertThat(problem).contains(HandedTables.class.getName(), "expected by the test"));
        HealthCheckResponse answer = readiness.call();
        assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        Map<String, Object> data = answer.getData().orElseThrow();
        assertThat(data).containsKeys("problem-1", "problem-2", "undeployed");
        assertThat(manager.status("twice").isOwned()).isTrue();
    }

    // ---- callbacks ----

    @Test
    void callbacksOfAsk_runElsewhere() throws Exception {
        Probe probe = Probe.of(manager, HandedTables.CALLBACKS, 1);
        CompletableFuture<Boolean> other = probe.table()
                .ask(t -> Thread.currentThread())
                .thenApply(owner -> owner != Thread.currentThread() && probe.size() == 1) // may ask again, and wait
                .toCompletableFuture();
        assertThat(other.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void waitingForOnesOwnTable_isAnErrorNotADeadlock() {
        Probe probe = Probe.of(manager, HandedTables.SELF, 1);
        TableRef<String, Item> table = probe.table();
        assertThatThrownBy(() -> table.call(t -> table.<Long>call(again -> again.size())))
                .isInstanceOf(RequestFailedException.class)
                .hasCauseInstanceOf(SelfRequestException.class);
        assertThatThrownBy(() -> table.call(t -> table.<Long>ask(again -> again.size())
                        .toCompletableFuture()
                        .join()))
                .isInstanceOf(RequestFailedException.class)
                .hasCauseInstanceOf(SelfRequestException.class);
        assertThat(probe.value()).isEqualTo(1);
    }

    @Test
    void events_tellTheWholeLife_withoutGaps() {
        Probe probe = Probe.of(manager, HandedTables.EVENTS, 1);
        probe.kill();
        probe.size();
        Scripted.next("events", owned -> {
            owned.giveAway(Guest.class, null);
            return owned.isOwned();
        });
        await().until(() -> "Guest".equals(probe.owned().owner()));
        probe.kill();
        probe.size();
        Scripted.next("events", owned -> false);
        await().until(() -> probe.status().state().equals("Vacant"));
        manager.revive("events");
        probe.size();

        List<Class<?>> life = List.of(
                TableEvent.Created.class,
                TableEvent.HandedOver.class,
                TableEvent.Reclaimed.class,
                TableEvent.HandedOver.class,
                TableEvent.GivenAway.class,
                TableEvent.HandedOver.class,
                TableEvent.Reclaimed.class,
                TableEvent.HandedOver.class,
                TableEvent.Reclaimed.class,
                TableEvent.Vacated.class,
                TableEvent.Revived.class,
                TableEvent.HandedOver.class);
        await().until(() -> withoutZombies(events.of("events")).size() >= life.size());
        List<TableEvent> told = events.of("events");
        assertThat(withoutZombies(told)).<Class<?>>extracting(Object::getClass).isEqualTo(life);
        assertThat(told)
                .extracting(TableEvent::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, told.size()).boxed().toList());
        assertThat(told).extracting(TableEvent::epoch).isSorted();
        assertThat(told.get(told.size() - 1).epoch()).isEqualTo(probe.status().epoch());
    }

    /** The giver of a table may or may not have returned before it is looked at. */
    private static List<TableEvent> withoutZombies(List<TableEvent> all) {
        return all.stream()
                .filter(event -> !(event instanceof TableEvent.ZombieEnded))
                .toList();
    }
}
