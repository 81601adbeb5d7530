package dev.heirloom.manager;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Those who follow events or changes over the network. A clock looks whether there is anything to write to each; only
 * then it takes a thread, for as long as it writes. So one that is idle costs no thread, and one that reads slowly holds
 * up nobody but itself. Thread-safe; nothing here is called by an owner.
 */
public final class Streams {
    /** How often it is looked whether there is anything to write. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Who follows. */
    public interface Subscriber {
        /** Whether there is something to write; quick, and does not throw. */
        boolean isDue(long now);

        /** Writes it; may block. Never called by two threads at a time. */
        void write(long now);

        /** Says that a write takes too long: it is to be the last one. Called while another thread writes. */
        void tooSlow();

        /** Says that the application is about to end; has {@link #write} be called once more. Quick. */
        void stop();

        /** Whether there is nothing left to do for it. */
        boolean isOver();
    }

    /**
     * The bounds.
     *
     * @param subscribers how many there may be
     * @param slowAfter who takes longer than this to be written to is too slow
     * @param heartbeat how often something is written when nothing happens
     */
    public record Limits(int subscribers, Duration slowAfter, Duration heartbeat) {
        public Limits {
            if (subscribers < 0) {
                throw new IllegalArgumentException("subscribers: " + subscribers + " is negative");
            }
            requirePositive(slowAfter, "slowAfter");
            requirePositive(heartbeat, "heartbeat");
        }

        private static void requirePositive(Duration value, String name) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + ": " + value + " is not positive");
            }
        }
    }

    private final Machinery machinery;
    private final Executor executor;
    private final Limits limits;
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();

    /** Guarded by this, as is the number of subscriptions. */
    private boolean ticking;

    private boolean stopped;

    /** @param executor where it may block */
    Streams(Machinery machinery, Executor executor, Limits limits) {
        this.machinery = machinery;
        this.executor = executor;
        this.limits = limits;
    }

    public Limits limits() {
        return limits;
    }

    /** How many there are. */
    public int count() {
        return subscriptions.size();
    }

    /** Whether another one would be refused now. */
    public boolean isFull() {
        return subscriptions.size() >= limits.subscribers();
    }

    /**
     * Begins to write to a subscriber.
     *
     * @return false if there are too many, or the application is about to end
     */
    public boolean open(Subscriber subscriber) {
        synchronized (this) {
            if (stopped || isFull()) {
                return false;
            }
            subscriptions.add(new Subscription(subscriber));
            if (ticking) {
                return true;
            }
            ticking = true;
        }
        machinery.schedule(this::tick, 0);
        return true;
    }

    private void tick() {
        long now = machinery.nanoTime();
        for (Subscription each : subscriptions) {
            each.look(now);
        }
        synchronized (this) {
            subscriptions.removeIf(Subscription::isOver);
            ticking = !subscriptions.isEmpty() && !stopped;
            if (!ticking) {
                return;
            }
        }
        machinery.schedule(this::tick, TICK_NANOS);
    }

    /** Tells everybody that this is the end. Whoever does not take notice within the time is left alone. */
    void stop(Duration grace) {
        synchronized (this) {
            stopped = true;
        }
        subscriptions.forEach(each -> each.subscriber.stop());
        long end = System.nanoTime() + grace.toNanos();
        boolean over = false;
        while (!over && System.nanoTime() - end < 0) {
            long now = machinery.nanoTime();
            subscriptions.forEach(each -> each.look(now));
            subscriptions.removeIf(Subscription::isOver);
            over = subscriptions.isEmpty();
            if (!over) {
                java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
        subscriptions.clear();
    }

    /** One subscriber, and the thread that writes to it. */
    private final class Subscription {
        final Subscriber subscriber;
        private final AtomicBoolean writing = new AtomicBoolean();
        private volatile long since;

        Subscription(Subscriber subscriber) {
            this.subscriber = subscriber;
        }

        boolean isOver() {
            return !writing.get() && subscriber.isOver();
        }

        void look(long now) {
            if (writing.get()) {
                if (now - since > limits.slowAfter().toNanos()) {
                    subscriber.tooSlow();
                }
            } else if (!subscriber.isOver() && subscriber.isDue(now)) {
                since = now;
                writing.set(true);
                try {
                    executor.execute(this::write);
                } catch (RejectedExecutionException e) { // the server is full: another time
                    writing.set(false);
                }
            }
        }

        private void write() {
            try {
                subscriber.write(machinery.nanoTime());
            } finally {
                writing.set(false);
            }
        }
    }
}
