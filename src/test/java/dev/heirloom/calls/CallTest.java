package dev.heirloom.calls;

import static dev.heirloom.calls.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant NOW = START.plusSeconds(60);

    private static final List<CallEvent> LIFE = List.of(
            event(CallStatus.QUEUED, 0L, START, null),
            event(CallStatus.INITIATED, 1L, START.plusSeconds(1), null),
            event(CallStatus.RINGING, 2L, START.plusSeconds(2), null),
            event(CallStatus.IN_PROGRESS, 3L, START.plusSeconds(5), null),
            event(CallStatus.COMPLETED, 4L, START.plusSeconds(45), Duration.ofSeconds(40)));

    @Test
    void callbacks_inAnyOrderAndTwice_endInTheSameRow() {
        Call inOrder = after(LIFE);
        assertThat(inOrder.status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(inOrder.startedAt()).isEqualTo(START);
        assertThat(inOrder.answeredAt()).isEqualTo(START.plusSeconds(5));
        assertThat(inOrder.finishedAt()).isEqualTo(START.plusSeconds(45));
        assertThat(inOrder.duration()).isEqualTo(Duration.ofSeconds(40));
        assertThat(inOrder.lastSequence()).isEqualTo(4);
        List<List<CallEvent>> orders = permutations(LIFE);
        assertThat(orders).hasSize(120).allSatisfy(order -> {
            assertThat(after(order)).isEqualTo(inOrder);
            List<CallEvent> twice = new ArrayList<>(order);
            twice.addAll(order);
            assertThat(after(twice)).isEqualTo(inOrder);
        });
    }

    @Test
    void status_neverGoesBack() {
        for (List<CallEvent> order : permutations(LIFE)) {
            Call call = Call.begin(order.get(0), NOW);
            for (CallEvent event : order) {
                Call after = call.hear(event, NOW);
                assertThat(call.status().isBeyond(after.status())).isFalse();
                assertThat(after.lastSequence()).isGreaterThanOrEqualTo(call.lastSequence());
                call = after;
            }
        }
    }

    @Test
    void duplicate_changesNothing() {
        Call call = after(LIFE.subList(0, 4));
        assertThat(call.hear(LIFE.get(3), NOW.plusSeconds(9))).isEqualTo(call);
    }

    @Test
    void duplicateWithoutTimestamp_changesNothingLater() {
        Call ringing = Call.begin(event(CallStatus.RINGING), NOW);
        assertThat(ringing.hear(event(CallStatus.RINGING), NOW.plusSeconds(9))).isEqualTo(ringing);
        Call talking = ringing.hear(event(CallStatus.IN_PROGRESS), NOW.plusSeconds(10));
        assertThat(talking.answeredAt()).isEqualTo(NOW.plusSeconds(10));
        assertThat(talking.hear(event(CallStatus.IN_PROGRESS), NOW.plusSeconds(20)))
                .isEqualTo(talking);
    }

    @ParameterizedTest
    @EnumSource(CallStatus.class)
    void firstFinalStatus_stays(CallStatus later) {
        Call busy = Call.begin(event(CallStatus.BUSY, 3L, START, null), NOW);
        Call after = busy.hear(event(later, 9L, NOW, Duration.ofSeconds(7)), NOW);
        assertThat(after.status()).isEqualTo(CallStatus.BUSY);
        assertThat(after.finishedAt()).isEqualTo(START);
        assertThat(after.duration()).isEqualTo(later == CallStatus.BUSY ? Duration.ofSeconds(7) : null);
    }

    @Test
    void finalCallbackWithASequenceNumberSeenBefore_stillEndsTheCall() {
        Call talking = after(LIFE.subList(0, 4));
        Call ended = talking.hear(event(CallStatus.COMPLETED, 0L, NOW, null), NOW);
        assertThat(ended.isFinished()).isTrue();
        assertThat(ended.lastSequence()).isEqualTo(3);
    }

    @Test
    void higherSequenceNumberOfAnEarlierStatus_doesNotGoBack() {
        Call talking = after(LIFE.subList(0, 4));
        Call after = talking.hear(event(CallStatus.RINGING, 9L, NOW, null), NOW);
        assertThat(after.status()).isEqualTo(CallStatus.IN_PROGRESS);
        assertThat(after.lastSequence()).isEqualTo(9);
    }

    @Test
    void lateCallback_stillTellsWhenTheCallWasAnswered() {
        Call finished = Call.begin(LIFE.get(4), NOW);
        assertThat(finished.answeredAt()).isNull();
        Call after = finished.hear(LIFE.get(3), NOW);
        assertThat(after.answeredAt()).isEqualTo(START.plusSeconds(5));
        assertThat(after.status()).isEqualTo(CallStatus.COMPLETED);
    }

    @Test
    void clockAheadOfOurs_isNow() {
        Call call = Call.begin(event(CallStatus.COMPLETED, 0L, NOW.plus(Duration.ofDays(300)), null), NOW);
        assertThat(call.startedAt()).isEqualTo(NOW);
        assertThat(call.finishedAt()).isEqualTo(NOW);
    }

    @Test
    void requestWithoutSequenceNumber_leavesItAsItWas() {
        assertThat(Call.begin(event(CallStatus.RINGING), NOW).lastSequence()).isEqualTo(-1);
        assertThat(after(LIFE).hear(event(CallStatus.COMPLETED), NOW)).isEqualTo(after(LIFE));
    }

    @Test
    void keysAfterTheEnd_changeNothing() {
        Call finished = after(LIFE);
        assertThat(finished.press("7", null)).isEqualTo(finished);
    }

    @Test
    void callback_leavesTheMenuAlone() {
        Call call = Call.begin(event(CallStatus.RINGING), NOW).press("2", "r").press("7", "s");
        assertThat(call.hear(LIFE.get(4), NOW).menu()).isEqualTo(call.menu());
    }

    @ParameterizedTest
    @EnumSource(CallStatus.class)
    void finishedAt_isOfFinishedCallsOnly(CallStatus status) {
        Instant wrong = status.isFinal() ? null : NOW;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Call(
                        Events.SID,
                        Events.FROM,
                        Events.TO,
                        CallDirection.INBOUND,
                        status,
                        Menu.START,
                        NOW,
                        null,
                        wrong,
                        null,
                        -1))
                .withMessageContaining(status.word());
    }

    @Test
    void phoneNumbers_areInNoText() {
        assertThat(after(LIFE)).asString().doesNotContain(Events.FROM, Events.TO);
        assertThat(LIFE.get(0)).asString().doesNotContain(Events.FROM, Events.TO);
    }

    private static Call after(List<CallEvent> events) {
        Call call = Call.begin(events.get(0), NOW);
        for (CallEvent event : events.subList(1, events.size())) {
            call = call.hear(event, NOW);
        }
        return call;
    }

    private static <T> List<List<T>> permutations(List<T> all) {
        if (all.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> permutations = new ArrayList<>();
        for (T first : all) {
            List<T> rest = new ArrayList<>(all);
            rest.remove(first);
            for (List<T> tail : permutations(rest)) {
                List<T> permutation = new ArrayList<>(List.of(first));
                permutation.addAll(tail);
                permutations.add(permutation);
            }
        }
        return permutations;
    }
}
