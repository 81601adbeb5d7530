package dev.heirloom.rest;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A client of the deployed application, Twilio's way of signing included. */
public final class Http {
    /** As arquillian.xml sets it. */
    public static final String ADMIN_PASSWORD = "for-tests-on-loopback";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI base;

    /** What says who the user is; sent with every request. */
    private final Map<String, String> credentials;

    /** As the administrator. */
    public Http(URI base) {
        this(base, Map.of("Authorization", basic("admin", ADMIN_PASSWORD)));
    }

    private Http(URI base, Map<String, String> credentials) {
        this.base = base;
        this.credentials = credentials;
    }

    /** The same as somebody else, or as nobody: with these headers instead. */
    public Http with(Map<String, String> credentials) {
        return new Http(base, credentials);
    }

    /** The value of {@code Authorization} for a user with a password. */
    public static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** An answer: its status, its headers and its body as text. */
    public record Answer(int status, java.net.http.HttpHeaders headers, String body) {
        public JsonObject json() {
            try (JsonReader reader = Json.createReader(new StringReader(body))) {
                return reader.readObject();
            }
        }

        public JsonArray jsonArray() {
            try (JsonReader reader = Json.createReader(new StringReader(body))) {
                return reader.readArray();
            }
        }

        public String contentType() {
            return headers.firstValue("Content-Type").orElse("");
        }
    }

    public Answer get(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    public Answer post(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Sends any request; headers are names and values in turn. */
    public Answer send(String method, String path, String body, String... headers) {
        HttpRequest.BodyPublisher sent =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).method(method, sent);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Posts a form without a signature. */
    public Answer form(String path, Map<String, String> form) {
        return send(formRequest(path, form));
    }

    /** Posts a form as Twilio does: HMAC-SHA1 over the URL and the sorted parameters. */
    public Answer signed(String token, String path, Map<String, String> form) {
        String signature = sign(token, base.resolve(path).toString(), form);
        return send(formRequest(path, form).header("X-Twilio-Signature", signature));
    }

    private HttpRequest.Builder formRequest(String path, Map<String, String> form) {
        return HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(form)));
    }

    /** Sends a request with a body of JSON. */
    public Answer send(String method, String path, String json) {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    private Answer send(HttpRequest.Builder request) {
        credentials.forEach(request::header);
        try {
            HttpResponse<String> response = client.sendAsync(
                            request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString())
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS); // the other time limit ends with the headers
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (ExecutionException | TimeoutException e) {
            throw new UncheckedIOException(new IOException(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A form as it is sent. */
    static String form(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Twilio's signature of a request. */
    static String sign(String token, String url, Map<String, String> form) {
        StringBuilder text = new StringBuilder(url);
        new TreeMap<>(form).forEach((name, value) -> text.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
