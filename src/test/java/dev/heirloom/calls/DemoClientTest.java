package dev.heirloom.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.twilio.security.RequestValidator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30) // seconds
class DemoClientTest {
    private static final String TOKEN = "secret";

    private final DemoStep step = DemoScript.write(new Random(1), Instant.now()).get(0);
    private HttpServer server;
    private DemoClient client;
    private int answer = 204;
    private String requested = "";
    private String method = "";
    private String body = "";
    private Map<String, String> headers = Map.of();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/heirloom/api/", this::answer);
        server.start();
        client = client(Optional.empty());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void send_isSignedAsTwilioSigns() throws IOException {
        assertThat(client.send(step)).isEqualTo(204);
        assertThat(method).isEqualTo("POST");
        assertThat(requested).isEqualTo("/heirloom/api/" + step.path());
        assertThat(new RequestValidator(TOKEN)
                        .validate(base() + "/api/" + step.path(), decoded(), headers.get("X-twilio-signature")))
                .isTrue();
        assertThat(headers).containsEntry("I-twilio-idempotency-token", step.token());
    }

    @Test
    void send_behindAProxySignsThePublicUrl() throws IOException {
        client = client(Optional.of("https://example.com/phones"));
        var unused = client.send(step);
        assertThat(new RequestValidator(TOKEN)
                        .validate(
                                "https://example.com/phones/api/" + step.path(),
                                decoded(),
                                headers.get("X-twilio-signature")))
                .isTrue();
    }

    @Test
    void send_anErrorIsAStatusNotAnException() throws IOException {
        answer = 503;
        assertThat(client.send(step)).isEqualTo(503);
        answer = 404;
        assertThat(client.send(step)).isEqualTo(404);
    }

    @Test
    void isUp_onlyWhenTheApplicationAnswers() {
        answer = 200;
        assertThat(client.isUp()).isTrue();
        answer = 404;
        assertThat(client.isUp()).isFalse();
        server.stop(0);
        assertThat(client.isUp()).isFalse();
    }

    @Test
    void requests_leaveNoThreadAndNoConnectionBehind() throws IOException {
        Set<Thread> before = threads();
        for (int i = 0; i < 5; i++) {
            assertThat(client.send(step)).isEqualTo(204);
            assertThat(headers).containsEntry("Connection", "close");
        }
        client.close();
        Set<Thread> after = threads();
        after.removeAll(before);
        assertThat(after)
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("HttpClient") || name.contains("Keep-Alive"));
        assertThat(after).isEmpty();
    }

    @Test
    void send_toSomethingThatIsNotHttp() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            DemoClient client = client("http://localhost:" + other.getLocalPort(), Optional.empty());
            FutureTask<Integer> sending = new FutureTask<>(() -> client.send(step));
            new Thread(sending).start();
            try (Socket socket = other.accept()) {
                socket.getOutputStream().write("220 mail\r\n".getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(() -> sending.get(5, TimeUnit.SECONDS))
                        .withCauseInstanceOf(IOException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://localhost/heirloom", "localhost:8080", "/heirloom", "http:///x"})
    void base_isAnHttpUrl(String base) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client(base, Optional.empty()))
                .withMessageContaining("heirloom.demo.url");
    }

    @Test
    void close_breaksOffTheRequestUnderWay() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        server.createContext("/heirloom/api/calls/", exchange -> {
            arrived.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        FutureTask<Integer> sending = new FutureTask<>(() -> client.send(step));
        new Thread(sending).start();
        arrived.await();
        client.close();
        try {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> sending.get(5, TimeUnit.SECONDS))
                    .withCauseInstanceOf(IOException.class);
        } finally {
            over.countDown();
        }
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.send(step));
    }

    private DemoClient client(Optional<String> publicUrl) {
        return client(base(), publicUrl);
    }

    private static DemoClient client(String base, Optional<String> publicUrl) {
        return new DemoClient(base, TwilioSettingsTest.settings(Optional.of(TOKEN), publicUrl, true), TOKEN);
    }

    private String base() {
        return "http://localhost:" + server.getAddress().getPort() + "/heirloom";
    }

    private void answer(HttpExchange exchange) throws IOException {
        requested = exchange.getRequestURI().getPath();
        method = exchange.getRequestMethod();
        headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    private Map<String, String> decoded() {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            int at = pair.indexOf('=');
            form.put(
                    URLDecoder.decode(pair.substring(0, at), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
        }
        return form;
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }
}
