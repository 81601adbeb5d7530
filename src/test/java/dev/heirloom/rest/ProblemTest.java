package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
    @Test
    void body_hasTheMembersInOrder() {
        Problem problem = Problem.of(503, "mailbox-full", "Full")
                .with("table", "calls")
                .withDetail("Too many.")
                .with("depth", 10);
        assertThat(problem.body())
                .containsExactly(
                        entry("type", "urn:heirloom:problem:mailbox-full"),
                        entry("title", "Full"),
                        entry("status", 503),
                        entry("detail", "Too many."),
                        entry("table", "calls"),
                        entry("depth", 10));
    }

    @Test
    void body_withoutDetailHasNone() {
        assertThat(Problem.ofStatus(404).body())
                .containsExactly(entry("type", "about:blank"), entry("title", "Not Found"), entry("status", 404));
        assertThat(Problem.ofStatus(499).title()).isEqualTo("HTTP 499");
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0", "PT0.001S, 1", "PT1S, 1", "PT1.000000001S, 2", "PT1M, 60"})
    void retryAfter_isWholeSecondsNeverTooFew(Duration retryAfter, String header) {
        assertThat(Problem.ofStatus(503).withRetryAfter(retryAfter).retryAfterHeader())
                .isEqualTo(header);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 200, 302, 399, 600})
    void status_isThatOfAnError(int status) {
        assertThatIllegalArgumentException().isThrownBy(() -> Problem.ofStatus(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "title", "status", "detail"})
    void with_cannotReplaceAMember(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Problem.ofStatus(400).with(name, "x"))
                .withMessageContaining(name);
    }

    @Test
    void retryAfter_isNotNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Problem.ofStatus(503).withRetryAfter(Duration.ofSeconds(-1)));
    }

    @Test
    void problem_isImmutable() {
        Problem before = Problem.ofStatus(400);
        Problem after = before.with("parameter", "x");
        assertThat(before.members()).isEmpty();
        assertThat(after).isNotEqualTo(before);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> after.members().clear());
    }
}
