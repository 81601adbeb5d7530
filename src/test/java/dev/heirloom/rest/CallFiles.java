package dev.heirloom.rest;

import dev.heirloom.TableSpec;
import dev.heirloom.backup.Durability;
import dev.heirloom.calls.Call;
import dev.heirloom.calls.CallDirection;
import dev.heirloom.calls.CallStatus;
import dev.heirloom.calls.Menu;
import dev.heirloom.manager.TestTables;
import dev.heirloom.table.RowCodec;
import dev.heirloom.table.Snapshot;
import dev.heirloom.table.TableFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Files of the table of calls, and a client that sends and receives them as an operator does. */
final class CallFiles {
    /** The table of the application, as far as its files are concerned. */
    static final TableSpec<String, Call> CALLS =
            TableSpec.set("calls", Call.class, Call::sid).durability(Durability.EVERY_SECOND);

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String OPERATOR = "admin:for-tests-on-loopback"; // as arquillian.xml has it

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;

    CallFiles(URI base) {
        this.base = base;
    }

    // ---- files ----

    static List<Call> calls(int count) {
        return IntStream.range(0, count).mapToObj(CallFiles::call).toList();
    }

    static Call call(int number) {
        return new Call(
                String.format("CA%032x", number),
                "+15005550006",
                "+15005550001",
                CallDirection.INBOUND,
                CallStatus.IN_PROGRESS,
                new Menu(Menu.Step.MAIN, null, 0, false, null),
                Instant.now(),
                Instant.now(),
                null,
                null,
                -1);
    }

    /** Puts calls into files of a journal, one unit of work each. */
    static void keep(Path directory, List<Call> calls) {
        try (TestTables tables = TestTables.in(directory, CALLS)) {
            calls.forEach(call -> tables.ref(CALLS).call(t -> t.insert(call)));
        }
    }

    private static RowCodec<Call> codec() {
        return CALLS.keeping().format(CALLS.schema()).json();
    }

    static byte[] file(List<Call> calls) throws IOException {
        TableSpec<String, Call> spec = TableSpec.set("calls", Call.class, Call::sid);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TestTables tables = TestTables.of(spec)) {
            tables.ref(spec).call(t -> {
                t.insertAll(calls);
                return 0;
            });
            try (Snapshot<String, Call> snapshot = tables.ref(spec).snapshot()) {
                TableFile.write(snapshot, codec(), out);
            }
        }
        return out.toByteArray();
    }

    static List<Call> read(byte[] file) throws IOException {
        return TableFile.readAll(new ByteArrayInputStream(file), codec());
    }

    static byte[] zip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(plain);
        }
        return out.toByteArray();
    }

    static byte[] unzip(byte[] zipped) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            return in.readAllBytes();
        }
    }

    // ---- HTTP ----

    /** An answer with a body of bytes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Received(int status, java.net.http.HttpHeaders headers, byte[] body) {
        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        Http.Answer asText() {
            return new Http.Answer(status, headers, new String(body, StandardCharsets.UTF_8));
        }
    }

    Received get(String path, String... headers) {
        return send(builder(path, headers).GET());
    }

    Received post(String path, byte[] body, String... headers) {
        return send(builder(path, headers).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    Received delete(String path) {
        return send(builder(path).DELETE());
    }

    private HttpRequest.Builder builder(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(OPERATOR.getBytes(StandardCharsets.UTF_8)));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Received send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Received(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
