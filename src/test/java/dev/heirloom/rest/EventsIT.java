package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heirloom.Deployments;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators see of a real server: event streams, history, orders to owners, metrics and traces. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class EventsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST = 4;
    private static final Pattern METRIC = Pattern.compile("heirloom_[a-z_]+");
    private static final TraceReceiver TRACES = new TraceReceiver();

    @Deployment(testable = false)
    static WebArchive deployment() {
        return Deployments.application(
                        "heirloom.chaos=true",
                        "heirloom.demo=false",
                        "heirloom.events.heartbeat=PT0.5S",
                        "heirloom.events.max-subscribers=" + MOST,
                        "otel.sdk.disabled=false",
                        "otel.service.name=heirloom-test",
                        "otel.exporter.otlp.protocol=http/protobuf",
                        "otel.exporter.otlp.endpoint=" + TRACES.url(),
                        "otel.metrics.exporter=none",
                        "otel.logs.exporter=none",
                        "otel.bsp.schedule.delay=200")
                .addClasses(FollowedTables.class);
    }

    @AfterAll
    static void stop() {
        TRACES.stop();
    }

    @ArquillianResource
    private URI base;

    private Http http;

    @BeforeEach
    void connect() {
        http = new Http(base);
        await().atMost(PATIENCE)
                .until(() -> http.get("/metrics?scope=application")
                        .body()
                        .contains("heirloom_subscribers{mp_scope=\"application\"} 0"));
        await().atMost(PATIENCE)
                .until(() -> table("followed").getString("state").equals("Owned"));
    }

    private EventStream open(String path, @Nullable String lastEventId) throws Exception {
        return new EventStream(base.resolve(path), lastEventId);
    }

    private JsonObject table(String name) {
        return http.get("api/tables/" + name).json();
    }

    private void put(int from, int to) {
        assertThat(http.post("api/followed/rows/" + from + "/" + to).status()).isEqualTo(204);
    }

    private void crash() {
        assertThat(http.post("api/tables/followed/owner/crash?how=error&at=before_commit")
                        .status())
                .isEqualTo(202);
        http.post("api/followed/rows/0/1");
    }

    // ---- ownership ----

    @Test
    void crash_isSeenLive_withItsCause() throws Exception {
        try (EventStream stream = open("api/events", null)) {
            assertThat(stream.any().name()).isEqualTo("position");
            crash();
            EventStream.Event death = stream.next("Reclaimed");
            assertThat(death.name()).isEqualTo("ownership");
            assertThat(death.json().getString("table")).isEqualTo("followed");
            assertThat(death.json().getString("cause")).contains("InjectedError");
            JsonObject next = stream.next("HandedOver").json();
            assertThat(next.getString("reason")).isEqualTo("inherited");
            assertThat(next.getJsonNumber("epoch").longValue())
                    .isGreaterThan(death.json().getJsonNumber("epoch").longValue());
        }
        List<String> history = http.get("api/tables/followed/history").jsonArray().stream()
                .map(JsonValue::asJsonObject)
                .map(event -> event.getString("event"))
                .toList();
        assertThat(history).startsWith("Created", "HandedOver").containsSubsequence("Reclaimed", "HandedOver");
        await().atMost(PATIENCE)
                .until(() -> http.get("/metrics?scope=application")
                        .body()
                        .contains(
                                "heirloom_table_deaths_total{cause=\"dev.heirloom.ownership.Sabotage$InjectedError\""));
    }

    @Test
    void events_areResumedAfterABrokenConnection() throws Exception {
        String last;
        try (EventStream stream = open("api/events", null)) {
            assertThat(stream.any().name()).isEqualTo("position");
            crash();
            last = String.valueOf(stream.next("HandedOver").id());
        }
        crash();
        try (EventStream stream = open("api/events?lastEventId=" + last, null)) {
            EventStream.Event first = stream.next();
            assertThat(first.json().getString("event")).isEqualTo("Reclaimed");
            assertThat(number(first)).isEqualTo(Long.parseLong(last.substring(last.indexOf('-') + 1)) + 1);
        }
        try (EventStream stream = open("api/events", "anotherstart-1")) {
            assertThat(stream.next().name()).isEqualTo("lost");
            assertThat(stream.next().name()).isEqualTo("ownership");
        }
    }

    private static long number(EventStream.Event event) {
        String id = String.valueOf(event.id());
        return Long.parseLong(id.substring(id.indexOf('-') + 1));
    }

    @Test
    void restart_isOrderly_andGiveAwayMovesTheTable() {
        long restarts = table("followed").getJsonNumber("restarts").longValue();
        long epoch = table("followed").getJsonNumber("epoch").longValue();
        assertThat(http.post("api/tables/followed/owner/restart").status()).isIn(200, 202);
        await().atMost(PATIENCE)
                .until(() -> table("followed").getString("state").equals("Owned")
                        && table("followed").getJsonNumber("epoch").longValue() > epoch);
        assertThat(table("followed").getJsonNumber("restarts").longValue()).isEqualTo(restarts);
        assertThat(http.post("api/tables/secret/owner/restart").status()).isIn(200, 202);
        assertThat(http.post("api/tables/nothing/owner/restart").status()).isEqualTo(404);
        assertThat(http.post("api/tables/followed/owner/give-away").status()).isIn(400, 415);
    }

    // ---- changes ----

    @Test
    void changes_areResumedAfterABrokenConnection_withoutAGap() throws Exception {
        EventStream.Event seen;
        try (EventStream stream = open("api/tables/followed/changes", null)) {
            stream.any();
            put(100, 103);
            EventStream.Event first = stream.next();
            assertThat(first.name()).isEqualTo("change");
            assertThat(first.json().getJsonObject("new").getString("id")).isEqualTo("item100");
            seen = stream.next();
        }
        put(103, 105);
        try (EventStream stream = open("api/tables/followed/changes", seen.id())) {
            for (int i = 102; i < 105; i++) {
                assertThat(stream.next().json().getJsonObject("new").getInt("value"))
                        .isEqualTo(i);
            }
        }
    }

    @Test
    void changes_thatAreNotKept_areSaidToBeLost() throws Exception {
        EventStream.Event seen;
        try (EventStream stream = open("api/tables/followed/changes", null)) {
            stream.any();
            put(200, 201);
            seen = stream.next();
        }
        put(201, 201 + 3 * FollowedTables.KEPT);
        try (EventStream stream = open("api/tables/followed/changes", seen.id())) {
            JsonObject lost = stream.next("keeps only").json();
            assertThat(lost.getJsonNumber("from").longValue()).isEqualTo(number(seen) + 1);
            assertThat(number(stream.next())).isEqualTo(lost.getJsonNumber("to").longValue() + 1);
        }
    }

    @Test
    void clientThatDoesNotRead_isDropped_andTheOwnerGoesOn() throws Exception {
        try (EventStream stream = EventStream.unread(base.resolve("api/tables/bulky/changes"))) {
            assertThat(stream.status).isEqualTo(200);
            for (int i = 0; i < 20; i++) { // 80 MB: more than all buffers on the way take
                assertThat(http.post("api/followed/bulk/20").status()).isEqualTo(204);
            }
            stream.startReading();
            EventStream.Event last = stream.next("too slow");
            assertThat(last.name()).isEqualTo("dropped");
            assertThat(stream.next().name()).isEqualTo("end of stream");
        }
    }

    @Test
    void endOfTheTable_isTheEndOfItsStreams() throws Exception {
        assertThat(http.post("api/followed/tables/brief").status()).isEqualTo(204);
        try (EventStream stream = open("api/tables/brief/changes", null)) {
            assertThat(http.post("api/followed/tables/brief/rename/short").status())
                    .isEqualTo(204);
            EventStream.Event end = stream.next();
            assertThat(end.name()).isEqualTo("ended");
            assertThat(end.json().getString("to")).isEqualTo("short");
            assertThat(stream.next().name()).isEqualTo("end of stream");
        }
        assertThat(http.get("api/tables/short/history").body()).contains("\"table\":\"brief\"", "Renamed");
        try (EventStream stream = open("api/tables/short/changes", null)) {
            assertThat(http.post("api/followed/tables/short/delete").status()).isEqualTo(204);
            assertThat(stream.next().data()).contains("deleted");
        }
        await().atMost(PATIENCE)
                .until(() -> !http.get("/metrics?scope=application").body().contains("table=\"short\""));
    }

    @ParameterizedTest
    @CsvSource({
        "api/tables/calls/changes,                 409, changeBuffer",
        "api/tables/secret/changes,                403, secret",
        "api/tables/nothing/changes,               404, nothing",
        "api/tables/followed/changes?lastEventId=x, 400, lastEventId",
        "api/events?lastEventId=a-b-c,             400, lastEventId",
        "api/tables/nothing/history,               404, nothing",
    })
    void refusals_areProblems(String path, int status, String named) {
        Http.Answer answer = http.get(path);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.json().getString("detail")).contains(named);
    }

    // ---- the connections ----

    @Test
    void idleStream_saysWhereToGoOn() throws Exception {
        String position;
        try (EventStream stream = open("api/events", null)) {
            position = String.valueOf(stream.any().id());
        }
        crash();
        try (EventStream stream = open("api/events", position)) {
            assertThat(stream.next().json().getString("event")).isEqualTo("Reclaimed");
        }
    }

    @Test
    void idleStream_hasHeartbeats() throws Exception {
        try (EventStream stream = open("api/tables/followed/changes", null)) {
            assertThat(stream.any().name()).isEqualTo("position");
            assertThat(stream.any().data()).startsWith(":");
            assertThat(stream.any().data()).startsWith(":");
            assertThat(stream.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(stream.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    @Test
    void subscribers_areLimited_andThoseThatAreGoneForgotten() throws Exception {
        List<EventStream> open = new ArrayList<>();
        try {
            while (open.size() < MOST) {
                EventStream next = open("api/events", null);
                if (next.status == 200) {
                    open.add(next);
                } else { // clients that have just gone are not yet forgotten
                    assertThat(next.status).isEqualTo(503);
                    next.close();
                }
            }
            Http.Answer refused = http.get("api/events");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.json().getString("type")).endsWith("too-many-subscribers");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(http.get("api/tables/followed/changes").status()).isEqualTo(503);
        } finally {
            for (EventStream each : open) {
                each.close();
            }
        }
        await().atMost(PATIENCE).until(() -> {
            try (EventStream again = open("api/events", null)) {
                return again.status == 200;
            }
        });
    }

    // ---- metrics and traces ----

    @Test
    void dashboard_namesRealMetrics() throws IOException {
        crash(); // so that there are deaths, and hand-overs
        String dashboard = Files.readString(Path.of("docs/grafana-heirloom.json"));
        String operations = Files.readString(Path.of("docs/operations.md"));
        TreeSet<String> named = new TreeSet<>();
        for (String text : List.of(dashboard, operations)) {
            Matcher found = METRIC.matcher(text);
            while (found.find()) {
                named.add(found.group());
            }
        }
        assertThat(named).hasSizeGreaterThan(15);
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<String> real = http.get("/metrics?scope=application")
                    .body()
                    .lines()
                    .map(line -> line.replaceAll("[{ ].*", ""))
                    .toList();
            assertThat(real).containsAll(named);
        });
    }

    @Test
    void request_isTraced_fromHttpToTheCommit() {
        put(300, 301);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(TRACES.received())
                        .contains(
                                "heirloom.request",
                                "heirloom.wait",
                                "heirloom.run",
                                "heirloom.table",
                                "followed",
                                "heirloom.epoch",
                                "heirloom.outcome",
                                "applied",
                                "heirloom-test"));
        assertThat(TRACES.received()).contains("POST /heirloom", "followed/rows");
    }
}
