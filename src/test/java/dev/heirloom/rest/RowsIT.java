package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heirloom.Deployments;
import jakarta.json.JsonArray;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The life of a table of JSON objects on a real server: made, filled, searched, fought over, deleted. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class RowsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
    private static final AtomicInteger NAMES = new AtomicInteger();

    /** Without users: nobody is asked who he is. */
    @Deployment(testable = false)
    static WebArchive deployment() {
        return Deployments.application("heirloom.chaos=true", "heirloom.json.max-body-size=1000000");
    }

    @ArquillianResource
    private URI base;

    private Http http;
    private String table;

    @BeforeEach
    void connect() {
        http = new Http(base);
        table = "api/tables/t" + NAMES.incrementAndGet();
    }

    @AfterEach
    void delete() {
        http.send("DELETE", table, "");
    }

    private Http.Answer put(String path, String json, String... headers) {
        return http.send("PUT", path, json, with(headers, "Content-Type", "application/json"));
    }

    private Http.Answer post(String path, String json) {
        return http.send("POST", path, json, "Content-Type", "application/json");
    }

    private static String[] with(String[] headers, String... more) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    private void make(String definition) {
        assertThat(put(table, definition).status()).isEqualTo(201);
    }

    private static String etag(Http.Answer answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void table_isMadeListedAndDeleted() {
        make("{\"type\":\"ordered_set\",\"durability\":\"always\"}");
        assertThat(put(table, "{\"type\":\"ordered_set\",\"durability\":\"always\"}")
                        .status())
                .isEqualTo(200);
        assertThat(put(table, "{}").status()).isEqualTo(409);
        assertThat(http.get(table).json().getString("origin")).isEqualTo("http");
        assertThat(http.get(table + "/definition").json().getString("key")).isEqualTo("id");
        assertThat(http.get("api/tables/heirloom.tables").json().getString("origin"))
                .isEqualTo("system");
        Http.Answer patched =
                http.send("PATCH", table, "{\"readers\":[\"ann\"]}", "Content-Type", "application/merge-patch+json");
        assertThat(patched.json().getJsonArray("readers")).hasSize(1);
        assertThat(http.send("DELETE", table, "").status()).isEqualTo(204);
        assertThat(http.get(table).status()).isEqualTo(404);
        assertThat(http.get(table + "/rows").status()).isEqualTo(404);
    }

    @Test
    void row_isPutReadPatchedCountedAndTaken() {
        make("{}");
        Http.Answer made = put(table + "/rows/a%2Fb%20c", "{\"n\":1,\"big\":12345678901234567890.10}");
        assertThat(made.status()).isEqualTo(201);
        String row = table + "/rows/a%2Fb%20c";
        Http.Answer read = http.get(row);
        assertThat(read.body()).isEqualTo("{\"id\":\"a/b c\",\"n\":1,\"big\":12345678901234567890.10}");
        assertThat(etag(read)).isEqualTo(etag(made));
        assertThat(http.send("GET", row, "", "If-None-Match", etag(read)).status())
                .isEqualTo(304);
        Http.Answer patched = http.send("PATCH", row, "{\"big\":null}", "Content-Type", "application/merge-patch+json");
        assertThat(patched.body()).isEqualTo("{\"id\":\"a/b c\",\"n\":1}");
        assertThat(http.send("GET", row, "", "If-None-Match", etag(read)).status())
                .isEqualTo(200);
        assertThat(post(table + "/counters/a%2Fb%20c", "{\"field\":\"n\",\"by\":4}")
                        .body())
                .isEqualTo("{\"value\":5}");
        assertThat(http.send("DELETE", row, "", "If-Match", etag(patched)).status())
                .isEqualTo(412);
        assertThat(http.send("DELETE", row, "", "Prefer", "return=representation")
                        .body())
                .isEqualTo("{\"id\":\"a/b c\",\"n\":5}");
        assertThat(http.get(row).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"set,", "ordered_set,key", "ordered_set,-key", "bag,"})
    void pages_haveEveryRowOnce(String type, String order) {
        make("{\"type\":\"" + type + "\",\"keyType\":\"integer\",\"indexes\":[{\"field\":\"c\"}]}");
        assertThat(post(table + "/rows", rows(0, 1_200)).json().getInt("inserted"))
                .isEqualTo(1_200);
        String ordered = order == null ? "" : "&order=" + order;
        List<Integer> all = walk(table + "/rows?limit=250" + ordered);
        assertThat(all).hasSize(1_200).doesNotHaveDuplicates();
        if (order != null) {
            List<Integer> ascending = IntStream.range(0, 1_200).boxed().toList();
            assertThat(order.equals("key") ? all : reversed(all)).isEqualTo(ascending);
        }
        assertThat(walk(table + "/rows?limit=20&where=c%3D%3D3;id%3Dge%3D600" + ordered))
                .hasSize(60)
                .allMatch(id -> id % 10 == 3 && id >= 600);
    }

    private static List<Integer> reversed(List<Integer> list) {
        return IntStream.rangeClosed(1, list.size())
                .mapToObj(i -> list.get(list.size() - i))
                .toList();
    }

    private List<Integer> walk(String first) {
        List<Integer> ids = new ArrayList<>();
        String path = first;
        while (path != null) {
            Http.Answer page = http.get(path);
            assertThat(page.status()).isEqualTo(200);
            page.jsonArray().forEach(row -> ids.add(row.asJsonObject().getInt("id")));
            Matcher next = NEXT.matcher(page.headers().firstValue("Link").orElse(""));
            path = next.find() ? next.group(1) : null;
        }
        return ids;
    }

    private static String rows(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"id\":" + i + ",\"c\":" + i % 10 + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void twoWritersWithOneEtag_oneWins() {
        make("{}");
        String row = table + "/rows/a";
        String etag = etag(put(row, "{\"v\":0}"));
        for (int round = 1; round <= 20; round++) {
            String seen = etag;
            String one = "{\"v\":" + round + ",\"by\":1}";
            String other = "{\"v\":" + round + ",\"by\":2}";
            CompletableFuture<Http.Answer> first = CompletableFuture.supplyAsync(() -> put(row, one, "If-Match", seen));
            Http.Answer second = put(row, other, "If-Match", seen);
            assertThat(List.of(first.join().status(), second.status())).containsExactlyInAnyOrder(200, 412);
            Http.Answer now = http.get(row);
            assertThat(now.json().getInt("by")).isEqualTo(second.status() == 200 ? 2 : 1);
            etag = etag(now);
        }
        List<CompletableFuture<Http.Answer>> fresh = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> put(table + "/rows/new", "{\"by\":" + i + "}", "If-None-Match", "*")))
                .toList();
        assertThat(fresh.stream().map(each -> each.join().status()))
                .containsOnlyOnce(201)
                .containsOnly(201, 412);
    }

    @ParameterizedTest
    @CsvSource({
        "exception,in_function",
        "error,before_commit",
        "error,in_commit",
        "exception,before_publication",
        "error,after_publication",
        "return,in_function"
    })
    void ownerThatDiesDuringAPost_leavesAllRowsOrNone(String how, String at) {
        make("{\"keyType\":\"integer\",\"durability\":\"always\"}");
        await().atMost(PATIENCE)
                .until(() -> http.get(table).json().getString("state").equals("Owned"));
        assertThat(post(table + "/rows", rows(0, 10)).status()).isEqualTo(200);
        assertThat(http.post(table + "/owner/crash?how=" + how + "&at=" + at).status())
                .isEqualTo(202);
        int status = post(table + "/rows", rows(100, 3_100)).status();
        assertThat(status).isIn(200, 503);
        assertThat(http.get(table).json().getInt("rows")).isEqualTo(status == 200 ? 3_010 : 10);
        assertThat(walk(table + "/rows?limit=1000")).hasSize(status == 200 ? 3_010 : 10);
        await().atMost(PATIENCE)
                .until(() -> post(table + "/rows", rows(5_000, 5_001)).status() == 200);
        assertThat(http.get(table).json().getInt("restarts")).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | api/tables/heirloom.x     | {}                    | 422 | reserved",
                "PUT    | api/tables/-x             | {}                    | 422 | name",
                "PUT    | api/tables/calls          | {}                    | 409 | calls",
                "PUT    | api/tables/x              | {\"kind\":1}          | 422 | kind",
                "PUT    | api/tables/x              | {                     | 400 | JSON",
                "DELETE | api/tables/calls          |                       | 403 | calls",
                "DELETE | api/tables/heirloom.tables|                       | 403 | heirloom.tables",
                "DELETE | api/tables/nothing        |                       | 404 | nothing",
                "GET    | api/tables/nothing/rows   |                       | 404 | nothing",
                "GET    | api/tables/calls/definition|                      | 404 | calls",
                "POST   | api/tables/calls/rows     | []                    | 403 | calls",
                "GET    | TABLE/rows/none           |                       | 404 | none",
                "GET    | TABLE/rows?where=a%3D%3D  |                       | 400 | RSQL",
                "GET    | TABLE/rows?limit=x        |                       | 400 | limit",
                "GET    | TABLE/rows?order=-key     |                       | 422 | order",
                "POST   | TABLE/rows                | [{\"id\":\"a\"},{}]   | 422 | id",
                "POST   | TABLE/rows                | [{\"id\":1}]          | 422 | id",
                "POST   | TABLE/rows                | [{\"id\":\"a\",\"n\":1e999999999}] | 422 | exponent",
                "POST   | TABLE/rows                | [{\"id\":\"\\ud800\"}]| 422 | surrogate",
                "POST   | TABLE/rows                | [{\"id\":\"\\u0000\"}]| 422 | control",
                "POST   | TABLE/rows                | [{\"id\":\"..\"}]     | 422 | URL",
                "POST   | TABLE/rows                | {\"id\":\"a\",\"id\":\"b\"} | 400 | id",
                "PUT    | TABLE/rows/a              | {\"id\":\"b\"}        | 422 | id",
                "PUT    | TABLE/rows/a              | [1]                   | 422 | object",
                "POST   | TABLE/counters/a          | {\"field\":\"n\"}     | 404 | a",
                "POST   | TABLE/counters/a          | {\"field\":1}         | 422 | field"
            })
    void badRequests_areAnsweredWithProblemDetails(String method, String path, String body, int status, String named) {
        make("{}");
        Http.Answer answer = http.send(
                method, path.replace("TABLE", table), body == null ? "" : body, "Content-Type", "application/json");
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.json().getString("detail")).contains(named);
    }

    @Test
    void largeBody_isRefused() {
        make("{}");
        Http.Answer answer = post(table + "/rows", "[" + " ".repeat(1_000_001) + "]");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().getString("detail")).contains("heirloom.json.max-body-size");
        assertThat(http.send("POST", table + "/rows", "[]", "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void tableOfTheApplication_isRead() {
        JsonArray calls =
                http.get("api/tables/calls/rows?where=status%3D%3DNONE").jsonArray();
        assertThat(calls).isEmpty();
    }

    @Test
    void openApi_describesRowsAndDefinitions() {
        String api = http.get("/openapi").body();
        assertThat(api)
                .contains(
                        "/api/tables/{name}/rows:",
                        "/api/tables/{name}/rows/{key}",
                        "/api/tables/{name}/counters/{key}",
                        "/api/tables/{name}/definition",
                        "listRows",
                        "insertRows",
                        "putRow",
                        "patchRow",
                        "deleteRow",
                        "makeTable",
                        "patchTable",
                        "deleteTable",
                        "application/merge-patch+json",
                        "expireAfterWrite",
                        "CounterStep");
    }
}
