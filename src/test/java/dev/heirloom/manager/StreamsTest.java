package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Subscribers and the clock that looks after them; the test is the clock, and the executor. */
class StreamsTest {
    private static final Duration TICK = Duration.ofMillis(20);

    private final World world = new World();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean full;
    private final Streams streams = new Streams(
            world,
            task -> {
                if (full) {
                    throw new RejectedExecutionException("full");
                }
                tasks.add(task);
            },
            new Streams.Limits(2, Duration.ofSeconds(10), Duration.ofSeconds(15)));

    private static final class Fake implements Streams.Subscriber {
        boolean due;
        boolean over;
        boolean slow;
        boolean stopped;
        int writes;

        @Override
        public boolean isDue(long now) {
            return due || stopped;
        }

        @Override
        public void write(long now) {
            writes++;
            due = false;
            over |= stopped;
        }

        @Override
        public void tooSlow() {
            slow = true;
        }

        @Override
        public void stop() {
            stopped = true;
        }

        @Override
        public boolean isOver() {
            return over;
        }
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void idle_takesNoThread() {
        Fake idle = new Fake();
        assertThat(streams.open(idle)).isTrue();
        world.pass(Duration.ofSeconds(1));
        assertThat(tasks).isEmpty();
        assertThat(idle.writes).isZero();
    }

    @Test
    void nobody_takesNoClock() {
        Fake gone = new Fake();
        streams.open(gone);
        gone.over = true;
        world.pass(TICK);
        assertThat(streams.count()).isZero();
        assertThat(world.delayed).isEmpty();
        streams.open(new Fake());
        assertThat(world.delayed).hasSize(1);
    }

    @Test
    void due_isWrittenTo_onceAtATime() {
        Fake busy = new Fake();
        busy.due = true;
        streams.open(busy);
        world.pass(Duration.ofSeconds(1)); // nobody has run the task yet
        assertThat(tasks).hasSize(1);
        runTasks();
        busy.due = true;
        world.pass(TICK);
        runTasks();
        assertThat(busy.writes).isEqualTo(2);
    }

    @Test
    void tooMany_areRefused_untilOneHasLeft() {
        Fake first = new Fake();
        assertThat(streams.open(first)).isTrue();
        assertThat(streams.open(new Fake())).isTrue();
        assertThat(streams.isFull()).isTrue();
        assertThat(streams.open(new Fake())).isFalse();
        first.over = true;
        world.pass(TICK);
        assertThat(streams.open(new Fake())).isTrue();
    }

    @Test
    void slow_isToldSo_andHoldsUpNobody() {
        Fake slow = new Fake();
        Fake other = new Fake();
        streams.open(slow);
        streams.open(other);
        slow.due = true;
        world.pass(TICK);
        Runnable hanging = tasks.remove();
        world.pass(Duration.ofSeconds(9));
        assertThat(slow.slow).isFalse();
        other.due = true;
        world.pass(Duration.ofSeconds(2));
        runTasks();
        assertThat(slow.slow).isTrue();
        assertThat(other.writes).isEqualTo(1);
        assertThat(other.slow).isFalse();
        hanging.run();
    }

    @Test
    void fullExecutor_isTriedAgain() {
        Fake busy = new Fake();
        busy.due = true;
        full = true;
        streams.open(busy);
        world.pass(TICK);
        full = false;
        world.pass(TICK);
        runTasks();
        assertThat(busy.writes).isEqualTo(1);
    }

    @Test
    void stop_tellsEverybody_andRefusesOthers() {
        Streams direct = new Streams(
                world, Runnable::run, new Streams.Limits(5, Duration.ofSeconds(10), Duration.ofSeconds(15)));
        Fake first = new Fake();
        Fake second = new Fake();
        direct.open(first);
        direct.open(second);
        direct.stop(Duration.ofSeconds(10));
        assertThat(first.stopped && first.over && second.stopped && second.over).isTrue();
        assertThat(direct.count()).isZero();
        assertThat(direct.open(new Fake())).isFalse();
        world.pass(TICK);
        assertThat(world.delayed).isEmpty();
    }

    @Test
    void stop_leavesAloneWhoHangs() {
        Fake hanging = new Fake();
        hanging.due = true;
        streams.open(hanging);
        world.pass(TICK); // its task never runs
        streams.stop(Duration.ofMillis(1));
        assertThat(streams.count()).isZero();
    }

    @Test
    void limits_areChecked() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new Streams.Limits(-1, second, second)).hasMessageContaining("subscribers");
        assertThatThrownBy(() -> new Streams.Limits(1, Duration.ZERO, second)).hasMessageContaining("slowAfter");
        assertThatThrownBy(() -> new Streams.Limits(1, second, second.negated()))
                .hasMessageContaining("heartbeat");
    }
}
