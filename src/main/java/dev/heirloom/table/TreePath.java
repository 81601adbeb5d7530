package dev.heirloom.table;

import org.jspecify.annotations.Nullable;

/**
 * The way of the writer from the root of a {@link TreeIndex} to the leaf of a key, for changes that take more than a
 * new leaf. Each builds all new nodes before it links the topmost of them: readers see it done or not begun, and it has
 * no effect if it throws.
 */
final class TreePath {
    /** More than a tree of 2<sup>31</sup> entries can have. */
    private static final int LEVELS = 32;

    private final KeyOrder order;
    private final int width;

    /** From the anchor down to the parent of the leaf. */
    private final TreeInner[] inners = new TreeInner[LEVELS];

    private final int[] slots = new int[LEVELS];
    private final int depth;
    private final TreeLeaf leaf;

    TreePath(TreeInner anchor, Object key, KeyOrder order, int width) {
        this.order = order;
        this.width = width;
        inners[0] = anchor;
        TreeNode node = anchor.child(0);
        int level = 1;
        while (node instanceof TreeInner inner) {
            int slot = inner.slot(key, order);
            inners[level] = inner;
            slots[level] = slot;
            level++;
            node = inner.child(slot);
        }
        depth = level;
        leaf = (TreeLeaf) node;
    }

    /** Puts a version of a new key into a leaf that is full: splits it, and what is full above. */
    void split(int at, Version<?, ?> version) {
        TreeNode full = leaf.with(at, version, order);
        boolean first = at == 0;
        boolean last = at == leaf.size();
        int least = 1;
        int level = depth - 1;
        while (true) {
            Object low = low(level, slots[level]);
            Object high = high(level, slots[level]);
            int cut = full.size() / 2;
            if (last && high == null) {
                cut = full.size() - least; // keys that come in ascending order leave full nodes behind
            } else if (first && low == null) {
                cut = least;
            }
            Object bound = full.bound(cut);
            TreeNode left = full.part(0, cut, order.skip(low, bound), order);
            TreeNode right = full.part(cut, full.size(), order.skip(bound, high), order);
            TreeInner parent = inners[level];
            if (level == 0) {
                parent.link(0, TreeInner.root(left, bound, right, order));
                return;
            }
            TreeInner grown = parent.with(slots[level], left, bound, right, order);
            if (grown.size() <= width) {
                inners[level - 1].link(slots[level - 1], grown);
                return;
            }
            full = grown;
            first = slots[level] == 0;
            last = slots[level] == parent.size() - 1;
            least = 2; // so that every node has a neighbour to be joined with
            level--;
        }
    }

    /** Takes the version at a place of the leaf out: joins what has become small with a neighbour. */
    void remove(int at) {
        TreeNode small = leaf.without(at);
        int level = depth - 1;
        while (level > 0) {
            TreeInner parent = inners[level];
            if (small.size() >= width / 4) {
                parent.link(slots[level], small);
                return;
            }
            boolean first = slots[level] == 0;
            int slot = first ? 0 : slots[level] - 1;
            TreeNode left = first ? small : parent.child(slot);
            TreeNode right = first ? parent.child(1) : small;
            Object low = low(level, slot);
            Object high = high(level, slot + 1);
            TreeNode joined = left.join(parent.keyAt(slot), right, order.skip(low, high), order);
            if (joined.size() > width * 3 / 4) {
                int cut = joined.size() / 2;
                Object bound = joined.bound(cut);
                left = joined.part(0, cut, order.skip(low, bound), order);
                right = joined.part(cut, joined.size(), order.skip(bound, high), order);
                inners[level - 1].link(slots[level - 1], parent.balanced(slot, left, bound, right, order));
                return;
            }
            small = parent.without(slot, joined);
            level--;
        }
        if (small instanceof TreeInner inner) {
            small = inner.size() == 1 ? inner.child(0) : inner;
        }
        inners[0].link(0, small.size() == 0 ? null : small);
    }

    /** The greatest key known to be not greater than any below a child; null if there is none. */
    private @Nullable Object low(int level, int slot) {
        int at = slot;
        for (int i = level; i > 0; i--, at = slots[i]) {
            if (at > 0) {
                return inners[i].keyAt(at - 1);
            }
        }
        return null;
    }

    /** The least key known to be greater than all below a child; null if there is none. */
    private @Nullable Object high(int level, int slot) {
        int at = slot;
        for (int i = level; i > 0; i--, at = slots[i]) {
            if (at < inners[i].size() - 1) {
                return inners[i].keyAt(at);
            }
        }
        return null;
    }
}
