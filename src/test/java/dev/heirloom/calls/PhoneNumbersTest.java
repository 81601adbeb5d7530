package dev.heirloom.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.heirloom.manager.TestTables;
import dev.heirloom.rest.ProblemException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No number of a caller gets into a log or an answer as a whole. */
@SuppressWarnings("UnnecessaryAssignment") // what CDI would inject
class PhoneNumbersTest {
    private static final String FROM = "+491701234512";
    private static final String TO = "+4930987654321";

    private final StringBuilder logged = new StringBuilder();
    private final TestTables tables = Tables.open(() -> Tables.NOW);
    private final CallWebhooks webhooks = new CallWebhooks();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            synchronized (logged) {
                logged.append(new SimpleFormatter().format(entry));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final Logger root = Logger.getLogger("dev.heirloom");
    private Level before;

    @BeforeEach
    void listen() {
        before = root.getLevel();
        root.setLevel(Level.ALL);
        root.addHandler(handler);
        webhooks.calls = tables.ref(CallTables.CALLS);
        webhooks.gate = new TwilioGate();
        webhooks.gate.settings = TwilioSettingsTest.settings(Optional.of("secret"), Optional.empty(), false);
        webhooks.settings = new CallSettings();
        webhooks.settings.retention = Duration.ofMinutes(10);
    }

    @AfterEach
    void stop() {
        root.removeHandler(handler);
        root.setLevel(before);
        tables.close();
    }

    @ParameterizedTest
    @CsvSource({
        "+491701234512, +49*****12",
        "+1, *****",
        "'', *****",
        "anonymous, *****",
        "sip:someone@example.com, sip*****om"
    })
    void masked_hasTheEndsOnly(String number, String masked) {
        assertThat(PhoneNumbers.masked(number)).isEqualTo(masked);
    }

    @Test
    void webhooks_logAndAnswerNoNumber_whateverFails() {
        MultivaluedMap<String, String> form = Events.form(CallStatus.RINGING);
        form.putSingle("From", FROM);
        form.putSingle("To", TO);
        String url = "http://localhost:8080/heirloom/api/calls/voice";
        String signature = new TwilioSignature("secret").sign(url, form);
        assertThat(webhooks.voice(signature, Uris.of("calls/voice"), form)).doesNotContain(FROM, TO);
        assertThat(webhooks.calls.find(Events.SID).orElseThrow().from()).isEqualTo(FROM);
        Logger.getLogger("dev.heirloom.test").info(() -> "logged: " + webhooks.calls.find(Events.SID));
        told(() -> webhooks.voice("forged", Uris.of("calls/voice"), form));
        form.putSingle("To", TO + "\n");
        told(() -> webhooks.voice(new TwilioSignature("secret").sign(url, form), Uris.of("calls/voice"), form));
        tables.close(); // and everything has been said
        assertThat(logged.toString()).contains("logged: ", "+49*****12").doesNotContain(FROM, TO);
    }

    private void told(Runnable request) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(request::run)
                .satisfies(e -> {
                    StringWriter text = new StringWriter();
                    e.printStackTrace(new PrintWriter(text));
                    assertThat(text + " " + e.problem()).doesNotContain(FROM, TO);
                });
    }
}
