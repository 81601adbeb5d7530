package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heirloom.Deployments;
import dev.heirloom.ServerProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Payara's JSON formatter makes of our records, with the properties of docs/operations.md. */
@Timeout(600) // seconds
class JsonLogIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path DOCUMENT = Path.of("docs/operations.md");
    private static final Pattern PROPERTIES =
            Pattern.compile("^```properties\n(handlers=.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void fieldsOfRecords_areMembers(@TempDir Path directory) throws Exception {
        Path properties = directory.resolve("logging.properties");
        Matcher block = PROPERTIES.matcher(Files.readString(DOCUMENT));
        assertThat(block.find()).isTrue();
        Files.writeString(properties, block.group(1));

        try (ServerProcess server = ServerProcess.start(
                directory,
                ServerProcess.export(Deployments.application("heirloom.demo=false"), directory),
                "/heirloom",
                List.of("-Dheirloom.admin.password=" + Http.ADMIN_PASSWORD),
                List.of("--logproperties", properties.toString()))) {
            Http http = new Http(server.base());
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> http.get("api/tables/calls").body().contains("\"state\":\"Owned\""));
            assertThat(http.post("api/tables/calls/owner/restart").status()).isLessThan(300);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(records(server)).anySatisfy(each -> {
                        assertThat(each.getString("table", "")).isEqualTo("calls");
                        assertThat(each.getString("event", "")).isEqualTo("HandedOver");
                        assertThat(each.getString("consumer", "")).isEqualTo("CallKeeper");
                        assertThat(Long.parseLong(each.getString("epoch"))).isPositive();
                        assertThat(each.getString("LogMessage", "")).startsWith("Table calls, epoch ");
                    }));
        }
    }

    /** Those about tables. */
    private static Stream<JsonObject> records(ServerProcess server) {
        return server.log()
                .lines()
                .filter(line -> line.startsWith("{\"Timestamp\"") && line.endsWith("}"))
                .map(JsonLogIT::parsed)
                .filter(each -> each.containsKey("table"));
    }

    private static JsonObject parsed(String line) {
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }
}
