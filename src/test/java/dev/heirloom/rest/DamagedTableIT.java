package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heirloom.Deployments;
import dev.heirloom.calls.Call;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that starts with a damaged table: what an operator sees, and how the table works again. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class DamagedTableIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A former process has kept 30 calls, and then one of them was damaged. */
    @Deployment(testable = false)
    static WebArchive deployment() throws IOException {
        Path directory = Files.createTempDirectory("heirloom-damaged");
        List<Call> calls = CallFiles.calls(30);
        CallFiles.keep(directory, calls);
        Path file = directory.resolve("calls").resolve("00000001.log");
        byte[] bytes = Files.readAllBytes(file);
        bytes[
                new String(bytes, StandardCharsets.ISO_8859_1)
                        .indexOf(calls.get(11).sid())] ^= 1;
        Files.write(file, bytes);
        return Deployments.application(
                "heirloom.data-dir=" + directory.toString().replace("\\", "/"));
    }

    @ArquillianResource
    private URI base;

    private CallFiles http;

    private JsonObject table() {
        return http.get("api/tables/calls").asText().json();
    }

    @Test
    void damagedTable_isSalvaged_setAside_andImported() throws IOException {
        http = new CallFiles(base);
        await().atMost(PATIENCE).until(() -> table().getString("state").equals("Unloaded"));
        assertThat(table().getString("why"))
                .contains("00000001.log, at byte ", "kept unchanged", "salvage=true", "set-aside");
        CallFiles.Received refused = http.get("api/tables/calls/export");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.asText().json().getString("detail")).contains("salvage=true");
        assertThat(http.post("api/tables/calls/import", new byte[0], "Content-Type", "application/jsonl")
                        .status())
                .isEqualTo(503);

        CallFiles.Received salvaged = http.get("api/tables/calls/export?salvage=true");
        assertThat(salvaged.status()).isEqualTo(200);
        assertThat(salvaged.header("Content-Disposition")).contains("calls.salvage.jsonl");
        assertThat(salvaged.asText().body().lines().findFirst().orElseThrow())
                .contains("\"salvage\":\"rows may be missing", "00000001.log, bytes ");
        assertThat(CallFiles.read(salvaged.body()).stream().map(Call::sid))
                .hasSize(29)
                .doesNotContain(CallFiles.call(11).sid());
        assertThat(table().getString("state")).isEqualTo("Unloaded");

        assertThat(http.post("api/tables/calls/set-aside", new byte[0]).status())
                .isEqualTo(202);
        await().atMost(PATIENCE).until(() -> table().getString("state").equals("Owned"));
        assertThat(table().getInt("rows")).isZero();
        CallFiles.Received imported =
                http.post("api/tables/calls/import?mode=replace", salvaged.body(), "Content-Type", "application/jsonl");
        assertThat(imported.status()).isEqualTo(202);
        await().atMost(PATIENCE)
                .until(() -> http.get(imported.header("Location"))
                        .asText()
                        .json()
                        .getString("state")
                        .equals("done"));
        assertThat(table().getInt("rows")).isEqualTo(29);
    }
}
