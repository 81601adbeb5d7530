package dev.heirloom.calls;

import static dev.heirloom.calls.Events.SID;
import static dev.heirloom.calls.Events.event;
import static dev.heirloom.calls.Tables.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.manager.TestTables;
import dev.heirloom.ownership.TableRef;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallRequestsTest {
    private static final Duration RETENTION = Duration.ofMinutes(10);

    private final TestTables tables = Tables.open();
    private final TableRef<String, Call> calls = tables.ref(CallTables.CALLS);

    @AfterEach
    void close() {
        tables.close();
    }

    @ParameterizedTest
    @EnumSource(CallStatus.class)
    void status_ofAnUnknownCallInsertsIt(CallStatus status) {
        assertThat(calls.call(CallRequests.status(event(status, 0L, NOW, null), NOW, RETENTION)))
                .isTrue();
        assertThat(calls.find(SID)).get().extracting(Call::status).isEqualTo(status);
    }

    @Test
    void voice_afterCallbacksFindsTheirCall() {
        var unused = calls.call(CallRequests.status(event(CallStatus.IN_PROGRESS, 2L, NOW, null), NOW, RETENTION));
        Call call = calls.call(CallRequests.voice(event(CallStatus.RINGING), NOW));
        assertThat(call.status()).isEqualTo(CallStatus.IN_PROGRESS);
        assertThat(call.lastSequence()).isEqualTo(2);
        assertThat(calls.size()).isEqualTo(1);
    }

    @Test
    void voice_againGoesOnWhereTheCallerIs() {
        var unused = calls.call(CallRequests.menu(event(CallStatus.IN_PROGRESS), "2", null, NOW));
        Call call = calls.call(CallRequests.voice(event(CallStatus.IN_PROGRESS), NOW));
        assertThat(call.menu().step()).isEqualTo(Menu.Step.SUPPORT);
    }

    @Test
    void menu_ofAnUnknownCallStartsAtTheMainMenu() {
        Call call = calls.call(CallRequests.menu(event(CallStatus.IN_PROGRESS), "1", null, NOW));
        assertThat(call.menu().choice()).isEqualTo(Department.SALES);
        assertThat(calls.find(SID)).contains(call);
    }

    @Test
    void status_thatIsTooOldDoesNotBringACallBack() {
        CallEvent old = event(CallStatus.RINGING, 1L, NOW.minus(RETENTION).minusMillis(1), null);
        assertThat(calls.call(CallRequests.status(old, NOW, RETENTION))).isFalse();
        assertThat(calls.size()).isZero();
    }

    @Test
    void status_thatIsOldStillEndsAKnownCall() {
        var unused = calls.call(CallRequests.voice(event(CallStatus.RINGING), NOW.minus(RETENTION.multipliedBy(3))));
        CallEvent old = event(CallStatus.COMPLETED, 1L, NOW.minus(RETENTION.multipliedBy(2)), null);
        assertThat(calls.call(CallRequests.status(old, NOW, RETENTION))).isTrue();
        // The keeper may have removed it by now, and nothing but a finished call is removed here.
        assertThat(calls.find(SID).map(Call::isFinished).orElse(true)).isTrue();
    }

    @Test
    void duplicates_leaveTheVeryRow() {
        CallEvent ringing = event(CallStatus.RINGING, 1L, NOW, null);
        var first = calls.call(CallRequests.status(ringing, NOW, RETENTION));
        Call row = calls.find(SID).orElseThrow();
        var second = calls.call(CallRequests.status(ringing, NOW.plusSeconds(5), RETENTION));
        assertThat(first).isEqualTo(second);
        assertThat(calls.find(SID).orElseThrow()).isSameAs(row);
    }
}
