package dev.heirloom.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.ownership.Heir;
import dev.heirloom.ownership.Transfer.Reason;
import dev.heirloom.supervision.TableState.BackingOff;
import dev.heirloom.supervision.TableState.Closed;
import dev.heirloom.supervision.TableState.Orphaned;
import dev.heirloom.supervision.TableState.Owned;
import dev.heirloom.supervision.TableState.Starting;
import dev.heirloom.supervision.TableState.Stuck;
import dev.heirloom.supervision.TableState.Vacant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a supervisor does in every state at every signal. */
class SupervisorTest {
    private static final RestartPolicy POLICY =
            RestartPolicy.DEFAULT.withIntensity(3, Duration.ofSeconds(60)).withCalm(Duration.ofSeconds(5));
    private static final long E = 5;
    private static final long OTHER = 4;
    private static final long NOW = Duration.ofHours(1).toNanos();

    private static final List<TableState> STATES = List.of(
            new Vacant("why"),
            new Starting("Home", E, false),
            new Starting("Home", E, true),
            new Owned("Home", E, NOW),
            new BackingOff(10, "why"),
            new BackingOff(0, "why"),
            new Orphaned("why"),
            new Stuck("Home", E, NOW),
            new Closed());

    private static Supervisor in(TableState state) {
        return new Supervisor(POLICY, state, RestartHistory.EMPTY, true);
    }

    private static Signal[] aboutOwner(long epoch) {
        return new Signal[] {
            new Signal.Started(epoch),
            new Signal.Late(epoch),
            new Signal.Died(epoch, "died"),
            new Signal.Returned(epoch),
            new Signal.Restarted(epoch),
            new Signal.Rejected(epoch, "rejected"),
            new Signal.GivenAway(epoch, "Other"),
            new Signal.LockHeld(epoch),
            new Signal.TooManyZombies(epoch, 4)
        };
    }

    // ---- a restart that was asked for ----

    @ParameterizedTest
    @EnumSource(RestartType.class)
    void restartAskedFor_isNoFailure_whateverTheRestartType(RestartType type) {
        Supervisor supervisor =
                new Supervisor(POLICY.withType(type), new Owned("Guest", E, NOW), RestartHistory.EMPTY, true);
        Supervisor.Step step = supervisor.on(new Signal.Restarted(E), NOW, 0);
        assertThat(step.action()).isEqualTo(new Action.HandOver("Guest", Reason.INHERITED, 0));
        assertThat(((Action.HandOver) step.action()).isOrdered()).isTrue();
        assertThat(step.next().state()).isInstanceOf(BackingOff.class);
        assertThat(step.next().history()).isEqualTo(supervisor.history());
    }

    @Test
    void restartsAskedFor_neverExceedTheIntensity() {
        Supervisor supervisor = in(new Owned("Home", E, NOW));
        long epoch = E;
        for (int i = 0; i < 100; i++) {
            Supervisor.Step step = supervisor.on(new Signal.Restarted(epoch), NOW, 0);
            assertThat(step.action()).isInstanceOf(Action.HandOver.class);
            epoch++;
            supervisor = step.next()
                    .on(new Signal.Submitted("Home", epoch), NOW, 0)
                    .next()
                    .on(new Signal.Started(epoch), NOW, 0)
                    .next();
        }
        assertThat(supervisor.state()).isInstanceOf(Owned.class);
    }

    @Test
    void otherHandOvers_areNotOrdered() {
        assertThat(new Action.HandOver(null, Reason.INHERITED, 0).isOrdered()).isFalse();
        assertThat(new Action.HandOver("Heir", Reason.INHERITED, 1).isOrdered()).isFalse();
        assertThat(new Action.HandOver("Guest", Reason.GIVEN_AWAY, 0).isOrdered())
                .isFalse();
    }

    // ---- which signals count where ----

