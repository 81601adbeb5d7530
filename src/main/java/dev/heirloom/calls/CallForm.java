package dev.heirloom.calls;

import dev.heirloom.rest.Problem;
import dev.heirloom.rest.ProblemException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form that Twilio posts, read strictly: what is missing or malformed is refused, by name. What was sent is never
 * repeated in the refusal, it may be a phone number.
 */
final class CallForm {
    private static final Pattern CALL_SID = Pattern.compile("CA[0-9a-fA-F]{32}");
    private static final Pattern ACCOUNT_SID = Pattern.compile("AC[0-9a-fA-F]{32}");
    private static final Pattern DIGITS = Pattern.compile("[0-9*#]{0,32}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** A phone number, a SIP address, a client's name, or "anonymous"; empty if the caller's is withheld. */
    private static final Pattern PARTY = Pattern.compile("[^\\p{Cntrl}]{0,256}");

    private final MultivaluedMap<String, String> form;

    CallForm(MultivaluedMap<String, String> form) {
        this.form = form;
    }

    /**
     * What the form says about a call.
     *
     * @throws ProblemException 400, if a parameter is missing or malformed
     */
    CallEvent event() {
        String sid = matching("CallSid", CALL_SID, "CA and 32 hexadecimal digits");
        matching("AccountSid", ACCOUNT_SID, "AC and 32 hexadecimal digits");
        return new CallEvent(
                sid,
                matching("From", PARTY, "at most 256 characters"),
                matching("To", PARTY, "at most 256 characters"),
                parsed(
                        "Direction",
                        required("Direction"),
                        "a direction that Twilio knows",
                        word -> CallDirection.of(word).orElse(null)),
                parsed(
                        "CallStatus",
                        required("CallStatus"),
                        "a status that Twilio knows",
                        word -> CallStatus.of(word).orElse(null)),
                optional("SequenceNumber", "a number from 0 up", CallForm::number),
                optional("Timestamp", "a date by RFC 2822", CallForm::timestamp),
                optional("CallDuration", "a number of seconds from 0 up", CallForm::seconds));
    }

    /**
     * The keys that the caller pressed; empty for silence.
     *
     * @throws ProblemException 400, if the parameter is missing or malformed
     */
    String digits() {
        return matching("Digits", DIGITS, "keys of a phone: 0 to 9, * and #");
    }

    private String matching(String name, Pattern pattern, String what) {
        return parsed(name, required(name), what, text -> pattern.matcher(text).matches() ? text : null);
    }

    private <T> @Nullable T optional(String name, String what, Function<String, @Nullable T> parser) {
        String text = only(name);
        return text == null ? null : parsed(name, text, what, parser);
    }

    private <T> T parsed(String name, String text, String what, Function<String, @Nullable T> parser) {
        T value = parser.apply(text);
        if (value == null) {
            throw refused(name, name + " is not " + what + ".");
        }
        return value;
    }

    private String required(String name) {
        String text = only(name);
        if (text == null) {
            throw refused(name, name + " is missing.");
        }
        return text;
    }

    private @Nullable String only(String name) {
        List<String> values = form.get(name);
        if (values == null || values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw refused(name, name + " is given more than once.");
        }
        return values.get(0);
    }

    private static ProblemException refused(String name, String why) {
        return new ProblemException(Problem.of(400, "invalid-parameter", "A parameter is missing or malformed")
                .withDetail(why)
                .with("parameter", name));
    }

    private static @Nullable Long number(String text) {
        return NUMBER.matcher(text).matches() ? Long.valueOf(text) : null;
    }

    private static @Nullable Duration seconds(String text) {
        Long seconds = number(text);
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    private static @Nullable Instant timestamp(String text) {
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
