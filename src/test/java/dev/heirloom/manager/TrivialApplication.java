package dev.heirloom.manager;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An application that writes a log and uses the managed executors: shows what the server itself keeps of such. Each
 * thread of a pool keeps the class loaders of those who caused its creation, by its inherited access control context;
 * so the first deployment of this one causes the creation of more threads than are needed afterwards.
 */
@Singleton
@Startup
public class TrivialApplication {
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
