package dev.heirloom.calls;

import static dev.heirloom.calls.Tables.MAX_DURATION;
import static dev.heirloom.calls.Tables.NOW;
import static dev.heirloom.calls.Tables.RETENTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heirloom.manager.TestTables;
import dev.heirloom.ownership.Sabotage;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.Failpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallKeeperTest {
    private final Tables.Hands clock = new Tables.Hands();
    private final TestTables tables = Tables.open(clock);
    private final TableRef<String, Call> calls = tables.ref(CallTables.CALLS);

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void finishedCall_staysForTheRetentionAndNoLonger() {
        insert(finished("CA1", NOW));
        insert(finished("CA2", NOW.plusMillis(1)));
        clock.forward(RETENTION.plusMillis(1)); // CA1 was over for longer, CA2 for exactly as long
        await().until(() -> !calls.contains("CA1"));
        assertThat(calls.contains("CA2")).isTrue();
    }

    @Test
    void ongoingCall_outlivesTheRetention() {
        insert(ongoing("CA1", NOW));
        insert(finished("CA2", NOW));
        clock.forward(MAX_DURATION);
        await().until(() -> !calls.contains("CA2"));
        assertThat(calls.contains("CA1")).isTrue();
    }

    @Test
    void ongoingCall_thatNobodyEndedIsRemovedAtLast() {
        insert(ongoing("CA1", NOW));
        clock.forward(MAX_DURATION.plusMillis(1));
        await().until(() -> calls.size() == 0);
    }

    @Test
    void manyCalls_areRemovedInSeveralUnits() {
        int many = 2 * CallKeeper.MOST_AT_ONCE + 1;
        var unused = calls.call(t -> {
            for (int i = 0; i < many; i++) {
                t.insert(finished(String.format(Locale.ROOT, "CA%05d", i), NOW));
            }
            return many;
        });
        assertThat(calls.size()).isEqualTo(many);
        clock.forward(RETENTION.plusMillis(1));
        await().until(() -> calls.size() == 0);
    }

    @Test
    void nextOwner_goesOnRemoving() {
        insert(finished("CA1", NOW));
        tables.crash(CallTables.CALLS, new Sabotage(Sabotage.How.ERROR, Failpoint.BEFORE_PUBLICATION));
        clock.forward(RETENTION.plusMillis(1)); // the keeper dies while it removes the call
        await().until(() -> calls.size() == 0);
        assertThat(tables.status(CallTables.CALLS).restarts()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"PT0.01S, PT0.1S", "PT1S, PT0.1S", "PT30S, PT3S", "PT10M, PT10S"})
    void pause_isATenthWithinBounds(Duration retention, Duration pause) {
        assertThat(new CallKeeper(retention, MAX_DURATION, clock).pause()).isEqualTo(pause);
    }

    private void insert(Call call) {
        var unused = calls.call(t -> t.insert(call));
    }

    private static Call ongoing(String sid, Instant since) {
        return call(sid, CallStatus.IN_PROGRESS, since, null);
    }

    private static Call finished(String sid, Instant at) {
        return call(sid, CallStatus.COMPLETED, at.minusSeconds(60), at);
    }

    private static Call call(String sid, CallStatus status, Instant started, @Nullable Instant finished) {
        return new Call(
                sid,
                Events.FROM,
                Events.TO,
                CallDirection.INBOUND,
                status,
                Menu.START,
                started,
                started,
                finished,
                null,
                -1);
    }
}
