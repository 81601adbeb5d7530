package dev.heirloom.rest;

import dev.heirloom.rest.ApiDocument.Operation;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Sends the requests, and listens for complaints: of the answers, of the server's log, of its tables and of its memory. */
final class Fuzzer {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ENOUGH = 25;
    private static final int EVERY = 50;
    private static final long HEAP_GROWTH = 96L << 20;
    private static final long HUGE = 50L << 20;

    /** Of what a client sends, buffers on the way to the application may take this much before anybody refuses it. */

    /** What Payara 6 logs, with a stack trace, of targets and chunks that it cannot read: none gets to the application. */
    private static final Pattern CONTAINER =
            Pattern.compile("\\w+ (jakarta\\.enterprise\\.web\\.core: (?s:.*)CoyoteAdapter\\.postParseRequest"
                    + "|org\\.glassfish\\.grizzly\\.(?s:.*)HttpBrokenContentException)");

    private final URI base;
    private final RawHttp raw;
    private final String authorization;
    private final Random random;
    private final Probes probes;
    private final List<String> complaints = new ArrayList<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private int sent;

    Fuzzer(URI base, String token, String authorization, long seed) {
        this.base = base;
        this.authorization = authorization;
        raw = new RawHttp(base);
        random = new Random(seed);
        probes = new Probes(base, token, Map.of("Authorization", authorization), random);
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Makes tables to aim at where the API can, with rows that are long, nested and many. */
    void prepare() {
        awaitOwners();
        put("fuzzed", "{\"type\":\"set\",\"access\":\"public\",\"key\":\"id\",\"keyType\":\"string\"}");
        put(
                "fuzzed-ordered",
                "{\"type\":\"ordered_set\",\"access\":\"public\",\"key\":\"id\",\"keyType\":\"integer\"}");
        put("fuzzed-bag", "{\"type\":\"bag\",\"access\":\"protected\",\"key\":\"id\",\"keyType\":\"string\"}");
        for (String row : List.of(
                "{\"id\":\"a\",\"n\":1,\"name\":\"" + "a".repeat(2_000) + "\"}",
                "{\"id\":\"1\",\"n\":1.5,\"name\":null,\"deep\":{\"deep\":[{\"deep\":true}]}}")) {
            ask("POST", "api/tables/fuzzed/rows", "[" + row + "]");
            ask("POST", "api/tables/fuzzed-bag/rows", "[" + row + "]");
        }
        ask("POST", "api/tables/fuzzed-ordered/rows", "[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"b\"}]");
        witness("log"); // what was said before is not about these requests
    }

    private void put(String table, String definition) {
        ask("PUT", "api/tables/" + table, definition);
    }

    /** Sends requests until the time is over or there are enough complaints. */
    void run(long seconds, int most) {
        List<Operation> operations =
                ApiDocument.parse(ask("GET", "/openapi", "").body()).operations();
        long heap = heap();
        long until = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        List<Probe> all = new ArrayList<>();
        operations.forEach(each -> all.addAll(probes.each(each)));
        Collections.shuffle(all, random);
        for (int i = 0; isGoingOn(until, most); i++) {
            judge(i < all.size() ? all.get(i) : probes.mixed(operations));
            if (i % EVERY == 0) {
                checkAlive();
            }
        }
        sendRaw();
        sendBadCredentials(operations);
        sendHuge(operations);
        checkAlive();
        checkTables();
        checkLog();
        checkHeap(heap);
        System.out.println("fuzzed " + operations.size() + " operations with " + sent + " requests of " + all.size()
                + ", answered with " + statuses);
    }

    private boolean isGoingOn(long until, int most) {
        return sent < most && complaints.size() < ENOUGH && System.nanoTime() - until < 0;
    }

    private RawHttp.Answer judge(Probe probe) {
        sent++;
        RawHttp.Answer answer = raw.send(probe.head(), probe.body());
        statuses.merge(answer.status(), 1, Integer::sum);
        Verdicts.on(probe, answer).ifPresent(wrong -> complain(wrong, probe.toString(), answer));
        return answer;
    }

    private void sendRaw() {
        String path = base.getPath() + "api/tables";
        RawHttp impatient =
                new RawHttp(base, Duration.ofSeconds(2)); // to wait for the rest of what is no request is right
        RawRequests.all(path).forEach((what, bytes) -> {
            RawHttp.Answer answer = impatient.send(bytes, RawHttp.Body.NONE);
            Probe probe = Probe.of("raw: " + what, "?", path).tolerating(Probe.Tolerated.UNDECODABLE);
            if (answer.status() != -1) {
                Verdicts.on(probe, answer).ifPresent(wrong -> complain(wrong, probe.toString(), answer));
            }
        });
    }

    /** Few, and of users that there are not: after too many the server lets nobody in from here. */
    private void sendBadCredentials(List<Operation> operations) {
        Probe good = probes.good(operations.get(random.nextInt(operations.size())));
        for (String header : List.of(
                "Basic",
                "Basic !!!",
                "Basic bm9ib2R5",
                "Basic " + "YTph".repeat(1_000),
                "Bearer",
                "Bearer a.b.c",
                "Digest a=b",
                "Bearer " + "e30.".repeat(900))) {
            judge(good.with("Authorization: " + header).but(Probe.cut(header)));
        }
    }

    /** Bodies of 50 MB, by their length or in chunks, are refused before they are read. Imports may be long. */
    private void sendHuge(List<Operation> operations) {
        for (Operation operation : operations) {
            if (operation.consumed().isEmpty() || operation.path().endsWith("/import")) {
                continue;
            }
            Probe good = probes.good(operation);
            checkRefused(good.body(Fuzzer::spaces, HUGE).but("50 MB"));
            checkRefused(good.with("Transfer-Encoding: chunked")
                    .body(Fuzzer::chunksOfSpaces, HUGE)
                    .but("50 MB in chunks"));
        }
    }

    private void checkRefused(Probe probe) {
        RawHttp.Answer answer = judge(probe.tolerating(Probe.Tolerated.REFUSAL));
        if (answer.status() > 0 && answer.status() < 400) { // once refused, the server throws away what is left of it
            complain("a body of 50 MB was taken", probe.toString(), answer);
        }
    }

    private static void spaces(OutputStream out) throws IOException {
        byte[] spaces = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        for (long i = 0; i < HUGE; i += spaces.length) {
            out.write(spaces);
        }
    }

    private static void chunksOfSpaces(OutputStream out) throws IOException {
        byte[] chunk = ("10000\r\n" + " ".repeat(1 << 16) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        for (long i = 0; i < HUGE; i += 1 << 16) {
            out.write(chunk);
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private void checkAlive() {
        RawHttp.Answer answer = ask("GET", "api/tables", "");
        if (answer.status() != 200) {
            complain("a normal request is not answered any more", "after " + sent + " requests", answer);
        }
    }

    /** An operator revives what was killed too often; then everything has an owner. */
    private void checkTables() {
        try {
            awaitOwners();
        } catch (ConditionTimeoutException e) {
            complaints.add("not all tables have an owner: "
                    + ask("GET", "api/tables", "").body());
        }
    }

    private void awaitOwners() {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            List<JsonObject> tables = tables();
            tables.stream()
                    .filter(each -> each.getString("state").equals("Orphaned"))
                    .forEach(each -> ask("POST", "api/tables/" + each.getString("name") + "/revive", ""));
            return !tables.isEmpty()
                    && tables.stream().allMatch(each -> each.getString("state").equals("Owned"));
        });
    }

    private List<JsonObject> tables() {
        String body = ask("GET", "api/tables", "").body();
        return body.startsWith("[")
                ? ApiDocument.parse("{\"tables\":" + body + "}")
                        .root()
                        .getJsonArray("tables")
                        .getValuesAs(JsonObject.class)
                : List.of();
    }

    private void checkLog() {
        for (String record : witness("log").split("\f", -1)) {
            if (!record.isBlank() && !CONTAINER.matcher(record).find() && complaints.size() < 2 * ENOUGH) {
                complaints.add("the server logged " + (record.length() > 1_500 ? record.substring(0, 1_500) : record));
            }
        }
    }

    private void checkHeap(long before) {
        long grown = heap() - before;
        if (grown > HEAP_GROWTH) {
            complaints.add("the heap has grown by " + grown + " bytes");
        }
    }

    private long heap() {
        return Long.parseLong(witness("heap"));
    }

    private String witness(String what) {
        RawHttp.Answer answer = ask("GET", "witness/" + what, "");
        if (answer.status() != 200) {
            throw new IllegalStateException("the witness answers " + answer);
        }
        return answer.body();
    }

    private RawHttp.Answer ask(String method, String path, String body) {
        URI uri = base.resolve(path);
        Probe probe = Probe.of("", method, uri.getPath())
                .with("Authorization: " + authorization)
                .with("Accept: application/json, text/plain")
                .with("Content-Type: application/json")
                .body(body.getBytes(StandardCharsets.UTF_8));
        return raw.send(probe.head(), probe.body());
    }

    private void complain(String wrong, String request, RawHttp.Answer answer) {
        String body = answer.body();
        complaints.add(wrong + ": " + request + "\n  was answered with " + answer.status() + " " + answer.headers()
                + " " + (body.length() > 300 ? body.substring(0, 300) + "..." : body) + "\n");
    }
}
