package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heirloom.Deployments;
import dev.heirloom.ServerProcess;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The application as the command that runs it starts it, and nothing else set: closed, told how to enter, with callers. */
@Timeout(600) // seconds
class RunCommandIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern PASSWORD = Pattern.compile("([a-km-z2-9]{20})");

    @Test
    void startedByItsCommand_isClosed_andThePasswordOfItsLogOpensIt(@TempDir Path directory) throws Exception {
        Path commands = Path.of(System.getProperty("heirloom.loopback"));
        try (ServerProcess server = ServerProcess.start(
                directory,
                ServerProcess.export(Deployments.application(), directory),
                "/heirloom",
                List.of("-Dheirloom.demo=true", "-Dheirloom.chaos=true"),
                List.of(
                        "--postbootcommandfile",
                        commands.resolveSibling("closed.asadmin").toString()))) {
            Http nobody = new Http(server.base()).with(Map.of());
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> nobody.get("/health/ready").status() == 200);
            await().atMost(PATIENCE)
                    .until(() -> nobody.get("/metrics").status() == 404
                            && nobody.get("/openapi").status() == 404);
            assertThat(nobody.get("/health/live").status()).isEqualTo(200);
            for (String closed : List.of("api/tables", "api/metrics", "api/calls", "api/events", "api/jobs")) {
                assertThat(nobody.get(closed).status()).as(closed).isEqualTo(401);
            }
            assertThat(nobody.get("").body()).contains("<title>Heirloom");

            Http admin = nobody.with(Map.of("Authorization", Http.basic("admin", password(server))));
            assertThat(admin.get("api/session").json().getString("user")).isEqualTo("admin");
            await().atMost(PATIENCE).until(() -> admin.get("api/calls").json().getInt("ongoing") > 0);
            assertThat(isTakenEverywhere(server.base().getPort())).isFalse();
        }
    }

    /** As the log tells it, once. */
    private static String password(ServerProcess server) {
        List<String> told = server.log()
                .lines()
                .map(String::strip)
                .filter(line -> line.contains("assword"))
                .map(PASSWORD::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .toList();
        assertThat(told).hasSize(1);
        return told.get(0);
    }

    /** Whether the server has its port on all addresses, and not on one of the loopback interface only. */
    private static boolean isTakenEverywhere(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("127.0.0.2", port));
            return false;
        } catch (BindException e) {
            return true;
        }
    }
}
