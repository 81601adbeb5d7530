package dev.heirloom.calls;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/**
 * The pretended callers, all of them: who calls when, and what is sent next. A request that fails is sent once more, as
 * Twilio does, and then forgotten. Not thread-safe: for one thread at a time.
 */
final class DemoTraffic {
    /** Sends a request to the webhooks. */
    interface Sender {
        /** The HTTP status of the answer. */
        int send(DemoStep step) throws IOException;
    }

    private static final Logger LOG = Logger.getLogger(DemoTraffic.class.getName());

    /** Between two new calls, at the least and at the most. */
    private static final int MIN_GAP_MILLIS = 300;

    private static final int MAX_GAP_MILLIS = 1_500;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** So many requests are sent in one go at most. */
    private static final int MOST_AT_ONCE = 20;

    private final int calls;
    private final RandomGenerator random;
    private final Sender sender;
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(each -> each.step.due()));

    /** By CallSid, how many requests are still to be sent. */
    private final Map<String, Integer> ongoing = new HashMap<>();

    private Instant nextCall = Instant.MIN;
    private boolean refused;

    /** A request and how often it may yet be tried. */
    private record Due(DemoStep step, int attempts) {}

    /** @param calls how many calls there are at a time */
    DemoTraffic(int calls, RandomGenerator random, Sender sender) {
        this.calls = calls;
        this.random = random;
        this.sender = sender;
    }

    /** Begins a call if it is time for one, and sends what is due. */
    void tick(Instant now) {
        if (ongoing.size() < calls && !nextCall.isAfter(now)) {
            begin(now);
            nextCall = now.plusMillis(random.nextInt(MIN_GAP_MILLIS, MAX_GAP_MILLIS));
        }
        for (int i = 0; i < MOST_AT_ONCE; i++) {
            Due next = due.peek();
            if (next == null || next.step.due().isAfter(now)) {
                return;
            }
            due.remove();
            if (isDelivered(next.step) || next.attempts == 1) {
                ongoing.computeIfPresent(next.step.sid(), (sid, left) -> left == 1 ? null : left - 1);
            } else {
                due.add(new Due(next.step.at(now.plus(RETRY_AFTER)), next.attempts - 1));
            }
        }
    }

    int ongoing() {
        return ongoing.size();
    }

    private void begin(Instant now) {
        for (DemoStep step : DemoScript.write(random, now)) {
            due.add(new Due(step, 2));
            ongoing.merge(step.sid(), 1, Integer::sum);
        }
    }

    /** Whether there is nothing to be gained by sending it again. */
    private boolean isDelivered(DemoStep step) {
        try {
            int status = sender.send(step);
            if (status >= 400 && status < 500) {
                LOG.log(
                        refused ? Level.FINE : Level.WARNING,
                        "a pretended caller was refused by {0} with status {1}",
                        new Object[] {step.path(), status});
                refused = true;
            } else if (status >= 500) {
                LOG.log(Level.FINE, "{0} answered a pretended caller with status {1}", new Object[] {step.path(), status
                });
            }
            return status < 500;
        } catch (IOException e) {
            LOG.log(Level.FINE, e, () -> "a pretended caller could not reach " + step.path());
            return false;
        }
    }
}
