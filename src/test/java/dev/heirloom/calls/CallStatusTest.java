package dev.heirloom.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallStatusTest {
    @Test
    void words_areTwilios() {
        assertThat(Arrays.stream(CallStatus.values()).map(CallStatus::word))
                .containsExactlyInAnyOrder(
                        "queued",
                        "initiated",
                        "ringing",
                        "in-progress",
                        "completed",
                        "busy",
                        "failed",
                        "no-answer",
                        "canceled");
    }

    @ParameterizedTest
    @EnumSource(CallStatus.class)
    void of_readsEveryWord(CallStatus status) {
        assertThat(CallStatus.of(status.word())).contains(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "in_progress", "COMPLETED", "Ringing", "cancelled", "answered"})
    void of_readsNothingElse(String word) {
        assertThat(CallStatus.of(word)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CallStatus.class)
    void isBeyond_nothingIsBeyondAFinalStatus(CallStatus status) {
        assertThat(status.isBeyond(status)).isFalse();
        assertThat(status.isBeyond(CallStatus.COMPLETED)).isFalse();
        assertThat(CallStatus.CANCELED.isBeyond(status)).isNotEqualTo(status.isFinal());
    }
}
