package dev.heirloom.table;

import org.jspecify.annotations.Nullable;

/** A node of a {@link TreeIndex}: sorted keys, and what belongs to them or lies between them. */
abstract class TreeNode {
    /** The prefixes of the keys; null if the order has none. */
    final long @Nullable [] prefixes;

    /**
     * How many characters the prefixes leave out. The keys that bound this node on both sides have these characters in
     * common, and so has every key that is sought here.
     */
    final int skip;

    TreeNode(long @Nullable [] prefixes, int skip) {
        this.prefixes = prefixes;
        this.skip = skip;
    }

    /** How many entries or children this has. */
    abstract int size();

    /** The key at a place. */
    abstract Object keyAt(int at);

    /** The key that parts what lies before a place from what lies at and after it. */
    abstract Object bound(int at);

    /** A copy of a part of this. */
    abstract TreeNode part(int from, int to, int skip, KeyOrder order);

    /** A copy of this and its right neighbour as one. */
    abstract TreeNode join(Object bound, TreeNode right, int skip, KeyOrder order);

    /** Where a key is among the first so many keys; {@code ~at} if it is not there but would have to be put. */
    final int find(Object key, int keys, KeyOrder order) {
        long[] prefixes = this.prefixes;
        if (prefixes == null) {
            return find(key, 0, keys, order);
        }
        long prefix = order.prefix(key, skip);
        int at = lowerBound(prefixes, 0, keys, prefix);
        if (at == keys || prefixes[at] != prefix) {
            return ~at;
        }
        if (order.exact) {
            return at;
        }
        int end = at + 1;
        if (end < keys && prefixes[end] == prefix) {
            end = prefix == Long.MAX_VALUE ? keys : lowerBound(prefixes, end, keys, prefix + 1);
        }
        return find(key, at, end, order);
    }

    private int find(Object key, int from, int to, KeyOrder order) {
        int low = from;
        int high = to - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int compared = order.compare(keyAt(middle), key);
            if (compared == 0) {
                return middle;
            }
            if (compared < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return ~low;
    }

    /** The first place whose prefix is not less. Halves without a branch that could be foreseen wrongly. */
    private static int lowerBound(long[] prefixes, int from, int to, long prefix) {
        int low = from;
        int left = to - from;
        while (left > 0) {
            int half = (left + 1) >>> 1;
            low = prefixes[low + half - 1] < prefix ? low + half : low;
            left -= half;
        }
        return low;
    }
}
