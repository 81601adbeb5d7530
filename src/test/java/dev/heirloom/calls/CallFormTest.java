package dev.heirloom.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.heirloom.rest.Problem;
import dev.heirloom.rest.ProblemException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallFormTest {
    private final MultivaluedMap<String, String> form = Events.form(CallStatus.COMPLETED);

    @Test
    void event_readsEverything() {
        form.putSingle("SequenceNumber", "3");
        form.putSingle("Timestamp", "Sun, 01 Mar 2026 12:00:07 +0000");
        form.putSingle("CallDuration", "42");
        assertThat(new CallForm(form).event())
                .isEqualTo(new CallEvent(
                        Events.SID,
                        Events.FROM,
                        Events.TO,
                        CallDirection.INBOUND,
                        CallStatus.COMPLETED,
                        3L,
                        Instant.parse("2026-03-01T12:00:07Z"),
                        Duration.ofSeconds(42)));
    }

    @Test
    void event_whatOnlyCallbacksHaveMayBeMissing() {
        CallEvent event = new CallForm(form).event();
        assertThat(event.sequence()).isNull();
        assertThat(event.timestamp()).isNull();
        assertThat(event.duration()).isNull();
    }

    @ParameterizedTest
    @EnumSource(CallStatus.class)
    void event_everyStatus(CallStatus status) {
        assertThat(new CallForm(Events.form(status)).event().status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CallSid", "AccountSid", "From", "To", "Direction", "CallStatus"})
    void event_missing(String name) {
        form.remove(name);
        assertRefused(name, "missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CallSid",
                "AccountSid",
                "From",
                "To",
                "Direction",
                "CallStatus",
                "SequenceNumber",
                "Timestamp",
                "CallDuration"
            })
    void event_givenTwice(String name) {
        form.put(name, List.of("1", "1"));
        assertRefused(name, "more than once");
    }

    @ParameterizedTest
    @CsvSource({
        "CallSid, ''",
        "CallSid, CA123",
        "CallSid, SM0123456789abcdef0123456789abcdef",
        "CallSid, CA0123456789abcdef0123456789abcdeg",
        "CallSid, CA0123456789abcdef0123456789abcdef0",
        "AccountSid, CA0123456789abcdef0123456789abcdef",
        "Direction, sideways",
        "Direction, ''",
        "CallStatus, Completed",
        "CallStatus, ''",
        "SequenceNumber, -1",
        "SequenceNumber, one",
        "SequenceNumber, ''",
        "SequenceNumber, 99999999999999999999",
        "SequenceNumber, ٣",
        "Timestamp, 2026-03-01T12:00:07Z",
        "Timestamp, 'Mon, 01 Mar 2026 12:00:07 +0000'",
        "Timestamp, ''",
        "CallDuration, -3",
        "CallDuration, 1.5",
    })
    void event_malformed(String name, String value) {
        form.putSingle(name, value);
        assertRefused(name, "is not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n+12025550123", "+1202555\u0000"})
    void event_controlCharacters(String value) {
        form.putSingle("From", value);
        assertRefused("From", "is not");
    }

    @Test
    void event_tooLong() {
        form.putSingle("To", "1".repeat(257));
        assertRefused("To", "is not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "anonymous", "client:Zoë", "sip:alice@example.com;transport=tls", "+12025550123"})
    void event_partiesAreNotOnlyNumbers(String party) {
        form.putSingle("From", party);
        assertThat(new CallForm(form).event().from()).isEqualTo(party);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "1", "*#", "0123456789"})
    void digits(String digits) {
        form.putSingle("Digits", digits);
        assertThat(new CallForm(form).digits()).isEqualTo(digits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "1 ", "-1", "000000000000000000000000000000000"})
    void digits_malformed(String digits) {
        form.putSingle("Digits", digits);
        assertThat(refused(() -> new CallForm(form).digits()).members()).containsEntry("parameter", "Digits");
    }

    @Test
    void digits_missing() {
        assertThat(refused(() -> new CallForm(form).digits()).detail()).isEqualTo("Digits is missing.");
    }

    @Test
    void refusal_doesNotRepeatWhatWasSent() {
        form.putSingle("From", Events.FROM + "\n");
        assertThat(refused(() -> new CallForm(form).event())).asString().doesNotContain(Events.FROM);
    }

    private void assertRefused(String name, String why) {
        Problem problem = refused(() -> new CallForm(form).event());
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.members()).containsEntry("parameter", name);
        assertThat(problem.detail()).contains(name, why);
    }

    private static Problem refused(ThrowingCallable reading) {
        return catchThrowableOfType(ProblemException.class, reading).problem();
    }
}
