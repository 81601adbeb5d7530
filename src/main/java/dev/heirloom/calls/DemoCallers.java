package dev.heirloom.calls;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Sample traffic: when {@code heirloom.demo} is set, pretended callers keep the webhooks busy, over HTTP like everybody
 * else, for as long as the application runs. The settings are documented at {@link CallSettings}.
 */
@ApplicationScoped
class DemoCallers {
    private static final Logger LOG = Logger.getLogger(DemoCallers.class.getName());
    private static final long START_MILLIS = 1_000;
    private static final long TICK_MILLIS = 200;
    private static final int MOST_CALLS = 200;

    @Inject
    TwilioSettings twilio;

    @Inject
    @ConfigProperty(name = "heirloom.demo.calls", defaultValue = "20")
    int calls;

    @Inject
    @ConfigProperty(name = "heirloom.demo.url")
    Optional<String> url;

    /** Payara's own setting: the port it listens on. */
    @Inject
    @ConfigProperty(name = "payara.instance.http.port", defaultValue = "8080")
    int port;

    @SuppressWarnings("NullAway.Init") // set by the container
    @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
    ManagedScheduledExecutorService scheduler;

    @SuppressWarnings("NullAway.Init") // set by the container
    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    ManagedExecutorService executor;

    private @Nullable DemoClient client;
    private @Nullable Future<?> ticks;

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        if (!twilio.demo()) {
            return;
        }
        String base = url.map(String::strip)
                .filter(set -> !set.isEmpty())
                .orElseGet(() -> "http://localhost:" + port
                        + (application instanceof ServletContext context ? context.getContextPath() : ""))
                .replaceFirst("/+$", "");
        try {
            DemoClient client = new DemoClient(base, twilio, twilio.authToken().orElseThrow());
            DemoTraffic traffic = new DemoTraffic(Math.max(1, Math.min(calls, MOST_CALLS)), new Random(), client);
            this.client = client;
            ticks = scheduler.scheduleWithFixedDelay(
                    new Ticks(executor, client, traffic), START_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
            LOG.log(Level.INFO, "pretended callers will call {0}", base);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "there will be no pretended callers", e); // not a reason not to deploy
        }
    }

    @PreDestroy
    void stop() {
        if (ticks != null) {
            ticks.cancel(true);
        }
        if (client != null) {
            client.close();
        }
    }

    /**
     * Waits for the application to answer, and then has the callers call; on the executor, and no more than one at a
     * time. The scheduler's threads must not wait for answers: on the last of them the manager would bring back the
     * owner that the answer waits for, and cannot.
     */
    static final class Ticks implements Runnable {
        private final Executor executor;
        private final DemoClient client;
        private final DemoTraffic traffic;
        private final AtomicBoolean busy = new AtomicBoolean();
        private boolean up;

        Ticks(Executor executor, DemoClient client, DemoTraffic traffic) {
            this.executor = executor;
            this.client = client;
            this.traffic = traffic;
        }

        @Override
        public void run() {
            if (!busy.compareAndSet(false, true)) {
                return;
            }
            try {
                executor.execute(this::tick);
            } catch (RejectedExecutionException e) {
                busy.set(false);
                LOG.log(Level.FINE, "the executor has no thread for the pretended callers", e);
            }
        }

        private void tick() {
            try {
                up = up || client.isUp();
                if (up) {
                    traffic.tick(Instant.now());
                }
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "the pretended callers stumbled", e);
            } finally {
                busy.set(false);
            }
        }
    }
}
