package dev.heirloom.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A node of a {@link TreeIndex} above its leaves: the keys never change; a child is replaced by one for the same keys.
 */
final class TreeInner extends TreeNode {
    private static final VarHandle CHILDREN = MethodHandles.arrayElementVarHandle(TreeNode[].class);

    /** The key at {@code i} is greater than all below child {@code i}, and not greater than any below the next. */
    private final Object[] keys;

    private final @Nullable TreeNode[] children;

    private TreeInner(long @Nullable [] prefixes, Object[] keys, @Nullable TreeNode[] children, int skip) {
        super(prefixes, skip);
        this.keys = keys;
        this.children = children;
    }

    /** What holds the root of a tree: no key, and one child, which is null as long as the tree is empty. */
    static TreeInner anchor() {
        return new TreeInner(null, new Object[0], new TreeNode[1], 0);
    }

    /** A root for two nodes. */
    static TreeInner root(TreeNode left, Object bound, TreeNode right, KeyOrder order) {
        return of(new Object[] {bound}, new TreeNode[] {left, right}, 0, order);
    }

    private static TreeInner of(Object[] keys, @Nullable TreeNode[] children, int skip, KeyOrder order) {
        long[] prefixes = order.prefixes(keys.length);
        if (prefixes != null) {
            for (int i = 0; i < keys.length; i++) {
                prefixes[i] = order.prefix(keys[i], skip);
            }
        }
        return new TreeInner(prefixes, keys, children, skip);
    }

    @Override
    int size() {
        return children.length;
    }

    @Override
    Object keyAt(int at) {
        return keys[at];
    }

    @Override
    Object bound(int at) {
        return keys[at - 1];
    }

    /** Which child is the one for a key. */
    int slot(Object key, KeyOrder order) {
        int at = find(key, keys.length, order);
        return at < 0 ? ~at : at + 1;
    }

    /** The only child of an anchor. */
    @Nullable
    TreeNode root() {
        return child(0);
    }

    TreeNode child(int slot) {
        return (TreeNode) CHILDREN.getAcquire(children, slot);
    }

    /** Replaces a child, for all readers at once. */
    void link(int slot, @Nullable TreeNode child) {
        CHILDREN.setRelease(children, slot, child);
    }

    /** A copy with two children in the place of one. */
    TreeInner with(int slot, TreeNode left, Object bound, TreeNode right, KeyOrder order) {
        @Nullable TreeNode[] to = Slots.with(children, children.length, slot, left);
        to[slot + 1] = right;
        long[] prefixes =
                this.prefixes == null ? null : Slots.with(this.prefixes, keys.length, slot, order.prefix(bound, skip));
        return new TreeInner(prefixes, Slots.with(keys, keys.length, slot, bound), to, skip);
    }

    /** A copy with one child in the place of two. */
    TreeInner without(int slot, TreeNode joined) {
        @Nullable TreeNode[] to = Slots.without(children, children.length, slot);
        to[slot] = joined;
        return new TreeInner(
                Slots.without(prefixes, keys.length, slot), Slots.without(keys, keys.length, slot), to, skip);
    }

    /** A copy with two children in the place of two, and another key between them. */
    TreeInner balanced(int slot, TreeNode left, Object bound, TreeNode right, KeyOrder order) {
        @Nullable TreeNode[] to = children.clone();
        to[slot] = left;
        to[slot + 1] = right;
        Object[] bounds = keys.clone();
        bounds[slot] = bound;
        long[] prefixes = this.prefixes == null ? null : this.prefixes.clone();
        if (prefixes != null) {
            prefixes[slot] = order.prefix(bound, skip);
        }
        return new TreeInner(prefixes, bounds, to, skip);
    }

    @Override
    TreeInner part(int from, int to, int skip, KeyOrder order) {
        Object[] part = Arrays.copyOfRange(keys, from, to - 1);
        @Nullable TreeNode[] nodes = Arrays.copyOfRange(children, from, to);
        if (prefixes == null || skip != this.skip) {
            return of(part, nodes, skip, order);
        }
        return new TreeInner(Arrays.copyOfRange(prefixes, from, to - 1), part, nodes, skip);
    }

    @Override
    TreeInner join(Object bound, TreeNode right, int skip, KeyOrder order) {
        TreeInner other = (TreeInner) right;
        Object[] bounds = Arrays.copyOf(keys, keys.length + 1 + other.keys.length);
        bounds[keys.length] = bound;
        System.arraycopy(other.keys, 0, bounds, keys.length + 1, other.keys.length);
        return of(bounds, Slots.join(children, children.length, other.children, other.children.length), skip, order);
    }
}
