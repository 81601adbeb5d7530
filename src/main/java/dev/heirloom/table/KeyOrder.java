package dev.heirloom.table;

import java.util.Collections;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The order of the keys of a tree: a comparator and, where it is the natural order or its reverse, prefixes. */
final class KeyOrder {
    private final Comparator<Object> comparator;
    private final @Nullable KeyPrefix prefix;

    /** All ones turns the order of the prefixes around. */
    private final long flip;

    /** Whether the same prefix means the same key. */
    final boolean exact;

    private KeyOrder(Comparator<Object> comparator, @Nullable KeyPrefix prefix, long flip) {
        this.comparator = comparator;
        this.prefix = prefix;
        this.flip = flip;
        this.exact = prefix != null && prefix.exact;
    }

    /** By nothing but the comparator. */
    @SuppressWarnings("unchecked") // a tree compares nothing but its keys
    static KeyOrder by(Comparator<?> comparator) {
        return new KeyOrder((Comparator<Object>) comparator, null, 0);
    }

    /** This order, by prefixes if there are any for keys like this one. Throws what comparing the key throws. */
    KeyOrder forKeysLike(Object key) {
        comparator.compare(key, key);
        boolean reverse = comparator == Collections.<Object>reverseOrder();
        if (!reverse && !comparator.equals(Comparator.naturalOrder())) {
            return this;
        }
        return new KeyOrder(comparator, KeyPrefix.of(key.getClass()), reverse ? -1 : 0);
    }

    int compare(Object one, Object other) {
        return comparator.compare(one, other);
    }

    /** The prefix of a key. Only if this order {@linkplain #prefixes has prefixes}. */
    long prefix(Object key, int skip) {
        return Objects.requireNonNull(prefix).of(key, skip) ^ flip;
    }

    /** An array for so many prefixes; null if this order has none. */
    long @Nullable [] prefixes(int length) {
        return prefix == null ? null : new long[length];
    }

    /** What the prefixes of keys between two may skip; null stands for no bound. */
    int skip(@Nullable Object low, @Nullable Object high) {
        return prefix == null || low == null || high == null ? 0 : prefix.shared(low, high);
    }
}
