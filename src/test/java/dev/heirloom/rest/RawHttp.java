package dev.heirloom.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client that sends what no library would: bytes on a socket, one request for each connection. Whatever it sends asks
 * the server to close the connection, and it reads until then; of a stream of events it reads the beginning and goes.
 */
final class RawHttp {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int MOST = 1 << 20;

    private final InetSocketAddress server;
    private final int patienceMillis;

    RawHttp(URI base) {
        this(base, Duration.ofSeconds(60));
    }

    /** @param patience how long the server may say nothing */
    RawHttp(URI base, Duration patience) {
        server = new InetSocketAddress(base.getHost(), base.getPort());
        patienceMillis = Math.toIntExact(patience.toMillis());
    }

    /**
     * An answer.
     *
     * @param status 0 if the server closed the connection without one, -1 if it did nothing in time
     * @param headers with names in lower case; the last one of a name
     * @param body at most the first megabyte
     * @param sent how many bytes of the request the server, or buffers on the way to it, took
     */
    record Answer(int status, Map<String, String> headers, String body, long sent) {
        String contentType() {
            return headers.getOrDefault("content-type", "");
        }
    }

    /** The bytes of a body, made as they are sent. */
    interface Body {
        Body NONE = out -> {};

        void writeTo(OutputStream out) throws IOException;

        static Body of(byte[] bytes) {
            return out -> out.write(bytes);
        }
    }

    /**
     * Sends a request, and waits for the answer; the body may be longer than the server cares to read. The socket stays open
     * until the answer is there: a server may take a client that says no more for one that has gone.
     */
    Answer send(byte[] head, Body body) {
        AtomicLong sent = new AtomicLong();
        try {
            return parse(exchange(head, body, sent), sent.get());
        } catch (SocketTimeoutException e) {
            return new Answer(-1, Map.of(), "", sent.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To close the socket ends the writer, too. */
    private byte[] exchange(byte[] head, Body body, AtomicLong sent) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server, CONNECT_MILLIS);
            socket.setSoTimeout(patienceMillis);
            Thread writer = new Thread(() -> write(socket, head, body, sent), "raw-http-writer");
            writer.setDaemon(true);
            writer.start();
            return read(socket.getInputStream());
        }
    }

    private static void write(Socket socket, byte[] head, Body body, AtomicLong sent) {
        try {
            OutputStream out = socket.getOutputStream();
            OutputStream counted = new OutputStream() {
                @Override
                public void write(int one) throws IOException {
                    write(new byte[] {(byte) one}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                    sent.addAndGet(length);
                }
            };
            counted.write(head);
            body.writeTo(counted);
        } catch (IOException e) {
            // The server does not want more of it: it has said why, or has closed.
        }
    }

    private static byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 * 1024];
        try {
            for (int n = in.read(buffer); n >= 0 && all.size() < MOST; n = in.read(buffer)) {
                all.write(buffer, 0, n);
                if (isStream(all)) {
                    break;
                }
            }
        } catch (SocketException e) {
            // Reset: what has come until then is the answer.
        } catch (SocketTimeoutException e) {
            if (all.size() == 0) {
                throw e;
            }
        }
        return all.toByteArray();
    }

    private static boolean isStream(ByteArrayOutputStream begun) {
        String text = begun.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int end = text.indexOf("\r\n\r\n");
        return end > 0 && text.substring(0, end).contains("content-type: text/event-stream");
    }

    private static Answer parse(byte[] bytes, long sent) {
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        if (latin.startsWith("HTTP/1.1 100")) {
            latin = latin.substring(latin.indexOf("\r\n\r\n") + 4);
        }
        int end = latin.indexOf("\r\n\r\n");
        if (!latin.startsWith("HTTP/") || end < 0) {
            return new Answer(0, Map.of(), latin, sent);
        }
        String[] lines = latin.substring(0, end).split("\r\n", -1);
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        String body = latin.substring(end + 4);
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            body = dechunked(body);
        }
        byte[] content = body.getBytes(StandardCharsets.ISO_8859_1);
        return new Answer(
                Integer.parseInt(lines[0].split(" ", -1)[1]),
                headers,
                new String(content, StandardCharsets.UTF_8),
                sent);
    }

    private static String dechunked(String body) {
        StringBuilder whole = new StringBuilder();
        int at = 0;
        while (true) {
            int line = body.indexOf("\r\n", at);
            if (line < 0) {
                return whole.toString(); // cut off
            }
            int length = Integer.parseInt(body.substring(at, line).strip(), 16);
            int from = line + 2;
            whole.append(body, from, Math.min(body.length(), from + length));
            at = from + length + 2;
            if (length == 0 || at >= body.length()) {
                return whole.toString();
            }
        }
    }
}
