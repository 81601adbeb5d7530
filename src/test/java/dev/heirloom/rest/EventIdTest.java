package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a client says that it stands. */
class EventIdTest {
    @Test
    void header_winsOverTheParameter() {
        assertThat(EventId.of("a-2", "a-1")).isEqualTo(new EventId("a", 2));
        assertThat(EventId.of(null, "a-1")).isEqualTo(new EventId("a", 1));
        assertThat(EventId.of("", " ")).isNull();
        assertThat(EventId.of(null, null)).isNull();
    }

    @Test
    void text_comesBack() {
        assertThat(EventId.of(EventId.text("mw1.z", 7), null))
                .isEqualTo(new EventId("mw1.z", 7))
                .hasToString("mw1.z-7");
        assertThat(EventId.of("7", null)).hasToString("7");
    }

    @Test
    void numberAlone_isOfWhatIsFollowed() {
        assertThat(new EventId(null, 7).isOf("anything")).isTrue();
        assertThat(new EventId("a", 7).isOf("a")).isTrue();
        assertThat(new EventId("a", 7).isOf("b")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "a-", "a-b-1", "A-1", "1234567890123456789", "a\nb-1", "äöü-1"})
    void nonsense_isABadRequest(String id) {
        assertThatThrownBy(() -> EventId.of(id, null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(400));
    }
}
