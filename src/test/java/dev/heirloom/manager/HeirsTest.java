package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.TableSpec;
import dev.heirloom.ownership.Heir;
import dev.heirloom.ownership.HeirRefusedException;
import dev.heirloom.ownership.ServingConsumer;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.ownership.Transfer;
import dev.heirloom.ownership.Transfer.Reason;
import dev.heirloom.supervision.RestartPolicy;
import dev.heirloom.supervision.RestartType;
import dev.heirloom.table.NotOwnerException;
import dev.heirloom.table.TableClosedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets a table whose owner has ended. */
class HeirsTest {
    private static final String HOME = ServingConsumer.NAME;
    private static final String STANDBY = "Standby";
    private static final Heir NAMED = Heir.consumer(STANDBY);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final World world = new World();
    private final Catalog catalog =
            new Catalog(world, world, Runnable::run, new Safe(() -> Path.of("unused"), Runnable::run));

    private static TableSpec<String, String> spec() {
        return TableSpec.set("strings", String.class, row -> row)
                .heir(NAMED, "will")
                .restart(RestartPolicy.DEFAULT
                        .withIntensity(5, Duration.ofHours(1))
                        .withBackoff(Duration.ofSeconds(1), Duration.ofSeconds(1)));
    }

    private Custodian<String, String> open(TableSpec<String, String> spec) {
        Custodian<String, String> custodian = catalog.add(spec);
        custodian.open();
        return custodian;
    }

    /** The notice of the owner whose task waits; there is no other. */
    private Transfer next() {
        assertThat(world.submitted).hasSize(1);
        return world.submitted.element().owner().transfer();
    }

    private String nextOwner() {
        next();
        return world.submitted.element().owner().consumer();
    }

    /** Has the next owner do something and then die. */
    private void dieAfter(World.Script script) {
        world.script = (table, requests) -> {
            script.run(table, requests);
            throw new Expected();
        };
        assertThat(world.runAndTell().failure()).isInstanceOf(Expected.class);
    }

    private void die() {
        dieAfter((table, requests) -> {});
    }

    private void returns() {
        world.script = (table, requests) -> {};
        assertThat(world.runAndTell().failure()).isNull();
    }

    private static Heir heir(Custodian<?, ?> custodian) {
        return custodian.status().heir();
    }

    // ---- a consumer as heir ----

