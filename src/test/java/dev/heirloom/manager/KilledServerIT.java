package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heirloom.Deployments;
import dev.heirloom.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real server that is written over HTTP at full speed is killed, again and again, and started again: what it had
 * acknowledged is there, nothing is half there, the epoch has grown, and readiness waits for the rows.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class KilledServerIT {
    private static final int KILLS = Integer.getInteger("heirloom.server-kills", 1);
    private static final int CALLERS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SplittableRandom random = new SplittableRandom();

    /** The latest number of each caller that the server has acknowledged. */
    private final AtomicLong[] acknowledged = new AtomicLong[CALLERS];

    private URI base;

    @ParameterizedTest
    @ValueSource(strings = {"EVERY_SECOND", "ALWAYS"})
    void killedWhileItIsWritten_whatWasAcknowledgedIsThere(String durability, @TempDir Path directory)
            throws Exception {
        File war = ServerProcess.export(
                Deployments.bundled(
                        KilledApplication.class,
                        KilledApplication.Half.class,
                        KilledApplication.GatedCodec.class,
                        KilledApplication.Halves.class,
                        KilledApplication.HalvesResource.class),
                directory);
        for (int i = 0; i < CALLERS; i++) {
            acknowledged[i] = new AtomicLong();
        }
        long epoch = 0;
        for (int kill = 0; kill <= KILLS; kill++) {
            Path gate = Files.createFile(directory.resolve("gate"));
            try (ServerProcess server = start(directory, war, gate, durability)) {
                base = server.base();
                if (kill == 0) {
                    Files.delete(gate);
                } else {
                    await().atMost(PATIENCE).until(() -> health().contains("Loading"));
                    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
                    assertThat(get("api/halves").statusCode()).isNotEqualTo(200);
                    Files.delete(gate);
                }
                await().atMost(PATIENCE)
                        .until(() -> health().contains("heirloom-tables")
                                && get("/health/ready").statusCode() == 200
                                && get("api/halves/epoch")
                                        .body()
                                        .matches("\\d+")); // the server lets requests in a little later
                assertThat(server.log()).doesNotContain("Exception executing HealthCheck");
                check();
                HttpResponse<String> told = get("api/halves/epoch");
                assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
                long itsEpoch = Long.parseLong(told.body());
                assertThat(itsEpoch).isGreaterThan(epoch);
                epoch = itsEpoch;
                if (kill < KILLS) {
                    writeUntilKilled(server);
                }
            }
        }
    }

    private static ServerProcess start(Path directory, File war, Path gate, String durability) throws IOException {
        return ServerProcess.start(
                directory,
                war,
                "/killed", // the health of the application at "/" is asked of itself, which says 500 until it has
                // started
                List.of(
                        "-Dheirloom.data-dir=" + directory.resolve("data"),
                        "-D" + KilledApplication.GATE + "=" + gate,
                        "-Dheirloom.test.durability=" + durability),
                List.of());
    }

    private void writeUntilKilled(ServerProcess server) throws InterruptedException {
        long before = total();
        long enough = 100L + random.nextInt(1_000);
        Thread[] callers = new Thread[CALLERS];
        for (int i = 0; i < CALLERS; i++) {
            int caller = i;
            callers[i] = new Thread(() -> write(caller), "caller " + i);
            callers[i].start();
        }
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> total() - before > enough || !server.isAlive());
        server.kill();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(total() - before).isGreaterThan(enough);
    }

    private long total() {
        long sum = 0;
        for (AtomicLong each : acknowledged) {
            sum += each.get();
        }
        return sum;
    }

    /** Writes one number after another, until nobody answers. */
    private void write(int caller) {
        while (true) {
            long next = acknowledged[caller].get() + 1;
            HttpRequest request = HttpRequest.newBuilder(base.resolve("api/halves/caller" + caller + "/" + next))
                    .timeout(PATIENCE)
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            try {
                if (client.send(request, BodyHandlers.ofString()).statusCode() != 204) {
                    return;
                }
            } catch (IOException | InterruptedException e) {
                return; // it is dead, as it should be
            }
            acknowledged[caller].set(next);
        }
    }

    private void check() throws IOException, InterruptedException {
        HttpResponse<String> answer = get("api/halves");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Map<String, Long> rows = new TreeMap<>();
        answer.body().lines().forEach(line -> {
            String[] parts = line.split(" ", -1);
            rows.put(parts[0], Long.parseLong(parts[1]));
        });
        for (int i = 0; i < CALLERS; i++) {
            long first = rows.getOrDefault("caller" + i + "-first", 0L);
            assertThat(rows.getOrDefault("caller" + i + "-second", 0L)).isEqualTo(first);
            assertThat(first).isBetween(acknowledged[i].get(), acknowledged[i].get() + 1);
            acknowledged[i].set(first);
        }
    }

    /** The checks of readiness; empty while the server does not answer. Somebody who asks early is told so, no more. */
    private String health() throws InterruptedException {
        try {
            HttpResponse<String> answer = get("/health/ready");
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 404, 503); // there is no /health at first
            return answer.body();
        } catch (IOException e) {
            return "";
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).build(), BodyHandlers.ofString());
    }
}
