package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyPrefixTest {
    private final Random random = new Random(1);

    @Test
    void prefixes_areInTheOrderOfTheKeys() {
        assertMonotone(Stream.of(Long.MIN_VALUE, -1L, 0L, 1L, Long.MAX_VALUE), random::nextLong);
        assertMonotone(Stream.of(Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE), random::nextInt);
        assertMonotone(Stream.of(Short.MIN_VALUE, (short) 0, Short.MAX_VALUE), () -> (short) random.nextInt());
        assertMonotone(Stream.of(Byte.MIN_VALUE, (byte) 0, Byte.MAX_VALUE), () -> (byte) random.nextInt());
        assertMonotone(Stream.of('\0', 'a', '\u8000', '\uFFFF'), () -> (char) random.nextInt());
        assertMonotone(
                Stream.of(new UUID(0, 0), new UUID(-1, -1), new UUID(0, -1)),
                () -> new UUID(random.nextInt(5) - 2L, random.nextLong()));
        long edge = 1L << 33;
        assertMonotone(
                Stream.of(Instant.MIN, Instant.EPOCH, Instant.MAX, Instant.ofEpochSecond(edge, 1))
                        .flatMap(i -> Stream.of(i, i.equals(Instant.MIN) ? i : i.minusNanos(1))),
                () -> Instant.ofEpochSecond(
                        (random.nextInt(3) - 1) * edge + random.nextInt(5) - 2, random.nextInt(1_000_000_000)));
    }

    @Test
    void prefixesOfStrings_areInTheOrderOfTheKeys() {
        String alphabet = "\0\1ab\u00FE\u00FF\u0100\uD83D\uDE00\uFFFF";
        assertMonotone(Stream.of("", "\0", "\0\0", "\u00FF", "\u0100", "12345678", "123456789"), () -> {
            StringBuilder string = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                string.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            return string.toString();
        });
    }

    private static <K extends Comparable<K>> void assertMonotone(Stream<K> edges, Supplier<K> more) {
        List<K> keys = new ArrayList<>(edges.toList());
        Stream.generate(more).limit(5000).forEach(keys::add);
        keys.sort(Comparator.naturalOrder());
        KeyPrefix prefix = KeyPrefix.of(keys.get(0).getClass());
        for (int i = 1; i < keys.size(); i++) {
            K low = keys.get(i - 1);
            K high = keys.get(i);
            assertThat(prefix.of(low, 0)).isLessThanOrEqualTo(prefix.of(high, 0));
            if (prefix.exact) {
                assertThat(prefix.of(low, 0) == prefix.of(high, 0)).isEqualTo(low.equals(high));
            }
            int shared = prefix.shared(low, high);
            assertThat(prefix.of(low, shared)).isLessThanOrEqualTo(prefix.of(high, shared));
        }
    }

    @Test
    void instantsOfOurTime_haveAPrefixEach() {
        Instant now = Instant.parse("2024-02-29T12:00:00.123456789Z");
        assertThat(KeyPrefix.INSTANT.of(now, 0)).isLessThan(KeyPrefix.INSTANT.of(now.plusNanos(1), 0));
    }

    @Test
    void skip_leavesOutTheStart() {
        assertThat(KeyPrefix.STRING.shared("customer-1", "customer-20")).isEqualTo(9);
        assertThat(KeyPrefix.STRING.of("customer-20", 9)).isEqualTo(KeyPrefix.STRING.of("20", 0));
        assertThat(KeyPrefix.STRING.shared("a", "ab")).isEqualTo(1);
        assertThat(KeyPrefix.LONG.shared(1L, 1L)).isZero();
    }

    @Test
    void otherClasses_haveNone() {
        assertThat(KeyPrefix.of(Double.class)).isNull();
        assertThat(KeyPrefix.of(Object.class)).isNull();
    }

    @Test
    void keyOfAnotherClass_isRejected() {
        assertThatThrownBy(() -> KeyPrefix.LONG.of(1, 0)).isInstanceOf(ClassCastException.class);
    }
}
