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

/** What readers see of an index while one thread writes: every tenth key stays, the others come and go. */
@Timeout(60)
class IndexConcurrencyTest {
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
        readWhileWriting(
                tree, keys, () -> assertScans(tree), () -> assertGets(tree, keys), () -> assertNeighbours(tree, keys));
        assertInvariants(tree, WIDTH);
    }

    @Test
    void readersOfAHashIndex_findAllThatStays() throws Exception {
        HashIndex<Long, Long> index = new HashIndex<>();
        readWhileWriting(
                index,
                key -> key,
                () -> assertScan(index),
                () -> assertGets(index, key -> key),
                () -> assertNeighbours(index, key -> key));
    }

    @Test
    void readersOfAHashIndexOfKeysThatCollide_findAllThatStays() throws Exception {
        HashIndex<HashIndexTest.Key, Long> index = new HashIndex<>();
        LongFunction<HashIndexTest.Key> keys = number -> new HashIndexTest.Key((int) number, (int) number % 7);
        readWhileWriting(index, keys, () -> assertScan(index), () -> assertGets(index, keys));
    }

    private <K> void readWhileWriting(Index<K, Long> index, LongFunction<K> keys, Runnable... checks) throws Exception {
        for (long i = 0; i < KEYS; i += STAY) {
            index.put(new Version<>(keys.apply(i), i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> readers = new ArrayList<>();
            for (Runnable check : checks) {
                readers.add(threads.submit(untilWritten(check)));
            }
            threads.submit(write(index, keys)).get();
            for (Future<?> reader : readers) {
                reader.get();
            }
        } finally {
            written.set(true);
            threads.shutdown();
        }
    }

    private <K> Callable<@Nullable Void> write(Index<K, Long> index, LongFunction<K> keys) {
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
                        index.put(new Version<>(key, number));
                    } else if (fill && random.nextInt(share) == 0) {
                        index.put(new Version<>(key, number));
                    } else if (!fill) {
                        Version<K, Long> version = index.get(key);
                        if (version != null) {
                            index.remove(version);
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
        assertScan(Cursors.iterator(tree.ascending(null, true)), 0, 1);
        assertScan(Cursors.iterator(tree.descending(null, true)), KEYS - STAY, -1);
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

    /** In the order of hashes, and with all that stays. */
    private static <K> void assertScan(HashIndex<K, Long> index) {
        Comparator<K> order = HashIndex.order();
        List<Version<K, Long>> met = new ArrayList<>();
        Cursors.iterator(index.ascending(null, true)).forEachRemaining(met::add);
        for (int i = 1; i < met.size(); i++) {
            if (order.compare(met.get(i - 1).key, met.get(i).key) > 0) {
                throw new AssertionError(met.get(i).key + " after " + met.get(i - 1).key);
            }
        }
        long stayed = met.stream().filter(version -> version.value % STAY == 0).count();
        assertThat(stayed).isEqualTo(KEYS / STAY);
    }

    /** What follows a key is not beyond what stays. */
    private static <K> void assertNeighbours(HashIndex<K, Long> index, LongFunction<K> keys) {
        Comparator<K> order = HashIndex.order();
        List<K> stay = new ArrayList<>();
        for (long i = 0; i < KEYS; i += STAY) {
            stay.add(keys.apply(i));
        }
        stay.sort(order);
        for (int i = 1; i < stay.size(); i++) {
            Version<K, Long> next = index.ascending(stay.get(i - 1), false).next();
            assertThat(next).isNotNull();
            assertThat(order.compare(next.key, stay.get(i))).isLessThanOrEqualTo(0);
        }
    }

    private static <K> void assertGets(Index<K, Long> index, LongFunction<K> keys) {
        for (long i = 0; i < KEYS; i += STAY) {
            Version<K, Long> version = index.get(keys.apply(i));
            assertThat(version).isNotNull();
            assertThat(version.value).isEqualTo(i);
        }
    }

    private static <K> void assertNeighbours(TreeIndex<K, Long> tree, LongFunction<K> keys) {
        for (long i = STAY; i < KEYS - STAY; i++) {
            K key = keys.apply(i);
            assertThat(tree.ascending(key, false).next().value).isBetween(i + 1, (i / STAY + 1) * STAY);
            assertThat(tree.descending(key, false).next().value).isBetween((i - 1) / STAY * STAY, i - 1);
            assertThat(tree.ascending(key, true).next().value).isBetween(i, (i + STAY - 1) / STAY * STAY);
            assertThat(tree.descending(key, true).next().value).isBetween(i / STAY * STAY, i);
        }
    }
}
