package dev.heirloom.calls;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The course of one pretended call: what Twilio would send, and when. Some callbacks are sent twice and some overtake
 * others, as it happens. Every script ends the call. Not thread-safe.
 */
final class DemoScript {
    private static final String ACCOUNT = "AC" + "0".repeat(32);
    private static final String OUR_NUMBER = "+12025550100";

    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** What callers press: most know what they want, some do not, some give up. The empty string is silence. */
    private static final List<List<String>> CHOICES = List.of(
            List.of("1"),
            List.of("1"),
            List.of("2", "1"),
            List.of("2", "2"),
            List.of("2", "2"),
            List.of("2", "0", "1"),
            List.of("5", "1"),
            List.of("", "2", "7", "2"),
            List.of("9", "", "#"),
            List.of("2"),
            List.of());

    private static final List<CallStatus> FAILURES =
            List.of(CallStatus.BUSY, CallStatus.NO_ANSWER, CallStatus.FAILED, CallStatus.CANCELED);

    private final RandomGenerator random;
    private final String sid;
    private final String number;
    private final CallDirection direction;
    private final Instant start;
    private final List<DemoStep> steps = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private CallStatus status = CallStatus.QUEUED;
    private int sequence;

    private DemoScript(RandomGenerator random, CallDirection direction, Instant start) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        this.random = random;
        this.sid = "CA" + HexFormat.of().formatHex(id);
        this.number = "+1202555" + String.format(Locale.ROOT, "%04d", 101 + random.nextInt(99)); // numbers of fiction
        this.direction = direction;
        this.start = start;
    }

    /** The requests of one call, in the order in which they are sent. */
    static List<DemoStep> write(RandomGenerator random, Instant start) {
        boolean failing = random.nextInt(6) == 0;
        DemoScript script = new DemoScript(random, failing ? CallDirection.OUTBOUND_API : CallDirection.INBOUND, start);
        if (failing) {
            script.failingCall(FAILURES.get(random.nextInt(FAILURES.size())));
        } else {
            script.answeredCall(CHOICES.get(random.nextInt(CHOICES.size())));
        }
        return script.asDelivered();
    }

    private void answeredCall(List<String> choices) {
        status(CallStatus.INITIATED);
        pass(100, 400);
        status(CallStatus.RINGING);
        pass(100, 3_000);
        send(DemoStep.VOICE, form());
        status(CallStatus.IN_PROGRESS);
        Duration answered = now;
        Menu menu = Menu.START;
        for (String digits : choices) {
            pass(2_000, 5_000);
            MultivaluedMap<String, String> form = form();
            form.putSingle("Digits", digits);
            send(DemoStep.MENU, form);
            menu = menu.press(digits, null);
        }
        if (menu.step() == Menu.Step.CONNECTED) {
            pass(10_000, 50_000);
        } else {
            pass(2_000, 6_000);
        }
        status = CallStatus.COMPLETED;
        MultivaluedMap<String, String> form = form();
        form.putSingle("CallDuration", Long.toString(now.minus(answered).toSeconds()));
        sendStatus(form);
    }

    private void failingCall(CallStatus end) {
        status(CallStatus.QUEUED);
        pass(100, 500);
        status(CallStatus.INITIATED);
        pass(200, 1_000);
        if (end != CallStatus.FAILED) {
            status(CallStatus.RINGING);
            pass(2_000, end == CallStatus.BUSY ? 4_000 : 20_000);
        }
        status(end);
    }

    private void pass(int fromMillis, int toMillis) {
        now = now.plusMillis(random.nextInt(fromMillis, toMillis));
    }

    private void status(CallStatus next) {
        status = next;
        sendStatus(form());
    }

    private void sendStatus(MultivaluedMap<String, String> form) {
        form.putSingle("SequenceNumber", Integer.toString(sequence++));
        form.putSingle("Timestamp", RFC_2822.format(start.plus(now)));
        form.putSingle("CallbackSource", "call-progress-events");
        send(DemoStep.STATUS, form);
    }

    private MultivaluedMap<String, String> form() {
        boolean inbound = direction == CallDirection.INBOUND;
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        form.putSingle("CallSid", sid);
        form.putSingle("AccountSid", ACCOUNT);
        form.putSingle("From", inbound ? number : OUR_NUMBER);
        form.putSingle("To", inbound ? OUR_NUMBER : number);
        form.putSingle("Direction", direction.word());
        form.putSingle("CallStatus", status.word());
        form.putSingle("ApiVersion", "2010-04-01");
        return form;
    }

    private void send(String path, MultivaluedMap<String, String> form) {
        byte[] token = new byte[16];
        random.nextBytes(token);
        steps.add(new DemoStep(start.plus(now), path, form, HexFormat.of().formatHex(token)));
    }

    /** Delays some callbacks, so that later ones overtake them, and sends some twice. */
    private List<DemoStep> asDelivered() {
        List<DemoStep> delivered = new ArrayList<>();
        for (DemoStep step : steps) {
            boolean callback = step.path().equals(DemoStep.STATUS);
            DemoStep first =
                    callback && random.nextInt(8) == 0 ? step.at(step.due().plusMillis(random.nextInt(3_000))) : step;
            delivered.add(first);
            if (callback && random.nextInt(8) == 0) {
                delivered.add(first.at(first.due().plusMillis(random.nextInt(100, 2_000))));
            }
        }
        delivered.sort(Comparator.comparing(DemoStep::due));
        return delivered;
    }
}
