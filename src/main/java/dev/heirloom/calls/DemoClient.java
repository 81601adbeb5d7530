package dev.heirloom.calls;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the pretended callers send their requests with: signed, over HTTP. For one thread at a time; may be closed by
 * another.
 *
 * <p>It speaks just enough HTTP over a socket of its own for each request. That leaves nothing behind when the
 * application is undeployed, and closing a socket is sure to break off whatever another thread does with it: {@code
 * java.net.http.HttpClient} has a thread that cannot be ended on JDK 17, and {@code HttpURLConnection} may connect again
 * when it is disconnected by another thread.
 */
final class DemoClient implements DemoTraffic.Sender, AutoCloseable {
    private static final int CONNECT_MILLIS = 1_000;
    private static final int READ_MILLIS = 12_000; // the webhooks answer within two requests of 5 s each
    private static final int DEFAULT_PORT = 80;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");

    private static final Logger LOG = Logger.getLogger(DemoClient.class.getName());

    private final URI base;
    private final TwilioSettings settings;
    private final TwilioSignature signature;
    private volatile @Nullable Socket current;
    private volatile boolean closed;

    /**
     * @param base the base URL of the application, without a slash at its end
     * @throws IllegalArgumentException if that is no http URL
     */
    DemoClient(String base, TwilioSettings settings, String authToken) {
        this.base = URI.create(base);
        if (!"http".equals(this.base.getScheme()) || this.base.getHost() == null) {
            throw new IllegalArgumentException("heirloom.demo.url: " + base + " is not an http URL");
        }
        this.settings = settings;
        this.signature = new TwilioSignature(authToken);
    }

    @Override
    public int send(DemoStep step) throws IOException {
        URI uri = uri(step.path());
        byte[] body = encoded(step.form()).getBytes(StandardCharsets.US_ASCII);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_FORM_URLENCODED);
        headers.put(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
        headers.put(TwilioSignature.HEADER, signature.sign(settings.signedUrl(step.path(), uri), step.form()));
        headers.put(CallWebhooks.ATTEMPTS, step.token());
        return exchange("POST", uri, headers, body);
    }

    /** Whether the application answers, if only that it does not know who asks. */
    boolean isUp() {
        try {
            int status = exchange("GET", uri("calls?limit=0"), Map.of(), new byte[0]);
            return status == 200 || status == 401;
        } catch (IOException e) {
            return false;
        }
    }

    /** Breaks off the request under way, and refuses further ones. */
    @Override
    public void close() {
        closed = true;
        Socket now = current;
        if (now != null) {
            try {
                now.close();
            } catch (IOException e) {
                LOG.log(Level.FINE, "the connection of the pretended callers did not close", e);
            }
        }
    }

    private URI uri(String path) {
        return URI.create(base + "/" + CallsApplication.PATH + "/" + path);
    }

    /** The status of the answer. */
    private int exchange(String method, URI uri, Map<String, String> headers, byte[] body) throws IOException {
        try (Socket socket = new Socket()) {
            current = socket;
            if (closed) {
                throw new IOException("closed");
            }
            int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
            socket.connect(new InetSocketAddress(uri.getHost(), port), CONNECT_MILLIS);
            socket.setSoTimeout(READ_MILLIS);
            StringBuilder head = new StringBuilder();
            head.append(method).append(' ').append(uri.getRawPath());
            if (uri.getRawQuery() != null) {
                head.append('?').append(uri.getRawQuery());
            }
            head.append(" HTTP/1.1\r\nHost: ").append(uri.getRawAuthority()).append("\r\nConnection: close\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
            return status(socket.getInputStream());
        } finally {
            current = null;
        }
    }

    /** Reads an answer to its end: whoever closes sooner may have the server see an error. */
    private static int status(InputStream in) throws IOException {
        BufferedReader answer = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
        String line = answer.readLine();
        Matcher status = STATUS_LINE.matcher(line == null ? "" : line);
        if (!status.matches()) {
            throw new IOException("the answer is not HTTP");
        }
        answer.transferTo(Writer.nullWriter());
        return Integer.parseInt(status.group(1));
    }

    private static String encoded(MultivaluedMap<String, String> form) {
        StringJoiner encoded = new StringJoiner("&");
        form.forEach((String name, List<String> values) -> {
            for (String value : values) {
                encoded.add(URLEncoder.encode(name, StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return encoded.toString();
    }
}
