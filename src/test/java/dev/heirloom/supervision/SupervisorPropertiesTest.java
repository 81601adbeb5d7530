package dev.heirloom.supervision;

import static org.assertj.core.api.Assertions.assertThat;

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
                                .on(new Signal.Submitted("Home", ++epoch), now, 0)
                                .next();
                assertThat(supervisor.state()).isInstanceOfAny(Vacant.class, Starting.class);
            }
        }
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

    private static boolean endsOwner(Signal signal, long held) {
        return signal.equals(new Signal.Died(held, "died"))
                || signal.equals(new Signal.Returned(held))
                || signal.equals(new Signal.Rejected(held, "rejected"))
                || signal.equals(new Signal.GivenAway(held, "Other"))
                || signal.equals(new Signal.TooManyZombies(held, 4));
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
                new Signal.Died(about, "died"),
                new Signal.Returned(about),
                new Signal.Rejected(about, "rejected"),
                new Signal.GivenAway(about, "Other"),
                new Signal.LockHeld(about),
                new Signal.TooManyZombies(about, 4));
        return any.get(random.nextInt(any.size()));
    }
}
