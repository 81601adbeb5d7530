package dev.heirloom.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/** Connections that send requests as fast as they are answered, for a while. */
final class Load {
    private static final int CONNECTIONS = 16;

    /** What came of it. */
    static final class Outcome {
        private final long good;
        private final long bad;
        private final Duration took;
        private final long[] sortedNanos;

        private Outcome(List<Share> shares, Duration took) {
            this.good = shares.stream().mapToLong(each -> each.good).sum();
            this.bad = shares.stream().mapToLong(each -> each.bad).sum();
            this.took = took;
            this.sortedNanos = shares.stream()
                    .flatMapToLong(each -> Arrays.stream(each.nanos, 0, each.count))
                    .sorted()
                    .toArray();
        }

        /** How many requests were answered as they should. */
        long good() {
            return good;
        }

        /** How many were not. */
        long bad() {
            return bad;
        }

        double perSecond() {
            return good / (took.toNanos() / 1e9);
        }

        double millis(double quantile) {
            return sortedNanos[(int) Math.min(sortedNanos.length - 1L, Math.round(quantile * sortedNanos.length))]
                    / 1e6;
        }
    }

    /** What one connection has had. */
    private static final class Share {
        private long good;
        private long bad;
        private long[] nanos = new long[1 << 12];
        private int count;

        void add(int status, long took) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = took;
            if (status < 300) {
                good++;
            } else {
                bad++;
            }
        }
    }

    private Load() {}

    static Outcome run(int port, List<byte[]> requests, Duration length) {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            long begun = System.nanoTime();
            long end = begun + length.toNanos();
            List<Future<Share>> running = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int seed = i;
                running.add(threads.submit(() -> share(port, requests, end, seed)));
            }
            List<Share> shares = new ArrayList<>();
            for (Future<Share> each : running) {
                shares.add(each.get());
            }
            return new Outcome(shares, Duration.ofNanos(System.nanoTime() - begun));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static Share share(int port, List<byte[]> requests, long end, int seed) {
        Share share = new Share();
        RandomGenerator random = new SplittableRandom(seed);
        try (Connection connection = new Connection(port)) {
            long now = System.nanoTime();
            while (now < end) {
                int status = connection.send(requests.get(random.nextInt(requests.size())));
                long then = System.nanoTime();
                share.add(status, then - now);
                now = then;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return share;
    }
}