    static Stream<Object[]> whatCounts() {
        String owner = "Died Returned Restarted GivenAway TooManyZombies";
        Map<TableState, String> counting = Map.of(
                STATES.get(0), "Offer",
                STATES.get(1), owner + " Started Late Rejected LockHeld",
                STATES.get(2), owner + " Started Rejected LockHeld", // it is late already
                STATES.get(3), owner + " LockHeld",
                STATES.get(4), "Due",
                STATES.get(5), "",
                STATES.get(6), "Offer",
                STATES.get(7), owner + " Rejected",
                STATES.get(8), "");
        return counting.entrySet().stream().map(each ->
                new Object[] {each.getKey(), List.of(each.getValue().split(" ", -1))});
    }

    @ParameterizedTest
    @MethodSource("whatCounts")
    void signal_thatDoesNotCount_isIgnored(TableState state, List<String> counting) {
        List<Signal> signals = new ArrayList<>(List.of(aboutOwner(E)));
        signals.add(new Signal.Offer());
        signals.add(new Signal.Due());
        for (Signal signal : signals) {
            Supervisor.Step step = in(state).on(signal, NOW, 0);
            boolean counts = counting.contains(signal.getClass().getSimpleName());
            assertThat(step.next().equals(in(state)) && step.action() instanceof Action.None)
                    .as("%s ignores %s", state, signal)
                    .isEqualTo(!counts);
        }
    }

    static List<TableState> states() {
        return STATES;
    }

