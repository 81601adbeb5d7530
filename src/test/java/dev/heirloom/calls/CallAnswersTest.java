package dev.heirloom.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CallAnswersTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Call fresh = Call.begin(Events.event(CallStatus.RINGING), NOW);

    @Test
    void newCall_isWelcomedAndAskedToChoose() {
        assertThat(CallAnswers.twiml(fresh))
                .contains("Welcome", "for sales", "for support")
                .contains("action=\"menu\"", "method=\"POST\"", "numDigits=\"1\"", "actionOnEmptyResult=\"true\"");
    }

    @Test
    void supportMenu_comesAfterTheMainOne() {
        assertThat(CallAnswers.twiml(fresh.press("2", null)))
                .contains("<Gather", "billing", "technical")
                .doesNotContain("Welcome", "for sales");
    }

    @Test
    void invalidChoice_repeatsTheSameMenuWithAnApology() {
        assertThat(CallAnswers.twiml(fresh.press("2", null).press("7", null)))
                .contains("<Gather", "Sorry, that is not a choice", "billing");
    }

    @Test
    void thirdInvalidChoice_isToldGoodbye() {
        assertThat(CallAnswers.twiml(fresh.press("7", null).press("8", null).press("", null)))
                .contains("Goodbye", "<Hangup/>")
                .doesNotContain("<Gather");
    }

    @Test
    void choice_putsTheCallerThrough() {
        assertThat(CallAnswers.twiml(fresh.press("2", null).press("2", null)))
                .contains("technical support", "<Enqueue>technical</Enqueue>")
                .doesNotContain("<Gather");
    }

    @Test
    void finishedCall_isHungUpWithoutAWord() {
        Call finished = fresh.hear(Events.event(CallStatus.COMPLETED, 3L, NOW, Duration.ofSeconds(4)), NOW);
        assertThat(CallAnswers.twiml(finished)).contains("<Response><Hangup/></Response>");
    }

    @Test
    void sameRow_hearsTheSame() {
        Call call = fresh.press("2", null).press("x", null);
        assertThat(CallAnswers.twiml(call)).isEqualTo(CallAnswers.twiml(call));
    }
}
