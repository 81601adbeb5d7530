package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where entries lie in a hash table of one size, and what becomes of their slots. */
class HashSlotsTest {
    private static final int REACH = 64;
    private static final int UNSPREAD = BigInteger.valueOf(0x9E3779B9L)
            .modInverse(BigInteger.ONE.shiftLeft(32))
            .intValue();

    private final HashSlots<Key, String> slots = HashSlots.forEntries(0);

    /** A key whose hash, once spread, is the one asked for. */
    private record Key(String name, int spread) {
        @Override
        public int hashCode() {
            return spread * UNSPREAD;
        }
    }

    private static int homes(HashSlots<?, ?> of) {
        return of.length() - REACH + 1;
    }

    /** A key whose home is that slot. */
    private Key at(int home, String name) {
        int first = home << (32 - Integer.numberOfTrailingZeros(homes(slots)));
        Key key = new Key(name, first | (name.hashCode() & 0xffff) | 2);
        assertThat(slots.home(HashSlots.hash(key))).isEqualTo(home);
        return key;
    }

    private Version<Key, String> add(Key key) {
        Version<Key, String> version = new Version<>(key, key.name);
        slots.add(version, HashSlots.hash(key));
        return version;
    }

    private boolean has(Key key) {
        return slots.get(key, HashSlots.hash(key)) != null;
    }

    private int slotOf(Version<Key, String> version) {
        return IntStream.range(0, slots.length())
                .filter(i -> slots.versionIn(i) == version)
                .findFirst()
                .orElse(-1);
    }

    private long emptySlots() {
        return IntStream.range(0, slots.length())
                .filter(i -> HashSlots.isEmpty(slots.hashIn(i)))
                .count();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 6, 7, 12, 13, 96, 97, 1_000, 393_216, 393_217})
    void takesSoManyEntries_withSomeRoomLeft(int entries) {
        int homes = homes(HashSlots.forEntries(entries));
        assertThat(Integer.bitCount(homes)).isEqualTo(1);
        assertThat(homes).isGreaterThanOrEqualTo(16);
        assertThat(3L * homes).isGreaterThanOrEqualTo(8L * entries);
        assertThat(homes == 16 || 3L * homes / 2 < 8L * entries).isTrue();
    }

    @Test
    void isFull_whenHalfOfTheHomesAreTaken() {
        for (int i = 0; i < homes(slots) / 2; i++) {
            assertThat(slots.isFull()).isFalse();
            add(at(i, "a"));
        }
        assertThat(slots.isFull()).isTrue();
    }

    @Test
    void isSparse_whenASixteenthIsTaken_unlessItIsSmall() {
        assertThat(slots.isSparse(0)).isFalse();
        HashSlots<Key, String> large = HashSlots.forEntries(1_000);
        int few = (large.length() - 1) / 16;
        assertThat(large.isSparse(few)).isTrue();
        assertThat(large.isSparse(few + 1)).isFalse();
        HashSlots<Key, String> small = HashSlots.forEntries(192);
        assertThat(small.length()).isBetween(512, 1024);
        assertThat(small.isSparse(0)).isFalse();
    }

    @Test
    void numbersInARow_haveHomesOfTheirOwn() {
        HashSlots<Integer, String> large = HashSlots.forEntries(1_000);
        long different = IntStream.range(0, 1_000)
                .map(i -> large.home(HashSlots.hash(i)))
                .distinct()
                .count();
        assertThat(different).isGreaterThan(900);
        assertThat(IntStream.range(0, 1_000).map(i -> large.home(HashSlots.hash(i))))
                .allMatch(home -> home >= 0 && home < homes(large));
    }

    @Test
    void sameHome_liesBehind_andStaysFoundWhenWhatIsBeforeGoes() {
        Version<Key, String> a = add(at(3, "a"));
        Version<Key, String> b = add(at(3, "b"));
        Version<Key, String> c = add(at(3, "c"));
        assertThat(List.of(slotOf(a), slotOf(b), slotOf(c))).containsExactly(3, 4, 5);
        assertThat(slots.remove(a)).isTrue();
        assertThat(has(a.key)).isFalse();
        assertThat(has(c.key)).isTrue();
        assertThat(slots.remove(a)).isFalse();
    }

    @Test
    void aClearedSlot_isTakenAgain_andCountsOnce() {
        Version<Key, String> a = add(at(3, "a"));
        add(at(3, "b"));
        slots.remove(a);
        for (int i = 0; i < slots.length(); i++) {
            Version<Key, String> next = add(at(3, "next" + i));
            assertThat(slotOf(next)).isEqualTo(3);
            slots.remove(next);
        }
        assertThat(slots.isFull()).isFalse();
    }

    @Test
    void emptied_hasEmptySlotsOnly_inWhateverOrder() {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            List<Version<Key, String>> all = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                all.add(add(at(random.nextInt(4), "v" + i)));
            }
            Collections.shuffle(all, random);
            all.forEach(version -> assertThat(slots.remove(version)).isTrue());
            assertThat(emptySlots()).isEqualTo(slots.length());
            assertThat(slots.isFull()).isFalse();
        }
    }

    @Test
    void moreThanTheReach_liesBeside_untilItGoes() {
        int last = homes(slots) - 1;
        List<Version<Key, String>> all = new ArrayList<>();
        for (int i = 0; i < REACH; i++) {
            all.add(add(at(last, "v" + i)));
        }
        assertThat(slotOf(all.get(REACH - 1))).isEqualTo(slots.length() - 1);
        Version<Key, String> beside = add(at(last, "beside"));
        assertThat(slotOf(beside)).isEqualTo(-1);
        assertThat(slots.beside()).containsExactly(beside);
        assertThat(has(beside.key)).isTrue();

        long before = emptySlots();
        assertThat(slots.remove(all.get(REACH - 1))).isTrue();
        assertThat(emptySlots()).as("what is beside must still be looked for").isEqualTo(before);
        assertThat(has(beside.key)).isTrue();
        assertThat(slots.remove(beside)).isTrue();
        assertThat(has(beside.key)).isFalse();
    }

    @Test
    void theVeryLastSlot_isEmptiedToo() {
        int last = homes(slots) - 1;
        Version<Key, String> version = null;
        for (int i = 0; i < REACH; i++) {
            version = add(at(last, "v" + i));
        }
        assertThat(slotOf(version)).isEqualTo(slots.length() - 1);
        long before = emptySlots();
        assertThat(slots.remove(version)).isTrue();
        assertThat(emptySlots()).isEqualTo(before + 1);
    }

    @Test
    void rebuilt_hasTheSame_andNothingCleared() {
        Version<Key, String> a = add(at(3, "a"));
        Version<Key, String> b = add(at(3, "b"));
        slots.remove(a);
        HashSlots<Key, String> next = slots.rebuilt(1);
        assertThat(next.get(b.key, HashSlots.hash(b.key))).isSameAs(b);
        assertThat(next.get(a.key, HashSlots.hash(a.key))).isNull();
        assertThat(IntStream.range(0, next.length())
                        .filter(i -> !HashSlots.isEmpty(next.hashIn(i)))
                        .count())
                .isEqualTo(1);
    }
}
