package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A set of keys is as a hash set, and stays as it is when another is made of it. */
class KeySetTest {
    /** A key with a hash code of the test's choice. */
    private record Key(int number, int hash) {
        @Override
        public int hashCode() {
            return hash;
        }
    }

    static Stream<IntFunction<Key>> hashes() {
        return Stream.of(
                i -> new Key(i, i),
                i -> new Key(i, 0),
                i -> new Key(i, i % 3),
                i -> new Key(i, i << 26), // differ in few bits
                i -> new Key(i, Integer.reverse(i)),
                i -> new Key(i, i * 0x144cbc89), // so that its own scrambling undoes it
                i -> new Key(i, Integer.MIN_VALUE + i / 20));
    }

    @ParameterizedTest
    @MethodSource("hashes")
    void randomChanges_asAHashSet(IntFunction<Key> keys) {
        Random random = new Random(1);
        KeySet<Key> set = KeySet.empty();
        Set<Key> model = new HashSet<>();
        List<KeySet<Key>> olds = new ArrayList<>();
        List<Set<Key>> oldModels = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            Key key = keys.apply(random.nextInt(300));
            boolean grows = (i / 500) % 2 == 0;
            if (random.nextInt(10) < (grows ? 8 : 2)) {
                KeySet<Key> before = set;
                set = set.with(key);
                assertThat(set == before).isEqualTo(!model.add(key));
            } else {
                KeySet<Key> before = set;
                set = set.without(key);
                assertThat(set == before).isEqualTo(!model.remove(key));
            }
            assertThat(set.size()).isEqualTo(model.size());
            assertThat(set.contains(key)).isEqualTo(model.contains(key));
            if (i % 100 == 0) {
                assertSame(set, model);
                olds.add(set);
                oldModels.add(new HashSet<>(model));
            }
        }
        for (int i = 0; i < olds.size(); i++) {
            assertSame(olds.get(i), oldModels.get(i));
        }
    }

    private static void assertSame(KeySet<Key> set, Set<Key> model) {
        List<Key> iterated = new ArrayList<>();
        set.forEach(iterated::add);
        assertThat(iterated).hasSize(model.size());
        assertThat(new HashSet<>(iterated)).isEqualTo(model);
        assertThat(set.isEmpty()).isEqualTo(model.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("hashes")
    void emptied_hasNothing(IntFunction<Key> keys) {
        KeySet<Key> set = KeySet.empty();
        for (int i = 0; i < 200; i++) {
            set = set.with(keys.apply(i));
        }
        for (int i = 0; i < 200; i++) {
            set = set.without(keys.apply(i));
        }
        assertSame(set, Set.of());
    }

    @Test
    void large_allKeysOnce() {
        List<Integer> keys = IntStream.range(0, 100_000).boxed().toList();
        KeySet<Integer> set = KeySet.empty();
        for (Integer key : keys) {
            set = set.with(key);
        }
        Set<Integer> iterated = new HashSet<>();
        int count = 0;
        for (Integer key : set) {
            iterated.add(key);
            count++;
        }
        assertThat(count).isEqualTo(100_000);
        assertThat(iterated).isEqualTo(new HashSet<>(keys));
    }
}
