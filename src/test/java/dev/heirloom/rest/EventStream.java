package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client of server-sent events, as a browser is one. Closing it breaks the connection. */
final class EventStream implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    /** An event, or a comment, which has no name. */
    record Event(@Nullable String id, @Nullable String name, String data) {
        JsonObject json() {
            try (JsonReader reader = Json.createReader(new StringReader(data))) {
                return reader.readObject();
            }
        }
    }

    private final Socket socket;
    private final BufferedReader lines;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final BlockingQueue<Event> received = new LinkedBlockingQueue<>();

    /** Of the answer. */
    final int status;

    EventStream(URI uri, @Nullable String lastEventId) throws IOException {
        this(uri, lastEventId, new Socket());
        startReading();
    }

    /** A client that takes little more than the headers of the answer, until it {@link #startReading() begins to read}. */
    static EventStream unread(URI uri) throws IOException {
        Socket narrow = new Socket();
        narrow.setReceiveBufferSize(1 << 12);
        return new EventStream(uri, null, narrow);
    }

    private EventStream(URI uri, @Nullable String lastEventId, Socket socket) throws IOException {
        this.socket = socket;
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        socket.setSoTimeout(Math.toIntExact(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS)));
        String request = "GET " + uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                + " HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\nAuthorization: "
                + Http.basic("admin", Http.ADMIN_PASSWORD)
                + (lastEventId == null ? "" : "\r\nLast-Event-ID: " + lastEventId) + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        status = Integer.parseInt(lines.readLine().substring(9, 12));
        for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
    }

    void startReading() {
        if (status == 200) {
            Thread reader = new Thread(this::read, "event stream");
            reader.setDaemon(true);
            reader.start();
        }
    }

    /** A header of the answer. */
    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    private void read() {
        try {
            String id = null;
            String name = null;
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring(6));
                } else if (line.startsWith(":")) {
                    data.append(line);
                } else if (line.isEmpty() && (id != null || name != null || !data.isEmpty())) {
                    received.add(new Event(id, name, data.toString()));
                    id = null;
                    name = null;
                    data.setLength(0);
                }
            }
            received.add(new Event(null, "end of stream", ""));
        } catch (IOException e) {
            received.add(new Event(null, "end of stream", e.toString()));
        }
    }

    /** The next event that tells of something. */
    Event next() throws InterruptedException {
        Event event = any();
        while (event.name() == null || event.name().equals("position")) {
            event = any();
        }
        return event;
    }

    /** The next event with that in its data. */
    Event next(String part) throws InterruptedException {
        Event event = next();
        while (!event.data().contains(part)) {
            assertThat(event.name()).as("before " + part).isNotEqualTo("end of stream");
            event = next();
        }
        return event;
    }

    /** The next event or comment. */
    Event any() throws InterruptedException {
        Event event = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(event).as("an event").isNotNull();
        return event;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
