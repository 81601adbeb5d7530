package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heirloom.Deployments;
import dev.heirloom.calls.Call;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables exported and imported over HTTP, as jobs and without. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class TableFilesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String JSONL = "application/jsonl";

    @Deployment(testable = false)
    static WebArchive deployment() {
        return Deployments.application("heirloom.chaos=true", "heirloom.import.max-bytes=1000000");
    }

    @ArquillianResource
    private URI base;

    private CallFiles http;

    @BeforeEach
    void connect() {
        http = new CallFiles(base);
        await().atMost(PATIENCE)
                .until(() -> http.get("api/tables/calls")
                        .asText()
                        .json()
                        .getString("state")
                        .equals("Owned"));
    }

    private JsonObject imported(byte[] file, String mode, String... headers) {
        CallFiles.Received answer = http.post("api/tables/calls/import?mode=" + mode, file, headers);
        assertThat(answer.status()).as(answer.asText().body()).isEqualTo(202);
        return ended(answer.header("Location"));
    }

    private JsonObject ended(String job) {
        await().atMost(PATIENCE)
                .until(() -> !http.get(job).asText().json().getString("state").equals("running"));
        return http.get(job).asText().json();
    }

    private List<Call> exported() throws IOException {
        return CallFiles.read(http.get("api/tables/calls/export").body());
    }

    @Test
    void exportedTable_isImported() throws IOException {
        List<Call> calls = CallFiles.calls(500);
        JsonObject job = imported(CallFiles.file(calls), "replace", "Content-Type", JSONL);
        assertThat(job.getString("state")).as(job.toString()).isEqualTo("done");
        assertThat(job.getString("kind")).isEqualTo("import");
        assertThat(job.getInt("rows")).isEqualTo(500);
        CallFiles.Received export = http.get("api/tables/calls/export");
        assertThat(export.status()).isEqualTo(200);
        assertThat(export.header("Content-Type")).isEqualTo(JSONL);
        assertThat(export.header("Content-Encoding")).isEmpty();
        assertThat(export.header("Content-Disposition")).isEqualTo("attachment; filename=\"calls.jsonl\"");
        assertThat(CallFiles.read(export.body())).containsExactlyInAnyOrderElementsOf(calls);

        imported(CallFiles.file(List.of(CallFiles.call(1_000))), "merge", "Content-Type", "application/x-ndjson");
        assertThat(exported()).hasSize(501);
        imported(export.body(), "replace", "Content-Type", "application/octet-stream");
        assertThat(exported()).containsExactlyInAnyOrderElementsOf(calls);
    }

    @Test
    void compressed_bothWays() throws IOException {
        List<Call> calls = CallFiles.calls(100);
        byte[] zipped = CallFiles.zip(CallFiles.file(calls));
        imported(zipped, "replace", "Content-Type", JSONL, "Content-Encoding", "gzip");
        CallFiles.Received encoded = http.get("api/tables/calls/export", "Accept-Encoding", "gzip");
        assertThat(encoded.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(encoded.header("Content-Type")).isEqualTo(JSONL);
        assertThat(CallFiles.read(CallFiles.unzip(encoded.body()))).containsExactlyInAnyOrderElementsOf(calls);

        imported(zipped, "replace", "Content-Type", "application/gzip");
        CallFiles.Received file = http.get("api/tables/calls/export?compress=gzip");
        assertThat(file.header("Content-Encoding")).isEmpty();
        assertThat(file.header("Content-Type")).isEqualTo("application/gzip");
        assertThat(file.header("Content-Disposition")).contains("calls.jsonl.gz");
        assertThat(CallFiles.read(CallFiles.unzip(file.body()))).containsExactlyInAnyOrderElementsOf(calls);
    }

    @ParameterizedTest
    @CsvSource({
        "api/tables/nothing/import,            application/jsonl, identity, 0, 404, no-such-table",
        "api/tables/calls/import?mode=append,  application/jsonl, identity, 0, 400, bad-parameter",
        "api/tables/calls/import?mode=replace, application/jsonl, identity, 1, 400, bad-table-file",
        "api/tables/calls/import?mode=replace, application/jsonl, gzip,     0, 400, unreadable-body",
        "api/tables/calls/import?mode=replace, application/jsonl, br,       0, 415, content-encoding",
        "api/tables/calls/import?mode=replace, text/plain,        identity, 0, 415, about:blank",
    })
    void refusedImport_leavesTheTableAsItWas(
            String path, String type, String encoding, int missing, int status, String problem) throws IOException {
        List<Call> before = exported();
        byte[] file = CallFiles.file(CallFiles.calls(3));
        byte[] body = java.util.Arrays.copyOf(file, file.length - missing);
        assertProblem(http.post(path, body, "Content-Type", type, "Content-Encoding", encoding), status, problem);
        assertThat(exported()).containsExactlyInAnyOrderElementsOf(before);
    }

    private static void assertProblem(CallFiles.Received answer, int status, String type) {
        assertThat(answer.status()).as(answer.asText().body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.asText().json().getString("type")).endsWith(type);
    }

    @Test
    void bomb_isRefused() throws IOException {
        byte[] bomb = CallFiles.zip(new byte[50_000_000]);
        assertProblem(
                http.post("api/tables/calls/import", bomb, "Content-Type", JSONL, "Content-Encoding", "gzip"),
                413,
                "too-large");
    }

    @Test
    void ownerDiesInTheMiddle_nothingIsImported() throws IOException {
        List<Call> before = exported();
        assertThat(http.post("api/tables/calls/owner/crash?how=exception&at=before_publication", new byte[0])
                        .status())
                .isEqualTo(202);
        JsonObject job = imported(CallFiles.file(CallFiles.calls(7)), "replace", "Content-Type", JSONL);
        assertThat(job.getString("state")).isEqualTo("failed");
        assertThat(job.getJsonObject("problem").getString("type")).endsWith("owner-died");
        assertThat(job.getJsonObject("problem").getString("outcome")).isEqualTo("not applied");
        assertThat(exported()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void exportJob_hasAResult_untilItIsDeleted() throws IOException {
        CallFiles.Received answer = http.post("api/tables/calls/export?compress=gzip", new byte[0]);
        assertThat(answer.status()).isEqualTo(202);
        String location = answer.header("Location");
        JsonObject job = ended(location);
        assertThat(job.getString("state")).isEqualTo("done");
        assertThat(http.get("api/jobs").asText().jsonArray().toString()).contains(job.getString("id"));
        CallFiles.Received result = http.get("api/" + job.getString("result"));
        assertThat(result.header("Content-Type")).isEqualTo("application/gzip");
        assertThat(CallFiles.read(CallFiles.unzip(result.body()))).containsExactlyInAnyOrderElementsOf(exported());
        assertThat(http.delete(location).status()).isEqualTo(204);
        assertProblem(http.get(location), 404, "no-such-job");
        assertProblem(http.get(location + "/result"), 404, "no-such-job");
        assertProblem(http.delete(location), 404, "no-such-job");
    }

    @Test
    void tableThatIsLoaded_isNotSalvaged() {
        assertProblem(http.get("api/tables/calls/export?salvage=true"), 409, "not-unloaded");
        assertProblem(http.post("api/tables/calls/set-aside", new byte[0]), 409, "not-unloaded");
        assertProblem(http.get("api/tables/nothing/export"), 404, "no-such-table");
        assertProblem(http.get("api/tables/calls/export?compress=zip"), 400, "bad-parameter");
    }

    @Test
    void openApi_describesIt() {
        assertThat(http.get("/openapi").asText().body())
                .contains("/api/tables/{name}/export", "/api/tables/{name}/import", "/api/tables/{name}/set-aside")
                .contains("/api/jobs/{id}/result", "exportTable", "startExport", "importTable", "deleteJob");
    }
}
