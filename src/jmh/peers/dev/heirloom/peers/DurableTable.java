package dev.heirloom.peers;

import dev.heirloom.TableSpec;
import dev.heirloom.backup.Durability;
import dev.heirloom.manager.TestTables;
import dev.heirloom.ownership.TableRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A table of ours under load, kept in a directory. */
final class DurableTable implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final TestTables tables;
    private final TableRef<String, Kept> rows;

    /** Loads what is there; returns once it has an owner. */
    DurableTable(Path directory, Durability durability) {
        TableSpec<String, Kept> spec = Kept.spec(durability).timeout(PATIENCE);
        tables = TestTables.in(directory, spec);
        rows = tables.ref(spec);
        while (!tables.status(spec).isOwned()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    String name() {
        return rows.name();
    }

    long size() {
        return rows.size();
    }

    /** Has its owner look up from its mailbox. */
    void wake() {
        rows.call(t -> 0);
    }

    /** Has the owner insert rows itself. */
    void fill(int count) {
        DrivenConsumer.run(this, table -> {
            for (int i = 0; i < count; i++) {
                table.insert(Kept.of(i, 0));
            }
        });
    }

    /** Nanoseconds of a write when the owner overwrites random rows of a number. */
    double ownWrites(int keys, int count) {
        long[] took = new long[1];
        DrivenConsumer.run(this, table -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                table.insert(Kept.large(random.nextInt(keys), i));
            }
            took[0] = System.nanoTime() - start;
        });
        return (double) took[0] / count;
    }

    /** How long each write takes when the owner overwrites random rows for some time. */
    Latencies overwrites(int keys, Duration time) {
        Latencies latencies = new Latencies();
        DrivenConsumer.run(this, table -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            long end = System.nanoTime() + time.toNanos();
            long last = System.nanoTime();
            while (last < end) {
                Kept row = Kept.of(random.nextInt(keys), last);
                last = System.nanoTime();
                table.insert(row);
                long now = System.nanoTime();
                latencies.add(now - last);
                last = now;
            }
        });
        return latencies;
    }

    /** Asks for overwrites of random rows, so many of which are under way at any time. */
    Load asks(int keys, int count, int underWay) throws InterruptedException {
        Latencies latencies = new Latencies();
        Semaphore room = new Semaphore(underWay);
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            Kept row = Kept.large(random.nextInt(keys), i);
            room.acquire();
            long asked = System.nanoTime();
            var unused = rows.ask(t -> t.insert(row)).whenComplete((inserted, failure) -> {
                if (failure == null) { // a table that fails has the benchmark wait, and not report
                    latencies.add(System.nanoTime() - asked);
                    room.release();
                }
            });
        }
        room.acquire(underWay);
        return latencies.load(System.nanoTime() - start);
    }

    /** Has so many threads call for overwrites of random rows. */
    Load calls(int keys, int count, int threads) throws InterruptedException {
        Latencies latencies = new Latencies();
        Thread[] callers = new Thread[threads];
        long start = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            callers[i] = new Thread(() -> {
                for (int left = count / threads; left > 0; left--) {
                    Kept row = Kept.large(ThreadLocalRandom.current().nextInt(keys), left);
                    long called = System.nanoTime();
                    rows.call(t -> t.insert(row));
                    latencies.add(System.nanoTime() - called);
                }
            });
            callers[i].start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        return latencies.load(System.nanoTime() - start);
    }

    @Override
    public void close() {
        tables.close();
    }
}
