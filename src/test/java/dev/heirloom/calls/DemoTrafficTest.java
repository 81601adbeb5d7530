package dev.heirloom.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTrafficTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final int TICK_MILLIS = 200;
    private static final int TICKS = 5 * 60 * 1000 / TICK_MILLIS;

    private final List<DemoStep> sent = new ArrayList<>();

    @Test
    void ongoingCalls_areAboutAsManyAsAskedForAndNeverMore() {
        DemoTraffic traffic = traffic(20, step -> 204);
        int full = 0;
        for (int i = 0; i < TICKS; i++) {
            traffic.tick(START.plusMillis((long) i * TICK_MILLIS));
            assertThat(traffic.ongoing()).isLessThanOrEqualTo(20);
            full += traffic.ongoing() >= 18 ? 1 : 0;
        }
        assertThat(full).isGreaterThan(TICKS / 2);
        assertThat(sent.size()).as("requests in five minutes").isBetween(300, 3_000);
        assertThat(sent.stream().map(DemoStep::sid).distinct().count())
                .as("calls in five minutes")
                .isBetween(60L, 1_000L);
    }

    @Test
    void tick_afterALongPauseDoesNotSendEverythingAtOnce() {
        DemoTraffic traffic = traffic(20, step -> 204);
        for (int i = 0; i < 200; i++) {
            traffic.tick(START.plusMillis((long) i * TICK_MILLIS));
        }
        sent.clear();
        traffic.tick(START.plusSeconds(3_600));
        assertThat(sent).hasSizeLessThanOrEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 504})
    void failedRequest_isSentOnceMoreWithTheSameToken(int status) {
        runUntilOneCallIsOver(traffic(1, step -> status));
        assertEachSent(2);
    }

    @Test
    void unreachableServer_isTriedOnceMore() {
        runUntilOneCallIsOver(traffic(1, step -> {
            throw new IOException("refused");
        }));
        assertEachSent(2);
    }

    @Test
    void refusedRequest_isNotSentAgain() {
        runUntilOneCallIsOver(traffic(1, step -> 403));
        assertEachSent(1);
    }

    private void runUntilOneCallIsOver(DemoTraffic traffic) {
        Instant now = START;
        traffic.tick(now);
        assertThat(traffic.ongoing()).isEqualTo(1);
        String sid = sent.get(0).sid();
        for (int i = 0; i < TICKS; i++) {
            now = now.plusMillis(TICK_MILLIS);
            traffic.tick(now);
        }
        sent.removeIf(step -> !step.sid().equals(sid));
    }

    /** However often a callback is duplicated by the script: all with its token are as many attempts times as many. */
    private void assertEachSent(int attempts) {
        Map<String, Integer> byToken = new HashMap<>();
        sent.forEach(step -> byToken.merge(step.token(), 1, Integer::sum));
        assertThat(byToken).isNotEmpty();
        assertThat(byToken.values()).allSatisfy(count -> assertThat(count).isIn(attempts, 2 * attempts));
        assertThat(byToken.values()).contains(attempts);
    }

    private DemoTraffic traffic(int calls, DemoTraffic.Sender sender) {
        return new DemoTraffic(calls, new Random(7), step -> {
            sent.add(step);
            return sender.send(step);
        });
    }
}
