package dev.heirloom.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.ownership.Heir;
import dev.heirloom.ownership.Transfer;
import dev.heirloom.supervision.TableState.BackingOff;
import dev.heirloom.supervision.TableState.Closed;
import dev.heirloom.supervision.TableState.Orphaned;
import dev.heirloom.supervision.TableState.Starting;
import dev.heirloom.supervision.TableState.Vacant;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of a supervisor whatever it is told, by a manager that does as it says, and by others at random. */
class SupervisorPropertiesTest {
    private static final int STEPS = 400;

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomSignals(long seed) {
        Random random = new Random(seed);
        Supervisor supervisor = Supervisor.of(RestartPolicy.DEFAULT
                .withType(List.of(RestartType.values()).get(random.nextInt(3)))
                .withIntensity(random.nextInt(20), Duration.ofSeconds(1 + random.nextInt(60))));
        long now = random.nextLong();
        long epoch = 0;
        boolean due = false;
        for (int i = 0; i < STEPS; i++) {
            now += random.nextLong(Duration.ofSeconds(3).toNanos());
            long held = supervisor.state().heldBy();
            Signal signal = signal(random, epoch, due);
            Supervisor.Step step = supervisor.on(signal, now, random.nextDouble());

            assertThat(supervisor.on(signal, now, 0).next().history())
                    .as("pure")
                    .isEqualTo(step.next().history());
            if (supervisor.state() instanceof Closed) {
                assertThat(step.next()).isEqualTo(supervisor);
            }
            if (step.action() instanceof Action.HandOver) {
                assertThat(held == 0 || endsOwner(signal, held))
                        .as("%s handed over at %s", supervisor.state(), signal)
                        .isTrue();
                assertThat(step.next().state().heldBy()).isZero();
            }
            assertInherited(supervisor, signal, step);
            if (supervisor.state().heldBy() != 0 && step.next().state().heldBy() == 0) {
                assertThat(endsOwner(signal, held) || signal instanceof Signal.Close)
                        .as("lost its owner at %s", signal)
                        .isTrue();
            }
            assertAwaited(step);
            assertThat(step.next().history().restarts().size())
                    .isLessThanOrEqualTo(supervisor.policy().intensity());

            if (signal instanceof Signal.Due && supervisor.state() instanceof BackingOff) {
                due = false;
            }
            supervisor = step.next();
            if (step.action() instanceof Action.Wait) {
                due = true;
            } else if (step.action() instanceof Action.HandOver) {
                supervisor = random.nextInt(10) == 0
                        ? supervisor
                                .on(new Signal.NoConsumer("not deployed"), now, 0)
                                .next()
                        : supervisor
                                .on(new Signal.Submitted(next(step.action()), ++epoch), now, 0)
                                .next();
                assertThat(supervisor.state()).isInstanceOfAny(Vacant.class, Starting.class);
            }
        }
    }

    /** A consumer gets what it inherits at once, and nobody but the heir gets it; a table ends only without one. */
    private static void assertInherited(Supervisor supervisor, Signal signal, Supervisor.Step step) {
        long held = supervisor.state().heldBy();
        boolean ended = held != 0
                && (signal instanceof Signal.Died || signal instanceof Signal.Returned)
                && endsOwner(signal, held);
        Heirship heirship = ended ? heirshipOf(signal) : Heirship.OF_THE_MANAGER;
        boolean named = heirship.heir() instanceof Heir.Consumer heir
                && heirship.whyNotLive() == null
                && !heir.name().equals(ownerOf(supervisor.state()));
        if (step.action() instanceof Action.HandOver handOver && handOver.reason() != Transfer.Reason.GIVEN_AWAY) {
            assertThat(handOver.consumer()).isEqualTo(named ? heirship.heir().label() : null);
            assertThat(named && handOver.reason() != Transfer.Reason.INHERITED).isFalse();
        } else if (named) {
            assertThat(step.next().state()).isInstanceOf(Orphaned.class);
        }
        if (step.action() instanceof Action.End) {
            assertThat(heirship.heir()).isEqualTo(Heir.NONE);
            assertThat(supervisor.policy().type()).isNotEqualTo(RestartType.PERMANENT);
            assertThat(step.next().state()).isEqualTo(new Closed());
        }
    }

    private static String ownerOf(TableState state) {
        if (state instanceof TableState.Owned owned) {
            return owned.consumer();
        }
        return state instanceof Starting starting ? starting.consumer() : ((TableState.Stuck) state).consumer();
    }

    /** Nothing is forgotten: in each state something is coming, or requests were refused. */
    private static void assertAwaited(Supervisor.Step step) {
        TableState state = step.next().state();
        if (state instanceof BackingOff waiting && !(step.action() instanceof Action.None)) {
            assertThat(step.action())
                    .isInstanceOf(waiting.delayNanos() > 0 ? Action.Wait.class : Action.HandOver.class);
        }
        if (step.action() instanceof Action.Refuse) {
            assertThat(state).isInstanceOfAny(Vacant.class, Orphaned.class, Closed.class);
        }
        if (step.action() instanceof Action.Wait wait) {
            assertThat(state).isInstanceOf(BackingOff.class);
            assertThat(wait.delayNanos()).isPositive();
        }
    }

    private static String next(Action action) {
        String consumer = ((Action.HandOver) action).consumer();
        return consumer == null ? "Home" : consumer;
    }

    private static boolean endsOwner(Signal signal, long held) {
        return (signal instanceof Signal.Died died && died.epoch() == held)
                || (signal instanceof Signal.Returned returned && returned.epoch() == held)
                || signal.equals(new Signal.Rejected(held, "rejected"))
                || signal.equals(new Signal.GivenAway(held, "Other"))
                || signal.equals(new Signal.TooManyZombies(held, 4));
    }

    private static Heirship heirship(Random random) {
        List<Heir> any =
                List.of(Heir.MANAGER, Heir.MANAGER, Heir.NONE, Heir.consumer("Standby"), Heir.consumer("Home"));
        return new Heirship(any.get(random.nextInt(any.size())), random.nextBoolean() ? null : "not deployed");
    }

    /** Of a signal that ends an owner. */
    private static Heirship heirshipOf(Signal signal) {
        return signal instanceof Signal.Died died ? died.heirship() : ((Signal.Returned) signal).heirship();
    }

    private static Signal signal(Random random, long epoch, boolean due) {
        long about = random.nextInt(3) == 0 ? random.nextLong(epoch + 2) : epoch;
        if (due && random.nextInt(3) == 0) {
            return new Signal.Due();
        }
        if (random.nextInt(200) == 0) {
            return new Signal.Close();
        }
        List<Signal> any = List.of(
                new Signal.Offer(),
                new Signal.Due(),
                new Signal.Started(about),
                new Signal.Started(about),
                new Signal.Late(about),
                new Signal.Died(about, "died", heirship(random)),
                new Signal.Returned(about, heirship(random)),
                new Signal.Rejected(about, "rejected"),
                new Signal.GivenAway(about, "Other"),
                new Signal.LockHeld(about),
                new Signal.TooManyZombies(about, 4));
        return any.get(random.nextInt(any.size()));
    }
}
