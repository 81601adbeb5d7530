package dev.heirloom.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.supervision.TableState.BackingOff;
import dev.heirloom.supervision.TableState.Orphaned;
import dev.heirloom.supervision.TableState.Owned;
import dev.heirloom.supervision.TableState.Starting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How often, and after which delay, owners are restarted. */
class RestartTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MILLI = Duration.ofMillis(1).toNanos();
    private static final RestartPolicy POLICY = RestartPolicy.DEFAULT
            .withIntensity(3, Duration.ofSeconds(60))
            .withBackoff(Duration.ofMillis(10), Duration.ofMillis(80))
            .withCalm(Duration.ofSeconds(5));

    private long now = -SECOND; // a clock of nanoseconds may pass zero
    private long epoch;
    private Supervisor supervisor = Supervisor.of(POLICY);

    private Action on(Signal signal, double random) {
        Supervisor.Step step = supervisor.on(signal, now, random);
        supervisor = step.next();
        return step.action();
    }

    private void run() {
        on(new Signal.Submitted("Home", ++epoch), 0);
        on(new Signal.Started(epoch), 0);
    }

    private void use(RestartPolicy policy) {
        supervisor = Supervisor.of(policy);
        on(new Signal.Offer(), 0);
        run();
    }

    private Action die() {
        return on(new Signal.Died(epoch, "boom"), 0);
    }

    /** Dies and is restarted, after its delay. */
    private Action dieAndRestart() {
        Action action = die();
        if (action instanceof Action.Wait wait) {
            now += wait.delayNanos();
            assertThat(on(new Signal.Due(), 0)).isInstanceOf(Action.HandOver.class);
        }
        run();
        return action;
    }

    // ---- intensity ----

    @Test
    void intensity_asManyRestartsAsAllowed_goesOn() {
        use(POLICY);
        for (int i = 0; i < 3; i++) {
            dieAndRestart();
            assertThat(supervisor.state()).isInstanceOf(Owned.class);
        }
    }

    @Test
    void intensity_oneMore_givesUp() {
        use(POLICY);
        for (int i = 0; i < 3; i++) {
            dieAndRestart();
        }
        Action action = die();
        assertThat(supervisor.state()).isInstanceOf(Orphaned.class);
        assertThat(action).isInstanceOf(Action.Refuse.class);
        assertThat(((Action.Refuse) action).why())
                .contains("3 restarts within 60 s")
                .contains("boom");
    }

    @Test
    void intensity_zero_givesUpAtTheFirst() {
        use(POLICY.withIntensity(0, Duration.ofSeconds(1)));
        die();
        assertThat(supervisor.state()).isInstanceOf(Orphaned.class);
    }

    @Test
    void intensity_stampAsOldAsThePeriod_counts() {
        use(POLICY.withIntensity(1, Duration.ofSeconds(60)));
        die();
        run();
        now += 60 * SECOND;
        die();
        assertThat(supervisor.state()).isInstanceOf(Orphaned.class);
    }

    @Test
    void intensity_stampOlderThanThePeriod_isDropped() {
        use(POLICY.withIntensity(1, Duration.ofSeconds(60)));
        for (int i = 0; i < 5; i++) {
            die();
            assertThat(supervisor.state()).isNotInstanceOf(Orphaned.class);
            assertThat(supervisor.history().restarts()).hasSize(1);
            run();
            now += 60 * SECOND + 1;
        }
    }

    /** Against OTP's rule, spelled out. */
    @Test
    void intensity_randomDeaths_asOtp() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int intensity = random.nextInt(5);
            int period = 1 + random.nextInt(20);
            use(POLICY.withIntensity(intensity, Duration.ofSeconds(period)));
            List<Long> stamps = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                now += random.nextInt(8) * SECOND;
                stamps.add(now);
                stamps.removeIf(stamp -> stamp < now - period * SECOND);
                die();
                boolean givesUp = stamps.size() > intensity;
                assertThat(supervisor.state() instanceof Orphaned)
                        .as("seed %s", seed)
                        .isEqualTo(givesUp);
                if (givesUp) {
                    break;
                }
                run();
            }
        }
    }

    // ---- back-off ----

    @Test
    void backOff_firstDeath_withoutDelay() {
        use(POLICY);
        assertThat(die()).isInstanceOf(Action.HandOver.class);
    }

    @Test
    void backOff_thenDoubling_upToTheCap() {
        use(POLICY.withIntensity(100, Duration.ofSeconds(60)));
        dieAndRestart();
        for (long millis : new long[] {10, 20, 40, 80, 80, 80}) {
            assertThat(dieAndRestart()).isEqualTo(new Action.Wait(millis * MILLI));
        }
    }

    @Test
    void backOff_waitsUntilDue() {
        use(POLICY);
        dieAndRestart();
        die();
        assertThat(supervisor.state()).isEqualTo(new BackingOff(10 * MILLI, "boom"));
        assertThat(on(new Signal.Due(), 0)).isInstanceOf(Action.HandOver.class);
    }

    @Test
    void backOff_attemptCountsUp() {
        use(POLICY);
        assertThat(((Action.HandOver) die()).attempt()).isEqualTo(1);
        run();
        die();
        assertThat(((Action.HandOver) on(new Signal.Due(), 0)).attempt()).isEqualTo(2);
    }

    @Test
    void calm_asLongAsAsked_startsAnew() {
        use(POLICY.withIntensity(100, Duration.ofSeconds(60)));
        dieAndRestart();
        dieAndRestart();
        now += 5 * SECOND;
        assertThat(die()).isInstanceOf(Action.HandOver.class);
        run();
        assertThat(die()).isEqualTo(new Action.Wait(10 * MILLI));
    }

    @Test
    void calm_notQuite_goesOnDoubling() {
        use(POLICY);
        dieAndRestart();
        dieAndRestart();
        now += 5 * SECOND - 1;
        assertThat(die()).isEqualTo(new Action.Wait(20 * MILLI));
    }

    @Test
    void death_beforeItStarted_isNeverCalm() {
        use(POLICY);
        dieAndRestart();
        die();
        on(new Signal.Due(), 0);
        on(new Signal.Submitted("Home", ++epoch), 0);
        now += 60 * SECOND;
        assertThat(die()).isEqualTo(new Action.Wait(20 * MILLI));
    }

    // ---- rejections ----

    @Test
    void rejected_backsOff_isNoDeath() {
        use(POLICY);
        dieAndRestart();
        RestartHistory before = supervisor.history();
        die();
        on(new Signal.Due(), 0);
        for (int i = 0; i < 50; i++) {
            on(new Signal.Submitted("Home", ++epoch), 0);
            Action action = on(new Signal.Rejected(epoch, "full"), 0);
            assertThat(action).isEqualTo(new Action.Wait(Math.min(80, 10L << Math.min(i, 10)) * MILLI));
            assertThat(on(new Signal.Due(), 0)).isInstanceOf(Action.HandOver.class);
        }
        assertThat(supervisor.history().restarts()).hasSize(before.restarts().size() + 1);
        assertThat(supervisor.history().inARow()).isEqualTo(before.inARow() + 1);
    }

    @Test
    void rejected_thenStarted_isForgotten() {
        use(POLICY);
        die();
        on(new Signal.Submitted("Home", ++epoch), 0);
        on(new Signal.Rejected(epoch, "full"), 0);
        on(new Signal.Due(), 0);
        assertThat(supervisor.state()).isNotInstanceOf(Starting.class);
        run();
        assertThat(supervisor.history().rejected()).isZero();
    }

    // ---- the policy itself ----

    @Test
    void backoffNanos_jitter_takesUpToAHalfOff() {
        assertThat(POLICY.backoffNanos(2, 0)).isEqualTo(10 * MILLI);
        assertThat(POLICY.backoffNanos(2, 0.5)).isEqualTo(7_500_000);
        assertThat(POLICY.backoffNanos(2, Math.nextDown(1.0))).isBetween(5 * MILLI, 5 * MILLI + 1);
    }

    @Test
    void backoffNanos_anyAttempt_withinBounds() {
        RestartPolicy wide = POLICY.withBackoff(Duration.ofNanos(1), Duration.ofDays(1000));
        for (RestartPolicy policy : new RestartPolicy[] {POLICY, wide}) {
            long last = 0;
            for (int attempt = 2; attempt < 200; attempt++) {
                long delay = policy.backoffNanos(attempt, 0);
                assertThat(delay)
                        .isBetween(Math.max(1, last), policy.maxBackoff().toNanos());
                assertThat(policy.backoffNanos(attempt, Math.nextDown(1.0))).isBetween(Math.max(1, delay / 2), delay);
                last = delay;
            }
            assertThat(last).isEqualTo(policy.maxBackoff().toNanos());
            assertThat(policy.backoffNanos(Integer.MAX_VALUE, 0)).isEqualTo(last);
        }
    }

    @Test
    void policy_illegal_cannotBeMade() {
        assertThatThrownBy(() -> POLICY.withIntensity(-1, Duration.ofSeconds(1)))
                .hasMessageContaining("intensity");
        assertThatThrownBy(() -> POLICY.withIntensity(1, Duration.ZERO)).hasMessageContaining("period");
        assertThatThrownBy(() -> POLICY.withBackoff(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageContaining("minBackoff");
        assertThatThrownBy(() -> POLICY.withBackoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("maxBackoff");
        assertThatThrownBy(() -> POLICY.withCalm(Duration.ofSeconds(-1))).hasMessageContaining("calm");
    }

    @Test
    void policy_changesOneThingAtATime_andTheLongestDelayMayBeTheShortest() {
        RestartPolicy even = RestartPolicy.DEFAULT
                .withBackoff(Duration.ofMillis(5), Duration.ofMillis(5))
                .withCalm(Duration.ofMillis(7));
        assertThat(even.calm()).isEqualTo(Duration.ofMillis(7));
        assertThat(even.intensity()).isEqualTo(RestartPolicy.DEFAULT.intensity());
        assertThat(even.backoffNanos(2, 0)).isEqualTo(5 * MILLI);
        assertThat(even.backoffNanos(9, 0)).isEqualTo(5 * MILLI);
    }
}
