package dev.heirloom.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heirloom.rest.Http;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What happens on the server while somebody looks at the console: tables, rows and deaths. */
final class Server {
    private static final String DEFINITION =
            "{\"type\":\"ordered_set\",\"key\":\"id\",\"keyType\":\"integer\",\"changeBuffer\":100}";

    /** As many as one may have. */
    private static final int ROWS_A_REQUEST = 10_000;

    private static final AtomicInteger TABLES = new AtomicInteger();

    private final Http http;

    Server(URI base) {
        http = new Http(base);
    }

    Http http() {
        return http;
    }

    /** Makes a table of JSON rows with a name of its own. */
    String table(int rows) {
        String name = "table-" + TABLES.incrementAndGet();
        make(name);
        for (int first = 0; first < rows; first += ROWS_A_REQUEST) {
            String body = IntStream.range(first, Math.min(rows, first + ROWS_A_REQUEST))
                    .mapToObj(each -> "{\"id\":" + each + ",\"number\":" + each + ",\"name\":\"row " + each
                            + "\",\"html\":\"<img src=x onerror=alert(1)>\"}")
                    .collect(Collectors.joining(",", "[", "]"));
            assertThat(http.send("POST", "api/tables/" + name + "/rows", body).status())
                    .isEqualTo(200);
        }
        return name;
    }

    /** Makes a table that keeps no changes. */
    String plainTable() {
        String name = "table-" + TABLES.incrementAndGet();
        make(name, "{\"key\":\"id\",\"keyType\":\"integer\"}");
        return name;
    }

    void make(String name) {
        make(name, DEFINITION);
    }

    private void make(String name, String definition) {
        assertThat(http.send("PUT", "api/tables/" + name, definition).status()).isEqualTo(201);
    }

    void delete(String table) {
        http.send("DELETE", "api/tables/" + table, "");
    }

    void put(String table, int key, String row) {
        http.send("PUT", "api/tables/" + table + "/rows/" + key, row);
    }

    void get(String table, int key) {
        http.get("api/tables/" + table + "/rows/" + key);
    }

    /** Has the owner of a table fail, and waits until it has a successor, or is given up. */
    void crash(String table, String how) {
        long epoch = epoch(table);
        http.post("api/tables/" + table + "/owner/crash?at=before_commit&how=" + how);
        if (!table.equals("calls")) { // whose callers bring the requests that it fails in
            put(table, 1, "{\"id\":1}");
        }
        await().atMost(Browser.PATIENCE)
                .until(() ->
                        epoch(table) > epoch && List.of("Owned", "Orphaned").contains(state(table)));
    }

    String state(String table) {
        return http.get("api/tables/" + table).json().getString("state");
    }

    private long epoch(String table) {
        return http.get("api/tables/" + table).json().getJsonNumber("epoch").longValue();
    }
}
