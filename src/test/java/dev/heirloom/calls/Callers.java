package dev.heirloom.calls;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The pretended callers, who call from outside: for a server whose address it does not know itself. */
public final class Callers implements AutoCloseable {
    private static final long TICK_MILLIS = 200;

    private final DemoClient client;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> ticks;

    /**
     * Begins to call.
     *
     * @param base the base URL of the application
     * @param token what requests are signed with
     * @param calls how many calls there are at a time
     */
    @SuppressWarnings("UnnecessaryAssignment") // nobody injects anything here
    public Callers(URI base, String token, int calls) {
        TwilioSettings settings = new TwilioSettings();
        settings.publicUrl = Optional.empty();
        client = new DemoClient(base.toString().replaceFirst("/$", ""), settings, token);
        DemoTraffic traffic = new DemoTraffic(calls, new Random(), client);
        ticks = executor.scheduleWithFixedDelay(
                () -> traffic.tick(Instant.now()), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        ticks.cancel(true);
        executor.shutdownNow();
        client.close();
    }
}
