package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The check of durations. */
class DurationsTest {
    static Stream<Duration> wrong() {
        return Stream.of(Duration.ZERO, Duration.ofNanos(-1), ChronoUnit.FOREVER.getDuration());
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void durationThatNobodyCanWaitFor_isRefused_byItsName(Duration duration) {
        assertThatThrownBy(() -> Durations.requirePositive(duration, "calm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("calm: ");
    }

    @Test
    void longestDuration_isAccepted() {
        Duration longest = Duration.ofNanos(Long.MAX_VALUE);
        assertThat(Durations.requirePositive(longest, "calm")).isEqualTo(longest);
    }
}
