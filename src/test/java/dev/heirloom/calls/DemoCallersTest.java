package dev.heirloom.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class DemoCallersTest {
    private final Queue<Runnable> executed = new ArrayDeque<>();

    @Test
    void run_neverWaitsForAnAnswerOnTheSchedulersThread() throws IOException {
        DemoCallers.Ticks ticks = ticks(executed::add);
        ticks.run();
        ticks.run();
        assertThat(executed).as("one at a time").hasSize(1);
        executed.remove().run();
        ticks.run();
        assertThat(executed).as("the next one").hasSize(1);
    }

    @Test
    void run_withoutAThreadTriesAgainTheNextTime() throws IOException {
        DemoCallers.Ticks ticks = ticks(task -> {
            executed.add(task);
            throw new RejectedExecutionException();
        });
        ticks.run();
        ticks.run();
        assertThat(executed).hasSize(2);
    }

    private static DemoCallers.Ticks ticks(Executor executor) throws IOException {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }
        DemoClient client = new DemoClient(
                "http://localhost:" + closedPort,
                TwilioSettingsTest.settings(Optional.of("secret"), Optional.empty(), true),
                "secret");
        return new DemoCallers.Ticks(executor, client, new DemoTraffic(1, new Random(), client));
    }
}
