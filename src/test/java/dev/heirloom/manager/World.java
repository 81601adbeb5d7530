package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.TableSpec;
import dev.heirloom.ownership.OwnedTable;
import dev.heirloom.ownership.Requests;
import dev.heirloom.ownership.TableConsumer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Consumers, tasks, delays, time and events, all moved by a test alone. Its tables are of strings. */
final class World implements Machinery, Consumers {
    /** What consume does. */
    @FunctionalInterface
    interface Script {
        void run(OwnedTable<String, String> table, Requests requests) throws Exception;
    }

    private record Delayed(Runnable action, long due) {}

    final Deque<ConsumerTask<?, ?>> submitted = new ArrayDeque<>();
    final PriorityQueue<Delayed> delayed = new PriorityQueue<>((a, b) -> Long.compare(a.due - b.due, 0));
    final List<TableEvent> events = new ArrayList<>();
    final EventLog log = new EventLog(1_000, 100);
    final Set<String> missing = new HashSet<>();
    Script script = (table, requests) -> {};
    int cancelled;
    boolean rejecting;
    boolean reportingRejections;
    private long now = System.nanoTime();

    @Override
    public Runnable submit(ConsumerTask<?, ?> task) {
        if (rejecting) {
            RejectedExecutionException full = new RejectedExecutionException("full");
            if (reportingRejections) {
                task.done(full); // on the caller's thread, before the exception
            }
            throw full;
        }
        submitted.add(task);
        return () -> {
            cancelled++;
            task.done(new CancellationException());
        };
    }

    @Override
    public void schedule(Runnable action, long delayNanos) {
        delayed.add(new Delayed(action, now + delayNanos));
    }

    @Override
    public EventLog events() {
        return log;
    }

    @Override
    public void fire(TableEvent event) {
        events.add(event);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public @Nullable String whyNotLive(TableSpec<?, ?> spec, String consumer) {
        return missing.contains(consumer) ? "the consumer " + consumer + " is not deployed" : null;
    }

    @Override
    @SuppressWarnings("unchecked") // all tables are of strings
    public <K, R> Incarnation<K, R> create(TableSpec<K, R> spec, String consumer) {
        TableConsumer<String, String> made = (table, requests) -> script.run(table, requests);
        return new Incarnation<>((TableConsumer<K, R>) made, () -> {});
    }

    /** Has owners die from now on. */
    void dies() {
        script = (table, requests) -> {
            throw new Expected();
        };
    }

    /** Lets time pass, and what is due happen. */
    void pass(Duration time) {
        long until = now + time.toNanos();
        while (!delayed.isEmpty() && delayed.element().due - until <= 0) {
            Delayed next = delayed.remove();
            now = Math.max(now, next.due);
            next.action.run();
        }
        now = until;
    }

    /** Runs the task submitted first to its end, without telling anyone. */
    ConsumerTask<?, ?> run() {
        ConsumerTask<?, ?> task = submitted.remove();
        try {
            task.call();
        } catch (Exception | Error e) {
            assertThat(task.failure()).isSameAs(e);
        }
        return task;
    }

    /** Runs the task submitted first to its end, which is as the script says, and tells of it. */
    ConsumerTask<?, ?> runAndTell() {
        ConsumerTask<?, ?> task = run();
        task.done(task.failure());
        return task;
    }

    <E extends TableEvent> List<E> told(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
