package dev.heirloom.table;

import static dev.heirloom.table.TreeInvariants.assertInvariants;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TreeIndexTest {
    /** Small, for high trees of few entries. */
    private static final int WIDTH = 8;

    private static final String ODD = "\0a\u00FE\u00FF\u0100\uD83D\uDE00";

    static Stream<Arguments> orders() {
        return Stream.of(
                keys("Long", Comparator.<Long>naturalOrder(), i -> (i - 1000L) * 0x123456789AL),
                keys("Long in reverse", Collections.<Long>reverseOrder(), i -> i - 1000L),
                keys("Integer", Comparator.<Integer>naturalOrder(), i -> i - 1000),
                keys("Character", Comparator.<Character>naturalOrder(), i -> (char) (i * 31)),
                keys("UUID", Comparator.<UUID>naturalOrder(), i -> new UUID((i % 50 - 25L) << 58, (i - 1000L) << 52)),
                keys("Instant", Comparator.<Instant>naturalOrder(), TreeIndexTest::instant),
                keys("String", Comparator.<String>naturalOrder(), i -> Integer.toHexString(i * 0x9E3779B9)),
                keys("String with a long start", Comparator.<String>naturalOrder(), i -> "customer-%09d".formatted(i)),
                keys("String in reverse", Collections.<String>reverseOrder(), i -> "customer-%09d".formatted(i)),
                keys("odd String", Comparator.<String>naturalOrder(), TreeIndexTest::odd),
                keys(
                        "String by length",
                        Comparator.comparing(String::length).thenComparing(s -> s),
                        TreeIndexTest::odd),
                keys("Double", Comparator.<Double>naturalOrder(), i -> (i - 1000) / 7.0));
    }

    private static <K> Arguments keys(String name, Comparator<K> order, IntFunction<K> key) {
        return Arguments.argumentSet(name, order, key);
    }

    private static Instant instant(int i) {
        return switch (i % 4) {
            case 0 -> Instant.ofEpochSecond(0, i);
            case 1 -> Instant.ofEpochSecond(-i, i);
            case 2 -> Instant.MAX.minusNanos(i);
            default -> Instant.MIN.plusNanos(i);
        };
    }

    private static String odd(int i) {
        StringBuilder key = new StringBuilder(i % 3 == 0 ? "a common start" : "");
        for (int rest = i; rest > 0; rest /= ODD.length()) {
            key.append(ODD.charAt(rest % ODD.length()));
        }
        return key.toString();
    }

    @ParameterizedTest
    @MethodSource("orders")
    <K> void randomWrites_sameAsTreeMap(Comparator<K> order, IntFunction<K> key) {
        TreeIndex<K, Integer> tree = new TreeIndex<>(order, WIDTH);
        NavigableMap<K, Version<K, Integer>> model = new TreeMap<>(order);
        Random random = new Random(1);
        for (int phase = 0; phase < 12; phase++) {
            int puts = phase % 3 == 2 ? 10 : 80; // of a hundred writes
            for (int i = 0; i < 1500; i++) {
                Version<K, Integer> version = new Version<>(key.apply(random.nextInt(2000)), i);
                if (random.nextInt(100) < puts) {
                    Version<K, Integer> replaced = tree.put(version);
                    assertThat(replaced).isSameAs(model.get(version.key));
                    assertThat(version.older).isSameAs(replaced);
                    if (replaced != null && random.nextInt(4) == 0) {
                        tree.restore(replaced);
                    } else {
                        model.remove(version.key); // or the model would keep the key it has
                        model.put(version.key, version);
                    }
                } else {
                    tree.remove(version); // not there: no effect
                    Version<K, Integer> present = model.remove(version.key);
                    if (present != null) {
                        tree.remove(present);
                    }
                }
            }
            assertInvariants(tree, WIDTH);
            assertSame(tree, model);
            for (int i = 0; i < 300; i++) {
                assertSame(tree, model, key.apply(random.nextInt(2000)));
            }
        }
    }

    private static <K> void assertSame(TreeIndex<K, Integer> tree, NavigableMap<K, Version<K, Integer>> model) {
        assertThat(tree.entries()).isEqualTo(model.size());
        assertSame(all(tree), model.values());
        assertSame(
                Cursors.iterator(tree.descending(null, true)),
                model.descendingMap().values());
    }

    private static <K> void assertSame(TreeIndex<K, Integer> tree, NavigableMap<K, Version<K, Integer>> model, K key) {
        assertThat(tree.get(key)).isSameAs(model.get(key));
        for (boolean inclusive : new boolean[] {true, false}) {
            assertStart(
                    Cursors.iterator(tree.ascending(key, inclusive)),
                    model.tailMap(key, inclusive).values());
            assertStart(
                    Cursors.iterator(tree.descending(key, inclusive)),
                    model.headMap(key, inclusive).descendingMap().values());
        }
    }

    private static <K, V> Iterator<Version<K, V>> all(TreeIndex<K, V> tree) {
        return Cursors.iterator(tree.ascending(null, true));
    }

    private static <V> void assertSame(Iterator<V> actual, Collection<V> expected) {
        for (V next : expected) {
            assertThat(actual.next()).isSameAs(next);
        }
        assertThat(actual.hasNext()).isFalse();
    }

    private static <V> void assertStart(Iterator<V> actual, Collection<V> expected) {
        int left = 20;
        for (V next : expected) {
            if (left-- == 0) {
                return;
            }
            assertThat(actual.hasNext()).isTrue();
            assertThat(actual.next()).isSameAs(next);
        }
        assertThat(actual.hasNext()).isFalse();
    }

    @Test
    void ascendingKeys_leaveFullLeaves() {
        TreeIndex<Long, Integer> tree = new TreeIndex<>(Comparator.naturalOrder());
        LongKeys.put(tree, 0, 64_000, 1);
        assertThat(assertInvariants(tree, 64)).hasSize(1000);
    }

    @Test
    void descendingKeys_leaveFullLeaves() {
        TreeIndex<Long, Integer> tree = new TreeIndex<>(Comparator.naturalOrder());
        LongKeys.put(tree, 63_999, -1, -1);
        assertThat(assertInvariants(tree, 64)).hasSize(1000);
    }

    @Test
    void massRemove_leavesFewLeaves() {
        TreeIndex<Long, Integer> tree = new TreeIndex<>(Comparator.naturalOrder());
        LongKeys.put(tree, 0, 64_000, 1);
        for (long key = 0; key < 64_000; key++) {
            if (key % 100 != 0) {
                LongKeys.remove(tree, key);
            }
        }
        assertThat(assertInvariants(tree, 64)).hasSizeLessThanOrEqualTo(640 / 16);
        for (long key = 0; key < 64_000; key += 100) {
            LongKeys.remove(tree, key);
        }
        assertThat(assertInvariants(tree, 64)).isEmpty();
        assertThat(tree.ascending(null, true).next()).isNull();
        LongKeys.put(tree, 0, 1, 1);
        assertThat(tree.get(0L)).isNotNull();
    }

    @Test
    void orderEqualKey_replacesTheKeyThatIsStored() {
        TreeIndex<String, Integer> tree = new TreeIndex<>(String.CASE_INSENSITIVE_ORDER, WIDTH);
        for (int i = 0; i < 100; i++) {
            tree.put(new Version<>("key" + i, 1));
        }
        for (int i = 0; i < 100; i++) {
            Version<String, Integer> replaced = tree.put(new Version<>("KEY" + i, 2));
            assertThat(replaced).isSameAs(tree.get("kEy" + i).older);
        }
        assertThat(tree.entries()).isEqualTo(100);
        all(tree).forEachRemaining(version -> assertThat(version.key).startsWith("KEY"));
        assertInvariants(tree, WIDTH);
    }

    @Test
    void remove_ofAVersionThatIsNotTheNewest_hasNoEffect() {
        TreeIndex<Long, Integer> tree = new TreeIndex<>(Comparator.naturalOrder());
        Version<Long, Integer> older = new Version<>(1L, 1);
        Version<Long, Integer> newer = new Version<>(1L, 2);
        tree.put(older);
        tree.put(newer);
        tree.remove(older);
        tree.remove(new Version<>(2L, 1));
        assertThat(tree.get(1L)).isSameAs(newer);
        assertThat(tree.entries()).isEqualTo(1);
    }

    @Test
    void comparatorThatThrows_leavesTheTreeAsItWas() {
        int[] left = {Integer.MAX_VALUE};
        Comparator<Long> order = (a, b) -> {
            if (left[0]-- == 0) {
                throw new OutOfMemoryError("for the test");
            }
            return Long.compare(a, b);
        };
        TreeIndex<Long, Integer> tree = new TreeIndex<>(order, WIDTH);
        LongKeys.put(tree, 0, 1000, 2);
        for (long key = -1; key <= 1001; key++) {
            for (int comparisons = 0; ; comparisons++) {
                Object before = tree.anchor().root();
                int entries = tree.entries();
                left[0] = comparisons;
                try {
                    Version<Long, Integer> version = new Version<>(key, 1);
                    if (tree.put(version) == null) {
                        tree.remove(version);
                    }
                    break;
                } catch (OutOfMemoryError e) {
                    left[0] = Integer.MAX_VALUE;
                    assertThat(tree.entries()).isBetween(entries, entries + 1);
                    assertThat(tree.anchor().root() == before || tree.entries() > entries || key % 2 == 0)
                            .isTrue();
                    assertInvariants(tree, WIDTH);
                }
            }
            left[0] = Integer.MAX_VALUE;
        }
    }

    @Test
    void keyOfAnotherClass_leavesTheTreeAsItWas() {
        TreeIndex<Object, Integer> tree = new TreeIndex<>(NaturalOrder.ofObjects(), WIDTH);
        for (long key = 0; key < 100; key++) {
            tree.put(new Version<>(key, 1));
        }
        assertThatThrownBy(() -> tree.put(new Version<>("a", 1))).isInstanceOf(ClassCastException.class);
        assertThatThrownBy(() -> tree.put(new Version<>(1, 1))).isInstanceOf(ClassCastException.class);
        assertThatThrownBy(() -> tree.get("a")).isInstanceOf(ClassCastException.class);
        assertThat(assertInvariants(tree, WIDTH).stream()
                        .mapToInt(TreeLeaf::size)
                        .sum())
                .isEqualTo(100);
    }

    @Test
    void keyThatCannotBeCompared_isNotTakenAsTheFirst() {
        TreeIndex<Object, Integer> tree = new TreeIndex<>(NaturalOrder.ofObjects());
        assertThatThrownBy(() -> tree.put(new Version<>(new Object(), 1))).isInstanceOf(ClassCastException.class);
        assertThat(tree.entries()).isZero();
        tree.put(new Version<>("a", 1));
        assertThat(tree.get("a")).isNotNull();
    }

    @Test
    void iteration_meetsWhatIsAppendedBeforeItsEnd() {
        TreeIndex<Long, Integer> tree = new TreeIndex<>(Comparator.naturalOrder(), WIDTH);
        LongKeys.put(tree, 0, 1, 1);
        Iterator<Version<Long, Integer>> all = all(tree);
        for (long key = 1; key < 100; key++) {
            assertThat(all.next().key).isEqualTo(key - 1);
            LongKeys.put(tree, key, key + 1, 1);
        }
        assertThat(all.next().key).isEqualTo(99);
        assertThat(all.hasNext()).isFalse();
    }

    @Test
    void iteration_goesOnThoughAllElseIsRemoved() {
        for (int taken = 0; taken < 200; taken++) {
            TreeIndex<Long, Integer> tree = new TreeIndex<>(Comparator.naturalOrder(), WIDTH);
            LongKeys.put(tree, 0, 1001, 1);
            Iterator<Version<Long, Integer>> up = all(tree);
            Iterator<Version<Long, Integer>> down = Cursors.iterator(tree.descending(null, true));
            for (int i = 0; i < taken; i++) {
                up.next();
                down.next();
            }
            for (long key = 0; key < 1001; key++) {
                if (key != 500) {
                    LongKeys.remove(tree, key);
                }
            }
            List<Long> keys = new ArrayList<>();
            up.forEachRemaining(version -> keys.add(version.key));
            assertThat(keys).contains(500L).doesNotHaveDuplicates().isSorted();
            keys.clear();
            down.forEachRemaining(version -> keys.add(-version.key));
            assertThat(keys).contains(-500L).doesNotHaveDuplicates().isSorted();
        }
    }

    @Test
    void emptyTree_hasNothing() {
        TreeIndex<String, Integer> tree = new TreeIndex<>(Comparator.naturalOrder());
        assertThat(tree.get("a")).isNull();
        assertThat(tree.entries()).isZero();
        assertThat(tree.ascending("a", true).next()).isNull();
        assertThat(tree.descending(null, true).next()).isNull();
        tree.remove(new Version<>("a", 1));
        assertThatThrownBy(() -> tree.restore(new Version<>("a", 1))).isInstanceOf(IllegalStateException.class);
    }

    /** Keys that are numbers. */
    static final class LongKeys {
        private LongKeys() {}

        static List<Long> in(TreeLeaf leaf) {
            return IntStream.range(0, leaf.size())
                    .mapToObj(at -> (Long) leaf.keyAt(at))
                    .toList();
        }

        static void put(TreeIndex<Long, Integer> tree, long from, long to, int step) {
            for (long key = from; step > 0 ? key < to : key > to; key += step) {
                tree.put(new Version<>(key, 1));
            }
        }

        static void remove(TreeIndex<Long, Integer> tree, long key) {
            Version<Long, Integer> version = tree.get(key);
            assertThat(version).isNotNull();
            tree.remove(version);
        }
    }

    /** The natural order for a type that does not promise one. */
    static final class NaturalOrder {
        private NaturalOrder() {}

        @SuppressWarnings("unchecked")
        static Comparator<Object> ofObjects() {
            return (Comparator<Object>) (Comparator<?>) Comparator.naturalOrder();
        }
    }
}
