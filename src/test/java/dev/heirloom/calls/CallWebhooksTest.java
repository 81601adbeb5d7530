package dev.heirloom.calls;

import static dev.heirloom.calls.Events.SID;
import static dev.heirloom.calls.Tables.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.heirloom.manager.TestTables;
import dev.heirloom.ownership.InjectedCrashException;
import dev.heirloom.ownership.OwnerDiedException;
import dev.heirloom.ownership.Sabotage;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.rest.ProblemException;
import dev.heirloom.table.Failpoint;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("UnnecessaryAssignment") // no container injects anything here
class CallWebhooksTest {
    private static final String TOKEN = "secret";

    private final TestTables tables = Tables.open(() -> NOW);
    private final TableRef<String, Call> calls = tables.ref(CallTables.CALLS);
    private final TwilioSettings settings = TwilioSettingsTest.settings(Optional.of(TOKEN), Optional.empty(), false);
    private final CallWebhooks webhooks = new CallWebhooks();

    @BeforeEach
    void inject() {
        webhooks.calls = calls;
        webhooks.gate = new TwilioGate();
        webhooks.gate.settings = settings;
        webhooks.settings = new CallSettings();
        webhooks.settings.retention = Duration.ofMinutes(10);
        webhooks.clock = () -> NOW;
    }

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void call_fromRingingToTheEnd() {
        assertThat(voice(Events.form(CallStatus.RINGING))).contains("Welcome");
        assertThat(menu("2", null)).contains("billing");
        assertThat(menu("9", null)).contains("Sorry, that is not a choice");
        assertThat(voice(Events.form(CallStatus.IN_PROGRESS))).contains("billing");
        assertThat(menu("1", null)).contains("<Enqueue>billing</Enqueue>");
        MultivaluedMap<String, String> completed = Events.form(CallStatus.COMPLETED);
        completed.putSingle("SequenceNumber", "3");
        completed.putSingle("CallDuration", "42");
        status(completed);
        Call call = calls.find(SID).orElseThrow();
        assertThat(call.status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(call.duration()).isEqualTo(Duration.ofSeconds(42));
        assertThat(call.menu().choice()).isEqualTo(Department.BILLING);
        assertThat(menu("1", null)).contains("<Response><Hangup/></Response>");
    }

    @Test
    void thirdInvalidChoice_endsTheCall() {
        assertThat(menu("9", null)).contains("<Gather");
        assertThat(menu("", null)).contains("<Gather");
        assertThat(menu("#", null)).contains("Goodbye").doesNotContain("<Gather");
    }

    @Test
    void choiceDeliveredTwice_countsOnceAndHearsTheSame() {
        String answer = menu("9", "attempt-1");
        assertThat(menu("9", "attempt-1")).isEqualTo(answer);
        assertThat(calls.find(SID).orElseThrow().menu().invalidChoices()).isEqualTo(1);
    }

    @Test
    void attemptTokenThatIsTooLong_isNotKept() {
        var unused = menu("9", "x".repeat(129));
        assertThat(calls.find(SID).orElseThrow().menu().lastRequest()).isNull();
    }

    // ---- what is refused, and leaves no trace ----

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong"})
    void wrongSignature_isRefused(String signature) {
        MultivaluedMap<String, String> form = Events.form(CallStatus.RINGING);
        assertRefused(403, () -> webhooks.voice(signature, Uris.of("calls/voice"), form));
        assertRefused(403, () -> webhooks.menu(signature, null, Uris.of("calls/menu"), form));
        assertRefused(403, () -> webhooks.status(signature, Uris.of("calls/status"), form));
    }

    @Test
    void missingSignature_isRefused() {
        assertRefused(403, () -> webhooks.status(null, Uris.of("calls/status"), Events.form(CallStatus.RINGING)));
    }

    @Test
    void signatureOfAnotherWebhook_isRefused() {
        MultivaluedMap<String, String> form = Events.form(CallStatus.COMPLETED);
        assertRefused(403, () -> webhooks.status(signed("calls/voice", form), Uris.of("calls/status"), form));
    }

    @Test
    void parameterAddedAfterSigning_isRefused() {
        MultivaluedMap<String, String> form = Events.form(CallStatus.COMPLETED);
        String signature = signed("calls/status", form);
        form.putSingle("SequenceNumber", "9");
        assertRefused(403, () -> webhooks.status(signature, Uris.of("calls/status"), form));
    }

    @Test
    void signature_isCheckedBeforeParameters() {
        MultivaluedMap<String, String> form = Events.form(CallStatus.RINGING);
        form.remove("CallSid");
        assertRefused(403, () -> webhooks.voice("wrong", Uris.of("calls/voice"), form));
        assertRefused(400, () -> voice(form));
    }

    @Test
    void malformedParameter_leavesNoTrace() {
        MultivaluedMap<String, String> form = Events.form(CallStatus.IN_PROGRESS);
        form.putSingle("Digits", "one");
        assertRefused(400, () -> webhooks.menu(signed("calls/menu", form), null, Uris.of("calls/menu"), form));
    }

    @Test
    void noAuthToken_saysWhichSettingIsMissing() {
        settings.authToken = Optional.of(" ");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> status(Events.form(CallStatus.RINGING)))
                .satisfies(e -> {
                    assertThat(e.problem().status()).isEqualTo(503);
                    assertThat(e.problem().members()).containsEntry("setting", "heirloom.twilio.auth-token");
                    assertThat(e.problem().detail()).contains("heirloom.twilio.auth-token");
                });
    }

