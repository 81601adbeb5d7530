package dev.heirloom.table;

import static dev.heirloom.table.TreeInvariants.assertInvariants;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What readers see of a {@link TreeIndex} while one thread writes: every tenth key stays, the others come and go. */
@Timeout(60)
class TreeIndexConcurrencyTest {
    private static final int WIDTH = 8;
    private static final int KEYS = 2000;
    private static final int STAY = 10;
    private static final long WRITING_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    private final AtomicBoolean written = new AtomicBoolean();

    @Test
    void readersOfNumbers_findAllThatStays() throws Exception {
        readWhileWriting(Comparator.naturalOrder(), key -> key);
    }

    @Test
    void readersOfStrings_findAllThatStays() throws Exception {
        readWhileWriting(Comparator.naturalOrder(), "customer-%06d"::formatted);
    }

    @Test
    void readersByAComparator_findAllThatStays() throws Exception {
        readWhileWriting(String.CASE_INSENSITIVE_ORDER, "customer-%06d"::formatted);
    }

    private <K> void readWhileWriting(Comparator<? super K> order, LongFunction<K> keys) throws Exception {
        TreeIndex<K, Long> tree = new TreeIndex<>(order, WIDTH);
        for (long i = 0; i < KEYS; i += STAY) {
            tree.put(new Version<>(keys.apply(i), i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> readers = new ArrayList<>();
            readers.add(threads.submit(untilWritten(() -> assertScans(tree))));
            readers.add(threads.submit(untilWritten(() -> assertGets(tree, keys))));
            readers.add(threads.submit(untilWritten(() -> assertNeighbours(tree, keys))));
            threads.submit(write(tree, keys)).get();
            for (Future<?> reader : readers) {
                reader.get();
            }
        } finally {
            written.set(true);
            threads.shutdown();
        }
        assertInvariants(tree, WIDTH);
    }

    private <K> Callable<@Nullable Void> write(TreeIndex<K, Long> tree, LongFunction<K> keys) {
        return () -> {
            Random random = new Random(1);
            long end = System.nanoTime() + WRITING_NANOS;
            for (int i = 0; i < 50 || System.nanoTime() < end; i++) {
                boolean fill = i % 2 == 0;
                boolean descending = random.nextInt(2) == 0;
                int share = 1 + random.nextInt(4);
                for (int j = 0; j < KEYS; j++) {
                    long number = descending ? KEYS - 1 - j : j;
                    K key = keys.apply(number);
                    if (number % STAY == 0) {
                        tree.put(new Version<>(key, number));
                    } else if (fill && random.nextInt(share) == 0) {
                        tree.put(new Version<>(key, number));
                    } else if (!fill) {
                        Version<K, Long> version = tree.get(key);
                        if (version != null) {
                            tree.remove(version);
                        }
                    }
                }
            }
            written.set(true);
            return null;
        };
    }

    private Callable<@Nullable Void> untilWritten(Runnable check) {
        return () -> {
            while (!written.get()) {
                check.run();
            }
            return null;
        };
    }

    private static <K> void assertScans(TreeIndex<K, Long> tree) {
        assertScan(tree.iterator(), 0, 1);
        assertScan(tree.descending(null, true), KEYS - STAY, -1);
    }

    /** In order, and with all that stays. */
    private static <K> void assertScan(Iterator<Version<K, Long>> scan, long expected, int direction) {
        long previous = direction > 0 ? -1 : KEYS;
        long next = expected;
        while (scan.hasNext()) {
            long number = scan.next().value;
            if ((number - previous) * direction <= 0) {
                throw new AssertionError(number + " after " + previous);
            }
            if (number % STAY == 0) {
                assertThat(number).isEqualTo(next);
                next += (long) STAY * direction;
            }
            previous = number;
        }
        assertThat(next).isEqualTo(direction > 0 ? KEYS : -STAY);
    }

    private static <K> void assertGets(TreeIndex<K, Long> tree, LongFunction<K> keys) {
        for (long i = 0; i < KEYS; i += STAY) {
            Version<K, Long> version = tree.get(keys.apply(i));
            assertThat(version).isNotNull();
            assertThat(version.value).isEqualTo(i);
        }
    }

    private static <K> void assertNeighbours(TreeIndex<K, Long> tree, LongFunction<K> keys) {
        for (long i = STAY; i < KEYS - STAY; i++) {
            K key = keys.apply(i);
            assertThat(tree.higher(key).value).isBetween(i + 1, (i / STAY + 1) * STAY);
            assertThat(tree.lower(key).value).isBetween((i - 1) / STAY * STAY, i - 1);
            assertThat(tree.ceiling(key).value).isBetween(i, (i + STAY - 1) / STAY * STAY);
            assertThat(tree.floor(key).value).isBetween(i / STAY * STAY, i);
        }
    }
}
