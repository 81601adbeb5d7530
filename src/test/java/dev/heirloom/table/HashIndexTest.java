package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HashIndexTest {
    /** A key that chooses its hash code. */
    record Key(int number, int hash) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return Integer.compare(number, other.number);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.number == number;
        }
    }

    static Stream<Arguments> keys() {
        int inverse = 0x144cbc89; // of what hash codes are multiplied by
        return Stream.of(
                keys("successive", i -> i),
                keys("random", i -> new Random(i).nextInt()),
                keys("multiples of a power of two", i -> i << 16),
                keys("all with one hash code", i -> 42),
                keys("all with the hash code 0", i -> 0),
                keys("of few hash codes", i -> i % 10),
                keys("all with their home in the first slot", i -> i % 1000 * inverse),
                keys("all with their home in the last slot", i -> (-1 - i % 1000) * inverse));
    }

    private static Arguments keys(String name, IntUnaryOperator hash) {
        return Arguments.argumentSet(name, (IntFunction<Key>) i -> new Key(i, hash.applyAsInt(i)));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void randomWrites_sameAsHashMap(IntFunction<Key> key) {
        HashIndex<Key, Integer> index = new HashIndex<>();
        Map<Key, Version<Key, Integer>> model = new HashMap<>();
        Random random = new Random(1);
        for (int phase = 0; phase < 12; phase++) {
            int puts = phase % 3 == 2 ? 10 : 80; // of a hundred writes
            for (int i = 0; i < 1500; i++) {
                Version<Key, Integer> version = new Version<>(key.apply(random.nextInt(2000)), i);
                if (random.nextInt(100) < puts) {
                    Version<Key, Integer> replaced = index.put(version);
                    assertThat(replaced).isSameAs(model.get(version.key));
                    assertThat(version.older).isSameAs(replaced);
                    if (replaced != null && random.nextInt(4) == 0) {
                        index.restore(replaced);
                    } else {
                        model.put(version.key, version);
                    }
                } else {
                    index.remove(version); // not there: no effect
                    Version<Key, Integer> present = model.remove(version.key);
                    if (present != null) {
                        index.remove(present);
                    }
                }
            }
            assertSame(index, model);
            for (int i = 0; i < 300; i++) {
                Key any = key.apply(random.nextInt(2000));
                assertThat(index.get(any)).isSameAs(model.get(any));
            }
        }
        new ArrayList<>(model.values()).forEach(index::remove);
        assertSame(index, Map.of());
    }

    private static void assertSame(HashIndex<Key, Integer> index, Map<Key, Version<Key, Integer>> model) {
        assertThat(index.entries()).isEqualTo(model.size());
        model.forEach((key, version) -> assertThat(index.get(key)).isSameAs(version));
        List<Key> all = keysFrom(index, null, true);
        assertThat(all).containsExactlyInAnyOrderElementsOf(model.keySet()).isSortedAccordingTo(HashIndex.order());
        Comparator<Key> order = HashIndex.order();
        for (Key from : all.subList(0, Math.min(all.size(), 20))) {
            assertThat(keysFrom(index, from, true))
                    .isEqualTo(all.stream()
                            .filter(key -> order.compare(key, from) >= 0)
                            .toList());
            assertThat(keysFrom(index, from, false))
                    .isEqualTo(all.stream()
                            .filter(key -> order.compare(key, from) > 0)
                            .toList());
        }
    }

    private static <K> List<K> keysFrom(HashIndex<K, Integer> index, @Nullable K from, boolean inclusive) {
        List<K> keys = new ArrayList<>();
        Cursors.iterator(index.ascending(from, inclusive)).forEachRemaining(version -> keys.add(version.key));
        return keys;
    }

    @ParameterizedTest
    @MethodSource("keys")
    void take_givesTheSameAsNext(IntFunction<Key> key) {
        HashIndex<Key, Integer> index = new HashIndex<>();
        IntStream.range(0, 1000).forEach(i -> index.put(new Version<>(key.apply(i), i)));
        for (int room : new int[] {1, 7, 100, 5000}) {
            List<@Nullable Object> taken = new ArrayList<>();
            @Nullable Object[] into = new Object[room];
            Entries<Key, Integer> entries = index.ascending(null, true);
            for (int count = entries.take(into); count > 0; count = entries.take(into)) {
                taken.addAll(Arrays.asList(into).subList(0, count));
                into = new Object[room];
                Arrays.fill(into, "unused");
            }
            List<Version<Key, Integer>> expected = new ArrayList<>();
            Cursors.iterator(index.ascending(null, true)).forEachRemaining(expected::add);
            assertThat(taken).hasSize(1000).isEqualTo(expected);
        }
    }

    @Test
    void remove_ofAVersionThatIsNotTheNewest_hasNoEffect() {
        HashIndex<Key, Integer> index = new HashIndex<>();
        Version<Key, Integer> older = new Version<>(new Key(1, 1), 1);
        Version<Key, Integer> newer = new Version<>(new Key(1, 1), 2);
        index.put(older);
        index.put(newer);
        index.remove(older);
        assertThat(index.get(new Key(1, 1))).isSameAs(newer);
        assertThat(index.entries()).isEqualTo(1);
    }

    @Test
    void insertionsAndRemovals_ofEverNewKeys_keepTheTableSmall() {
        HashIndex<Integer, Integer> index = new HashIndex<>();
        for (int i = 0; i < 1_000_000; i++) {
            index.put(new Version<>(i, i));
            if (i >= 100) {
                index.remove(index.get(i - 100));
            }
        }
        assertThat(index.entries()).isEqualTo(100);
        assertThat(index.length()).isLessThan(1_100);
    }

    @Test
    void tableThatHasShrunk_isBuiltSmaller() {
        HashIndex<Integer, Integer> index = new HashIndex<>();
        IntStream.range(0, 100_000).forEach(i -> index.put(new Version<>(i, i)));
        IntStream.range(0, 99_990).forEach(i -> index.remove(index.get(i)));
        assertThat(index.entries()).isEqualTo(10);
        assertThat(index.length()).isLessThan(1_100);
        assertThat(keysFrom(index, null, true)).hasSize(10);
    }

    @Test
    void keysChosenToCollide_areFoundFast() {
        HashIndex<Key, Integer> index = new HashIndex<>();
        assertThatCode(() -> {
                    for (int i = 0; i < 200_000; i++) { // quadratic, that would take hours
                        index.put(new Version<>(new Key(i, 42), i));
                        assertThat(index.get(new Key(i / 2, 42))).isNotNull();
                    }
                })
                .doesNotThrowAnyException();
        assertThat(index.entries()).isEqualTo(200_000);
    }

    @Test
    void walk_goesOnThoughAllElseIsRemoved_andTheTableIsBuiltAnew() {
        for (int taken = 0; taken < 200; taken += 7) {
            HashIndex<Integer, Integer> index = new HashIndex<>();
            IntStream.range(0, 1000).forEach(i -> index.put(new Version<>(i, i)));
            Iterator<Version<Integer, Integer>> walk = Cursors.iterator(index.ascending(null, true));
            List<Integer> met = new ArrayList<>();
            for (int i = 0; i < taken; i++) {
                met.add(walk.next().key);
            }
            IntStream.range(0, 1000).filter(i -> i % 100 != 0).forEach(i -> index.remove(index.get(i)));
            IntStream.range(1000, 5000).forEach(i -> index.put(new Version<>(i, i)));
            walk.forEachRemaining(version -> met.add(version.key));
            assertThat(met)
                    .contains(0, 100, 200, 300, 400, 500, 600, 700, 800, 900)
                    .doesNotHaveDuplicates()
                    .isSortedAccordingTo(HashIndex.order());
        }
    }

    @Test
    void whatIsAddedBehindTheWalk_comesNoMore() {
        for (int number = 0; number < 200; number++) {
            HashIndex<Integer, Integer> index = new HashIndex<>();
            IntStream.range(0, 100).forEach(i -> index.put(new Version<>(i, i)));
            Iterator<Version<Integer, Integer>> walk = Cursors.iterator(index.ascending(null, true));
            List<Integer> met = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                met.add(walk.next().key);
                index.put(new Version<>(1000 + i * 31 + number, i));
            }
            walk.forEachRemaining(version -> met.add(version.key));
            assertThat(met)
                    .containsAll(IntStream.range(0, 100).boxed().toList())
                    .doesNotHaveDuplicates()
                    .isSortedAccordingTo(HashIndex.order());
        }
    }
}
