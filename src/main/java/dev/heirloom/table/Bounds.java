package dev.heirloom.table;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A range of keys; null is no bound. */
record Bounds<K>(
        @Nullable K low, boolean lowIncluded, @Nullable K high, boolean highIncluded) {
    private static final Bounds<?> ALL = new Bounds<>(null, true, null, true);

    @SuppressWarnings("unchecked") // it has no keys
    static <K> Bounds<K> all() {
        return (Bounds<K>) ALL;
    }

    static <K> Bounds<K> of(K only) {
        return new Bounds<>(only, true, only, true);
    }

    Bounds<K> from(K key, boolean included) {
        return new Bounds<>(key, included, high, highIncluded);
    }

    Bounds<K> to(K key, boolean included) {
        return new Bounds<>(low, lowIncluded, key, included);
    }

    /** The part of this range that is from a key on; nothing may be left. */
    Bounds<K> narrowedFrom(K key, boolean included, Comparator<? super K> order) {
        int comparison = low == null ? 1 : order.compare(key, low);
        return comparison > 0 || (comparison == 0 && !included) ? from(key, included) : this;
    }

    /** The part of this range that is up to a key; nothing may be left. */
    Bounds<K> narrowedTo(K key, boolean included, Comparator<? super K> order) {
        int comparison = high == null ? -1 : order.compare(key, high);
        return comparison < 0 || (comparison == 0 && !included) ? to(key, included) : this;
    }

    boolean isAll() {
        return low == null && high == null;
    }

    /** Whether this does not end before it begins. */
    boolean isRange(Comparator<? super K> order) {
        return low == null || high == null || order.compare(low, high) <= 0;
    }

    /** Whether another range neither begins before this one nor ends after it. */
    boolean includes(Bounds<K> other, Comparator<? super K> order) {
        return (low == null || (other.low != null && includesLow(other.low, other.lowIncluded, order)))
                && (high == null || (other.high != null && includesHigh(other.high, other.highIncluded, order)));
    }

    private boolean includesLow(K key, boolean included, Comparator<? super K> order) {
        return isAbove(key, order) || (!included && order.compare(key, low) == 0);
    }

    private boolean includesHigh(K key, boolean included, Comparator<? super K> order) {
        return isBelow(key, order) || (!included && order.compare(key, high) == 0);
    }

    boolean has(K key, Comparator<? super K> order) {
        return isAbove(key, order) && isBelow(key, order);
    }

    boolean isBelow(K key, Comparator<? super K> order) {
        if (high == null) {
            return true;
        }
        int comparison = order.compare(key, high);
        return comparison < 0 || (comparison == 0 && highIncluded);
    }

    boolean isAbove(K key, Comparator<? super K> order) {
        if (low == null) {
            return true;
        }
        int comparison = order.compare(key, low);
        return comparison > 0 || (comparison == 0 && lowIncluded);
    }
}
