package dev.heirloom.rest;

import dev.heirloom.manager.Streams;
import dev.heirloom.manager.TableManager;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;

/** Opens the event streams of this application, as many as may be. Thread-safe. */
@ApplicationScoped
class EventStreams {
    private static final Duration LATER = Duration.ofSeconds(5);

    @Inject
    @SuppressWarnings("NullAway.Init")
    private TableManager manager;

    /** Refuses a client for which there is no room; before anything is made for it. */
    void checkRoom() {
        if (manager.streams().isFull()) {
            throw full();
        }
    }

    void open(Feed feed, SseEventSink sink, Sse sse, HttpServletResponse response) {
        Streams streams = manager.streams();
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // proxies keep streams back otherwise
        long heartbeat = streams.limits().heartbeat().toNanos();
        if (!streams.open(new SseSubscriber(feed, new SseWire(sink, sse), heartbeat))) {
            throw full();
        }
    }

    private ProblemException full() {
        return new ProblemException(Problem.of(503, "too-many-subscribers", "Too many clients follow events")
                .withDetail("there may be " + manager.streams().limits().subscribers()
                        + " (setting heirloom.events.max-subscribers)")
                .withRetryAfter(LATER));
    }
}