    @ParameterizedTest
    @MethodSource("states")
    void signal_ofAnotherEpoch_isIgnored(TableState state) {
        for (long epoch : new long[] {OTHER, E + 1, 0}) {
            for (Signal signal : aboutOwner(epoch)) {
                Supervisor.Step step = in(state).on(signal, NOW, 0);
                assertThat(step.next()).as("%s at %s", state, signal).isEqualTo(in(state));
                assertThat(step.action()).isInstanceOf(Action.None.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("states")
    void signal_doubled_hasNoSecondEffect(TableState state) {
        List<Signal> signals = new ArrayList<>(List.of(aboutOwner(E)));
        signals.addAll(List.of(new Signal.Offer(), new Signal.Due(), new Signal.Close()));
        for (Signal signal : signals) {
            Supervisor once = in(state).on(signal, NOW, 0).next();
            Supervisor.Step twice = once.on(signal, NOW, 0);
            assertThat(twice.next()).as("%s at %s, twice", state, signal).isEqualTo(once);
            assertThat(twice.action()).as("%s at %s, twice", state, signal).isInstanceOf(Action.None.class);
        }
    }

    @ParameterizedTest
    @MethodSource("states")
    void close_isFinal(TableState state) {
        Supervisor closed = in(state).on(new Signal.Close(), NOW, 0).next();
        assertThat(closed.state()).isEqualTo(new Closed());
        List<Signal> signals = new ArrayList<>(List.of(aboutOwner(E)));
        signals.addAll(List.of(
                new Signal.Offer(),
                new Signal.Due(),
                new Signal.Close(),
                new Signal.NoConsumer("why"),
                new Signal.Submitted("Home", E + 1)));
        for (Signal signal : signals) {
            Supervisor.Step step = closed.on(signal, NOW, 0);
            assertThat(step.next()).isEqualTo(closed);
            assertThat(step.action()).isInstanceOf(Action.None.class);
        }
    }

    @Test
    void close_refusesRequests() {
        assertThat(in(new Owned("Home", E, NOW)).on(new Signal.Close(), NOW, 0).action())
                .isInstanceOf(Action.Refuse.class);
    }

    // ---- one by one ----

    @Test
    void newTable_offered_isHandedOverAsCreated() {
        Supervisor.Step step = Supervisor.of(POLICY).on(new Signal.Offer(), NOW, 0);
        assertThat(step.action()).isEqualTo(new Action.HandOver(null, Reason.CREATED, 0));
    }

    @Test
    void handOver_submitted_started() {
        Supervisor starting = Supervisor.of(POLICY)
                .on(new Signal.Offer(), NOW, 0)
                .next()
                .on(new Signal.Submitted("Home", E), NOW, 0)
                .next();
        assertThat(starting.state()).isEqualTo(new Starting("Home", E, false));
        Supervisor owned = starting.on(new Signal.Started(E), NOW + 1, 0).next();
        assertThat(owned.state()).isEqualTo(new Owned("Home", E, NOW + 1));
        assertThat(owned.owned()).isTrue();
    }

    @Test
    void late_thenStarted_isOwned() {
        Supervisor late = in(new Starting("Home", E, false))
                .on(new Signal.Late(E), NOW, 0)
                .next();
        assertThat(late.state()).isEqualTo(new Starting("Home", E, true));
        assertThat(late.on(new Signal.Started(E), NOW, 0).next().state()).isEqualTo(new Owned("Home", E, NOW));
    }

    @Test
    void noConsumer_tableWaits_requestsAreRefused() {
        Supervisor.Step step = Supervisor.of(POLICY)
                .on(new Signal.Offer(), NOW, 0)
                .next()
                .on(new Signal.NoConsumer("not deployed"), NOW, 0);
        assertThat(step.next().state()).isEqualTo(new Vacant("not deployed"));
        assertThat(step.action()).isEqualTo(new Action.Refuse("not deployed"));
    }

    @Test
    void givenAway_isHandedToTheOther_isNoDeath() {
        Supervisor.Step step = in(new Owned("Home", E, NOW)).on(new Signal.GivenAway(E, "Other"), NOW, 0);
        assertThat(step.action()).isEqualTo(new Action.HandOver("Other", Reason.GIVEN_AWAY, 0));
        assertThat(step.next().history()).isEqualTo(RestartHistory.EMPTY);
        assertThat(step.next().state().heldBy()).isZero();
        Supervisor.Step death = step.next().on(new Signal.Died(E, "not the owner any more"), NOW, 0);
        assertThat(death.action()).isInstanceOf(Action.None.class);
    }

    @Test
    void stuck_untilTheOwnerHasEnded() {
        Supervisor stuck = in(new Owned("Home", E, NOW - 7))
                .on(new Signal.LockHeld(E), NOW, 0)
                .next();
        assertThat(stuck.state()).isEqualTo(new Stuck("Home", E, NOW - 7));
        assertThat(stuck.on(new Signal.Died(E, "died"), NOW, 0).action())
                .isEqualTo(new Action.HandOver(null, Reason.INHERITED, 1));
    }

    @Test
    void tooManyZombies_isOrphaned() {
        Supervisor.Step step = in(new Owned("Home", E, NOW)).on(new Signal.TooManyZombies(E, 4), NOW, 0);
        assertThat(step.next().state()).isInstanceOf(Orphaned.class);
        assertThat(step.action()).isInstanceOf(Action.Refuse.class);
        assertThat(((Action.Refuse) step.action()).why()).contains("4");
    }

    // ---- restart types ----

    @ParameterizedTest
    @EnumSource
    void died_byRestartType(RestartType type) {
        Supervisor.Step step = new Supervisor(
                        POLICY.withType(type), new Owned("Home", E, NOW), RestartHistory.EMPTY, true)
                .on(new Signal.Died(E, "boom"), NOW, 0);
        if (type == RestartType.TEMPORARY) {
            assertKept(step);
        } else {
            assertThat(step.action()).isEqualTo(new Action.HandOver(null, Reason.INHERITED, 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void returned_byRestartType(RestartType type) {
        Supervisor.Step step = new Supervisor(
                        POLICY.withType(type), new Owned("Home", E, NOW), RestartHistory.EMPTY, true)
                .on(new Signal.Returned(E), NOW, 0);
        if (type == RestartType.PERMANENT) {
            assertThat(step.action()).isEqualTo(new Action.HandOver(null, Reason.INHERITED, 1));
        } else {
            assertKept(step);
        }
    }

    private static void assertKept(Supervisor.Step step) {
        assertThat(step.next().state()).isInstanceOf(Vacant.class);
        assertThat(step.action()).isInstanceOf(Action.Refuse.class);
        assertThat(step.next().on(new Signal.Offer(), NOW, 0).action())
                .isEqualTo(new Action.HandOver(null, Reason.INHERITED, 0));
    }

    @Test
    void revived_afterOrphaned_startsAnew() {
        RestartHistory full = new RestartHistory(List.of(NOW, NOW, NOW), 3, 2);
        Supervisor orphaned = new Supervisor(POLICY, new Orphaned("too often"), full, true);
        Supervisor.Step step = orphaned.on(new Signal.Offer(), NOW, 0);
        assertThat(step.action()).isEqualTo(new Action.HandOver(null, Reason.INHERITED, 0));
        assertThat(step.next().history()).isEqualTo(RestartHistory.EMPTY);
    }

    // ---- in words ----

    @Test
    void why_namesTheRestartTypeAndTheLimits_andIsForTablesWithoutAnOwnerOnly() {
        assertThat(in(new Owned("Home", E, NOW)).state().why()).isNull();
        assertThat(owned(RestartType.TRANSIENT, "Home")
                        .on(new Signal.Returned(E), NOW, 0)
                        .next()
                        .state()
                        .why())
                .endsWith("is transient");
        for (Duration period : List.of(Duration.ofMillis(999), Duration.ofSeconds(1))) {
            RestartPolicy never = POLICY.withIntensity(0, period);
            assertThat(new Supervisor(never, new Owned("Home", E, NOW), RestartHistory.EMPTY, true)
                            .on(new Signal.Died(E, "boom"), NOW, 0)
                            .next()
                            .state()
                            .why())
                    .contains("0 restarts within " + (period.toMillis() < 1000 ? "999 ms" : "1 s"), "boom");
        }
    }

    // ---- heirs ----

    private static final Heirship STANDBY = new Heirship(Heir.consumer("Standby"), null);

    private static Supervisor owned(RestartType type, String consumer) {
        return new Supervisor(POLICY.withType(type), new Owned(consumer, E, NOW), RestartHistory.EMPTY, true);
    }

    private static List<Signal> endings(Heirship heirship) {
        return List.of(new Signal.Died(E, "boom", heirship), new Signal.Returned(E, heirship));
    }

    @ParameterizedTest
    @EnumSource
    void namedHeir_inheritsAtOnce_whateverTheRestartTypeAndHoweverTheOwnerEnded(RestartType type) {
        for (Signal ending : endings(STANDBY)) {
            Supervisor.Step step = owned(type, "Home").on(ending, NOW, 0);
            assertThat(step.action()).isEqualTo(new Action.HandOver("Standby", Reason.INHERITED, 1));
            assertThat(step.next().state().heldBy()).isZero();
            assertThat(step.next().history().restarts()).containsExactly(NOW);
            assertThat(step.next().on(ending, NOW, 0).action()).isInstanceOf(Action.None.class);
        }
    }

    @Test
    void namedHeir_inheritsWithoutBackOff_thenTheHomeConsumerWaits() {
        Supervisor often =
                new Supervisor(POLICY, new Owned("Home", E, NOW), new RestartHistory(List.of(NOW), 1, 0), true);
        Supervisor.Step inherited = often.on(new Signal.Died(E, "boom", STANDBY), NOW, 0);
        assertThat(inherited.action()).isEqualTo(new Action.HandOver("Standby", Reason.INHERITED, 2));
        Supervisor.Step back = inherited
                .next()
                .on(new Signal.Submitted("Standby", E + 1), NOW, 0)
                .next()
                .on(new Signal.Died(E + 1, "boom"), NOW, 0);
        assertThat(back.action()).isEqualTo(new Action.Wait(POLICY.backoffNanos(3, 0)));
        assertThat(back.next().on(new Signal.Due(), NOW, 0).action())
                .isEqualTo(new Action.HandOver(null, Reason.INHERITED, 3));
    }

    @Test
    void namedHeir_ofAnOwnerThatDiedBeforeAnybodySawItStart_inherits() {
        Supervisor starting = new Supervisor(POLICY, new Starting("Home", E, false), RestartHistory.EMPTY, false);
        assertThat(starting.on(new Signal.Died(E, "boom", STANDBY), NOW, 0).action())
                .isEqualTo(new Action.HandOver("Standby", Reason.INHERITED, 1));
    }

    @ParameterizedTest
    @EnumSource
    void namedHeir_thatIsNotLive_theManagerInherits_andSaysWhy(RestartType type) {
        Heirship missing = new Heirship(Heir.consumer("Standby"), "it is not deployed");
        for (Signal ending : endings(missing)) {
            Supervisor.Step step = owned(type, "Home").on(ending, NOW, 0);
            Supervisor.Step without = owned(type, "Home")
                    .on(ending instanceof Signal.Died ? new Signal.Died(E, "boom") : new Signal.Returned(E), NOW, 0);
            assertThat(step.next().history()).isEqualTo(without.next().history());
            assertThat(step.action().getClass()).isEqualTo(without.action().getClass());
            if (step.action() instanceof Action.HandOver) {
                assertThat(step.action()).isEqualTo(without.action());
            }
            assertThat(why(step.next().state()))
                    .startsWith(why(without.next().state()))
                    .endsWith("its heir Standby does not inherit: it is not deployed");
        }
    }

    private static String why(TableState state) {
        return state instanceof BackingOff waiting ? waiting.why() : String.valueOf(state.why());
    }

    @ParameterizedTest
    @EnumSource
    void namedHeir_thatIsTheOwnerItself_theManagerInherits(RestartType type) {
        List<TableState> held =
                List.of(new Owned("Standby", E, NOW), new Starting("Standby", E, false), new Stuck("Standby", E, NOW));
        for (TableState state : held) {
            Supervisor supervisor = new Supervisor(POLICY.withType(type), state, RestartHistory.EMPTY, true);
            assertThat(supervisor.on(new Signal.Died(E, "boom", STANDBY), NOW, 0))
                    .isEqualTo(supervisor.on(new Signal.Died(E, "boom"), NOW, 0));
            assertThat(supervisor.on(new Signal.Returned(E, STANDBY), NOW, 0))
                    .isEqualTo(supervisor.on(new Signal.Returned(E), NOW, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void namedHeir_deathsCount_untilTheTableIsOrphaned(RestartType type) {
        Supervisor supervisor = owned(type, "Home");
        for (int i = 1; i <= POLICY.intensity(); i++) {
            Supervisor.Step step = supervisor.on(new Signal.Died(E, "boom", STANDBY), NOW + i, 0);
            assertThat(step.action()).isEqualTo(new Action.HandOver("Standby", Reason.INHERITED, i));
            supervisor =
                    step.next().on(new Signal.Submitted("Home", E), NOW + i, 0).next(); // it was given away
        }
        Supervisor.Step last = supervisor.on(new Signal.Died(E, "boom", STANDBY), NOW + 9, 0);
        assertThat(last.next().state()).isInstanceOf(Orphaned.class);
        assertThat(last.action()).isInstanceOf(Action.Refuse.class);
    }

    @ParameterizedTest
    @EnumSource
    void noHeir_theTableEnds_unlessSomebodyIsRestarted(RestartType type) {
        Heirship nobody = new Heirship(Heir.NONE, null);
        Supervisor.Step died = owned(type, "Home").on(new Signal.Died(E, "boom", nobody), NOW, 0);
        Supervisor.Step returned = owned(type, "Home").on(new Signal.Returned(E, nobody), NOW, 0);
        Action again = new Action.HandOver(null, Reason.INHERITED, 1);
        if (type == RestartType.TEMPORARY) {
            assertEnded(died, "boom");
        } else {
            assertThat(died.action()).isEqualTo(again);
        }
        if (type == RestartType.PERMANENT) {
            assertThat(returned.action()).isEqualTo(again);
        } else {
            assertEnded(returned, "returned");
        }
    }

    private static void assertEnded(Supervisor.Step step, String why) {
        assertThat(step.next().state()).isEqualTo(new Closed());
        assertThat(step.action()).isInstanceOf(Action.End.class);
        assertThat(((Action.End) step.action()).why()).contains(why).contains("no heir");
    }
}