    // ---- an owner that dies ----

    @ParameterizedTest
    @EnumSource(
            value = Failpoint.class,
            names = {"BEFORE_FUNCTION", "IN_FUNCTION", "BEFORE_COMMIT", "IN_COMMIT", "BEFORE_PUBLICATION"})
    void ownerThatDiesOnce_isNotNoticed(Failpoint at) {
        tables.crash(CallTables.CALLS, new Sabotage(Sabotage.How.EXCEPTION, at));
        assertThat(menu("9", null)).contains("<Gather");
        assertThat(calls.find(SID).orElseThrow().menu().invalidChoices()).isEqualTo(1);
        assertThat(tables.status(CallTables.CALLS).restarts()).isEqualTo(1);
    }

    @Test
    void ownerThatDiesAfterPublication_countsOnce() {
        tables.crash(CallTables.CALLS, new Sabotage(Sabotage.How.ERROR, Failpoint.AFTER_PUBLICATION));
        assertThat(menu("9", null)).contains("<Gather");
        assertThat(calls.find(SID).orElseThrow().menu().invalidChoices()).isEqualTo(1);
    }

    @Test
    void ownerThatDiesTwice_isToldAndNothingIsChanged() {
        AtomicInteger crashes = new AtomicInteger(2);
        tables.crash(CallTables.CALLS, point -> {
            if (point == Failpoint.IN_FUNCTION && crashes.getAndDecrement() > 0) {
                throw new InjectedCrashException(point);
            }
        });
        assertThatExceptionOfType(OwnerDiedException.class).isThrownBy(() -> status(Events.form(CallStatus.RINGING)));
        assertThat(calls.size()).isZero();
        status(Events.form(CallStatus.RINGING));
        assertThat(calls.size()).isEqualTo(1);
    }

    private String voice(MultivaluedMap<String, String> form) {
        return webhooks.voice(signed("calls/voice", form), Uris.of("calls/voice"), form);
    }

    private String menu(String digits, @Nullable String attempts) {
        MultivaluedMap<String, String> form = Events.form(CallStatus.IN_PROGRESS);
        form.putSingle("Digits", digits);
        return webhooks.menu(signed("calls/menu", form), attempts, Uris.of("calls/menu"), form);
    }

    private void status(MultivaluedMap<String, String> form) {
        webhooks.status(signed("calls/status", form), Uris.of("calls/status"), form);
    }

    private static String signed(String path, MultivaluedMap<String, String> form) {
        return new TwilioSignature(TOKEN).sign(Uris.of(path).getRequestUri().toString(), form);
    }

    private void assertRefused(int status, ThrowingCallable request) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(request)
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(status));
        assertThat(calls.size()).isZero();
    }
}
