package dev.heirloom.manager;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An application that writes a log, uses the managed executors and has a stream of events: shows what the server itself keeps of such. Each
 * thread of a pool keeps the class loaders of those who caused its creation, by its inherited access control context;
 * so the first deployment of this one causes the creation of more threads than are needed afterwards.
 */
@Singleton
@Startup
public class TrivialApplication {
    /** An API. */
    @ApplicationPath("api")
    public static class Api extends Application {}

    /** A short stream. */
    @Path("events")
    @RequestScoped
    public static class Events {
        @GET
        @Produces(MediaType.SERVER_SENT_EVENTS)
        public void follow(@Context SseEventSink sink, @Context Sse sse) {
            sink.send(sse.newEventBuilder().name("position").data("{}").build())
                    .thenRun(sink::close); // the server does not close it at its undeployment
        }
    }

    /** More than the application under test needs. */
    private static final int THREADS = 32;

    @Resource
    @SuppressWarnings("NullAway.Init")
    private ManagedExecutorService executor;

    @Resource
    @SuppressWarnings("NullAway.Init")
    private ManagedScheduledExecutorService scheduler;

    private @Nullable ScheduledFuture<?> ticks;

    @PostConstruct
    @SuppressWarnings("unchecked") // the driver has put it there
    void start() {
        System.getLogger("trivial").log(Level.INFO, "started");
        CountDownLatch all = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            executor.execute(() -> {
                all.countDown();
                try {
                    all.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        ticks = scheduler.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.MILLISECONDS);
        Object loaders = System.getProperties().get("heirloom.test.loaders");
        ((List<WeakReference<ClassLoader>>) Objects.requireNonNull(loaders))
                .add(new WeakReference<>(getClass().getClassLoader()));
    }

    @PreDestroy
    void stop() {
        if (ticks != null) {
            ticks.cancel(false);
        }
    }
}