    @ParameterizedTest
    @EnumSource
    void ownerDies_theHeirHasTheTableAtOnce(RestartType type) {
        Custodian<String, String> custodian = open(spec().restart(type));
        assertThat(heir(custodian)).isEqualTo(NAMED);
        dieAfter((table, requests) -> table.atomically(t -> t.insert("a")));
        Transfer transfer = next();
        assertThat(nextOwner()).isEqualTo(STANDBY);
        assertThat(transfer.reason()).isEqualTo(Reason.INHERITED);
        assertThat(transfer.from()).isEqualTo(HOME);
        assertThat(transfer.data()).isEqualTo("will");
        assertThat(transfer.attempt()).isEqualTo(1);
        assertThat(custodian.table().size()).isEqualTo(1);
        assertThat(custodian.status().restarts()).isEqualTo(1);
        world.pass(Duration.ZERO);
        assertThat(world.delayed).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void ownerReturns_theHeirHasTheTableAtOnce(RestartType type) {
        open(spec().restart(type));
        returns();
        assertThat(nextOwner()).isEqualTo(STANDBY);
        assertThat(next().reason()).isEqualTo(Reason.INHERITED);
    }

    @Test
    void ownerHangs_theHeirHasTheTableAtOnce_andTheHangingOneCannotChangeThat() {
        Custodian<String, String> custodian = open(spec().heartbeat(Duration.ofMillis(10)));
        world.script = (owned, requests) -> {
            world.pass(Duration.ofSeconds(10));
            custodian.tick(true);
            assertThat(Thread.interrupted()).isTrue();
            assertThatThrownBy(() -> owned.heir(Heir.NONE, null)).isInstanceOf(NotOwnerException.class);
            assertThatThrownBy(() -> owned.rename("other")).isInstanceOf(NotOwnerException.class);
            assertThatThrownBy(owned::delete).isInstanceOf(NotOwnerException.class);
        };
        assertThat(world.run().failure()).isNull();
        assertThat(nextOwner()).isEqualTo(STANDBY);
        assertThat(catalog.names()).containsExactly("strings");
        assertThat(custodian.table().inheritance().heir()).isEqualTo(Heir.MANAGER);
    }

    @Test
    void heirThatOwnsTheTable_hasTheManagerForItsHeir_andTheHomeConsumerGetsItsOwnHeirAgain() {
        Custodian<String, String> custodian = open(spec());
        dieAfter((table, requests) -> table.atomically(t -> t.insert("a")));
        assertThat(heir(custodian)).isEqualTo(Heir.MANAGER);
        die();
        assertThat(world.submitted).isEmpty(); // by the ordinary rules
        assertThat(custodian.status().state()).isEqualTo("BackingOff");
        world.pass(LONG);
        assertThat(nextOwner()).isEqualTo(HOME);
        assertThat(next().from()).isEqualTo(STANDBY);
        assertThat(next().data()).isEqualTo("will");
        assertThat(heir(custodian)).isEqualTo(NAMED);
        die();
        assertThat(nextOwner()).isEqualTo(STANDBY);
        assertThat(custodian.table().size()).isEqualTo(1);
    }

    @Test
    void heirThatReturns_ofATemporaryTable_leavesItWithTheManager() {
        Custodian<String, String> custodian = open(spec().restart(RestartType.TEMPORARY));
        die();
        returns();
        assertThat(world.submitted).isEmpty();
        assertThat(custodian.status().isVacant()).isTrue();
        custodian.revive();
        assertThat(nextOwner()).isEqualTo(HOME);
        assertThat(heir(custodian)).isEqualTo(NAMED);
    }

    @Test
    void crashLoopThroughTheHeir_endsInAnOrphanedTable() {
        Custodian<String, String> custodian = open(spec());
        int owners = 0;
        while (!world.submitted.isEmpty()) {
            assertThat(nextOwner()).isEqualTo(owners % 2 == 0 ? HOME : STANDBY);
            die();
            owners++;
            world.pass(LONG);
        }
        assertThat(owners).isEqualTo(6); // the first, and the intensity
        assertThat(custodian.status().isOrphaned()).isTrue();
        custodian.revive();
        assertThat(nextOwner()).isEqualTo(HOME);
    }

    @Test
    void heirThatIsNotLive_theManagerInherits_andSaysWhy() {
        Custodian<String, String> custodian = open(spec().restart(RestartType.TEMPORARY));
        world.missing.add(STANDBY);
        assertThat(heir(custodian)).isEqualTo(Heir.MANAGER);
        die();
        assertThat(custodian.status().isVacant()).isTrue();
        assertThat(custodian.status().why()).contains(STANDBY, "is not deployed");
        assertThat(world.told(TableEvent.Reclaimed.class))
                .singleElement()
                .satisfies(told -> assertThat(told.why()).contains(STANDBY, "is not deployed"));
        world.missing.clear();
        assertThat(heir(custodian)).isEqualTo(NAMED);
    }

    @Test
    void heirThatNoThreadIsFreeFor_waits_andThatIsNoDeath() {
        Custodian<String, String> custodian = open(spec());
        dieAfter((table, requests) -> world.rejecting = true);
        for (int i = 0; i < 10; i++) { // more often than the intensity allows deaths
            assertThat(custodian.status().state()).isEqualTo("BackingOff");
            world.pass(Duration.ofSeconds(1));
        }
        world.rejecting = false;
        world.pass(LONG);
        assertThat(nextOwner()).isEqualTo(STANDBY);
        assertThat(next().reason()).isEqualTo(Reason.INHERITED);
        assertThat(next().data()).isEqualTo("will");
        assertThat(custodian.status().restarts()).isEqualTo(1);
        assertThat(heir(custodian)).isEqualTo(Heir.MANAGER);
    }

    // ---- gifts ----

    @Test
    void giveAway_keepsTheHeir() {
        Custodian<String, String> custodian = open(spec());
        dieAfter((table, requests) -> table.giveAway("Guest", "gift"));
        assertThat(nextOwner()).isEqualTo("Guest");
        assertThat(heir(custodian)).isEqualTo(NAMED);
        die();
        assertThat(nextOwner()).isEqualTo(STANDBY);
        assertThat(next().from()).isEqualTo("Guest");
        assertThat(next().data()).isEqualTo("will");
    }

    @Test
    void giveAwayToTheHeir_theManagerInheritsFromIt() {
        Custodian<String, String> custodian = open(spec());
        dieAfter((table, requests) -> table.giveAway(STANDBY, null));
        assertThat(heir(custodian)).isEqualTo(Heir.MANAGER);
        die();
        assertThat(nextOwner()).isEqualTo(HOME);
        assertThat(heir(custodian)).isEqualTo(NAMED);
    }

    @Test
    void heirThatGivesTheTableBack_isHeirAgain() {
        Custodian<String, String> custodian = open(spec());
        die();
        dieAfter((table, requests) -> table.giveAway(HOME, null));
        assertThat(nextOwner()).isEqualTo(HOME);
        assertThat(heir(custodian)).isEqualTo(NAMED);
    }

    @Test
    void heirChosenByTheOwner_staysWhenTheTableIsGivenAwayAndBack() {
        Custodian<String, String> custodian = open(spec());
        dieAfter((table, requests) -> {
            table.heir(Heir.consumer("Third"), null);
            table.giveAway("Guest", null);
        });
        dieAfter((table, requests) -> table.giveAway(HOME, null));
        assertThat(heir(custodian)).isEqualTo(Heir.consumer("Third"));
    }

    // ---- chosen at run time ----

    @Test
    void heirChosenByTheOwner_inherits_andTheSpecsHeirIsArmedAgainLater() {
        Custodian<String, String> custodian = open(spec());
        dieAfter((table, requests) -> table.heir(Heir.consumer("Third"), "other"));
        assertThat(nextOwner()).isEqualTo("Third");
        assertThat(next().data()).isEqualTo("other");
        die();
        world.pass(LONG);
        assertThat(nextOwner()).isEqualTo(HOME);
        assertThat(heir(custodian)).isEqualTo(NAMED);
    }

    @Test
    void managerChosenByTheOwner_inherits() {
        Custodian<String, String> custodian = open(spec());
        dieAfter((table, requests) -> {
            table.heir(Heir.MANAGER, "data");
            assertThat(heir(custodian)).isEqualTo(Heir.MANAGER);
        });
        assertThat(nextOwner()).isEqualTo(HOME);
        assertThat(next().data()).isEqualTo("data");
        assertThat(heir(custodian)).isEqualTo(NAMED);
    }

    @Test
    void ownerThatAHeirChose_inheritsItAsHome() {
        Custodian<String, String> custodian = open(spec());
        die();
        dieAfter((table, requests) -> table.heir(Heir.consumer(HOME), "back"));
        assertThat(nextOwner()).isEqualTo(HOME); // at once
        assertThat(next().data()).isEqualTo("back");
        assertThat(heir(custodian)).isEqualTo(NAMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Missing", HOME})
    void heirThatCannotBe_isRefused_andNothingIsChanged(String name) {
        Custodian<String, String> custodian = open(spec());
        world.missing.add("Missing");
        dieAfter((table, requests) -> assertThatThrownBy(() -> table.heir(Heir.consumer(name), "other"))
                .isInstanceOf(HeirRefusedException.class)
                .hasMessageContainingAll(name, name.equals(HOME) ? "owns it already" : "is not deployed", "strings"));
        assertThat(nextOwner()).isEqualTo(STANDBY);
        assertThat(next().data()).isEqualTo("will");
        assertThat(custodian.table().size()).isZero();
    }

    // ---- no heir ----

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noHeir_declaredOrChosen_aPermanentConsumerBeginsAnew(boolean declared) {
        Custodian<String, String> custodian = open(declared ? spec().heir(Heir.NONE) : spec());
        TableRef<String, String> table = new TableRef<>(custodian::table);
        dieAfter((owned, requests) -> {
            owned.heir(Heir.NONE, null);
            assertThat(heir(custodian)).isEqualTo(Heir.NONE);
            owned.atomically(t -> t.insert("a"));
        });
        assertThat(nextOwner()).isEqualTo(HOME);
        assertThat(table.size()).isZero();
        assertThat(heir(custodian)).isEqualTo(declared ? Heir.NONE : NAMED);
        assertThat(custodian.status().epoch()).isEqualTo(next().epoch());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noHeir_andNobodyToBeginAnew_theTableIsGone(boolean dying) {
        Custodian<String, String> custodian =
                open(spec().heir(Heir.NONE).restart(dying ? RestartType.TEMPORARY : RestartType.TRANSIENT));
        TableRef<String, String> table = new TableRef<>(custodian::table);
        var waiting = table.ask(t -> t.insert("waits")).toCompletableFuture();
        if (dying) {
            dieAfter((owned, requests) -> owned.atomically(t -> t.insert("a")));
        } else {
            returns();
        }
        assertThat(waiting)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(TableClosedException.class);
        assertThatThrownBy(() -> table.find("a")).isInstanceOf(TableClosedException.class);
        assertThatThrownBy(() -> table.call(t -> t.size())).isInstanceOf(TableClosedException.class);
        assertThatThrownBy(() -> catalog.status("strings")).isInstanceOf(NoSuchTableException.class);
        TableRef<String, String> unresolved = catalog.ref(spec());
        assertThatThrownBy(unresolved::size).isInstanceOf(NoSuchTableException.class);
        assertThat(catalog.names()).isEmpty();
        assertThat(catalog.isLeaving()).isFalse();
        assertThat(world.submitted).isEmpty();
        world.pass(Duration.ZERO);
        assertThat(world.delayed).isEmpty();
        assertThat(world.told(TableEvent.Reclaimed.class)).hasSize(1);
        assertThat(world.told(TableEvent.Closed.class)).hasSize(1);
        custodian.revive();
        custodian.tick(true);
        assertThat(custodian.status().state()).isEqualTo("Closed");
    }

    @Test
    void noHeir_chosenByATemporaryOwner_theTableIsGone() {
        open(spec().restart(RestartType.TEMPORARY));
        dieAfter((table, requests) -> table.heir(Heir.NONE, null));
        assertThat(catalog.names()).isEmpty();
        catalog.create(spec()); // its name is free
        assertThat(nextOwner()).isEqualTo(HOME);
    }

    @Test
    void noHeir_butOneChosenByATemporaryOwner_theRowsStay() {
        Custodian<String, String> custodian = open(spec().heir(Heir.NONE).restart(RestartType.TEMPORARY));
        dieAfter((table, requests) -> {
            table.atomically(t -> t.insert("a"));
            table.heir(Heir.MANAGER, null);
        });
        assertThat(custodian.status().isVacant()).isTrue();
        assertThat(custodian.table().size()).isEqualTo(1);
    }

    @Test
    void noHeir_aTemporaryOwnerThatHangs_isLeftBehind_untilItEnds() {
        Custodian<String, String> custodian =
                open(spec().heir(Heir.NONE).restart(RestartType.TEMPORARY).heartbeat(Duration.ofMillis(10)));
        world.script = (owned, requests) -> {
            world.pass(Duration.ofSeconds(10));
            custodian.tick(true);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(catalog.names()).isEmpty();
            assertThat(catalog.zombies()).hasSize(1);
            assertThat(catalog.isLeaving()).isTrue();
            catalog.close();
            assertThat(Thread.interrupted())
                    .as("told again when the application ends")
                    .isTrue();
        };
        ConsumerTask<?, ?> task = world.runAndTell();
        assertThat(task.failure()).isNull();
        assertThat(catalog.isLeaving()).isFalse();
        assertThat(world.told(TableEvent.ZombieEnded.class)).hasSize(1);
    }

    // ---- in words ----

    @Test
    void heirs_haveLabels_andAreComparedByThem() {
        assertThat(List.of(Heir.MANAGER, Heir.NONE, NAMED))
                .extracting(Heir::label)
                .containsExactly("manager", "none", STANDBY);
        assertThat(Heir.consumer("Standby")).isEqualTo(NAMED).hasToString("Standby");
        assertThatThrownBy(() -> Heir.consumer(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name");
    }
}
