package dev.heirloom.calls;

import static dev.heirloom.calls.Tables.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.heirloom.manager.TestTables;
import dev.heirloom.rest.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("UnnecessaryAssignment") // no container injects anything here
class CallListTest {
    private final TestTables tables = Tables.open();
    private final CallsResource resource = new CallsResource();

    @BeforeEach
    void inject() {
        resource.calls = tables.ref(CallTables.CALLS);
        for (Call call : List.of(
                call("CA1", CallStatus.RINGING, NOW.minusSeconds(3)),
                call("CA2", CallStatus.IN_PROGRESS, NOW.minusSeconds(1)),
                call("CA3", CallStatus.BUSY, NOW.minusSeconds(2)),
                call("CA4", CallStatus.RINGING, NOW.minusSeconds(1)))) {
            var unused = resource.calls.call(t -> t.insert(call));
        }
    }

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void list_theNewestFirst() {
        assertThat(resource.list("200").calls()).extracting(CallView::sid).containsExactly("CA2", "CA4", "CA3", "CA1");
    }

    @Test
    void list_countsAllAlsoThoseItDoesNotShow() {
        CallList list = resource.list("1");
        assertThat(list.calls()).extracting(CallView::sid).containsExactly("CA2");
        assertThat(list.ongoing()).isEqualTo(3);
        assertThat(list.finished()).isEqualTo(1);
        assertThat(list.byStatus()).isEqualTo(Map.of("ringing", 2L, "in-progress", 1L, "busy", 1L));
        assertThat(resource.list("0").calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1001", "ten", "99999999999999999999", "1e3"})
    void list_limitOutOfRange(String limit) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> resource.list(limit))
                .satisfies(e -> {
                    assertThat(e.problem().status()).isEqualTo(400);
                    assertThat(e.problem().members()).containsEntry("parameter", "limit");
                });
    }

    @Test
    void get_speaksTwiliosWords() {
        assertThat(resource.get("CA2"))
                .isEqualTo(new CallView(
                        "CA2",
                        Events.FROM,
                        Events.TO,
                        "inbound",
                        "in-progress",
                        "connected",
                        "sales",
                        0,
                        NOW.minusSeconds(1),
                        null,
                        null,
                        null));
        assertThat(resource.get("CA3").duration()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CA5", "", "../x"})
    void get_unknown(String sid) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> resource.get(sid))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(404));
    }

    private static Call call(String sid, CallStatus status, Instant started) {
        Instant finished = status.isFinal() ? NOW : null;
        @Nullable Duration duration = status.isFinal() ? Duration.ofSeconds(7) : null;
        Call call = new Call(
                sid,
                Events.FROM,
                Events.TO,
                CallDirection.INBOUND,
                status,
                Menu.START,
                started,
                null,
                finished,
                duration,
                -1);
        return status == CallStatus.IN_PROGRESS ? call.press("1", null) : call;
    }
}
