package dev.heirloom.table;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * An index in the order of a comparator: a B+tree that one thread at a time writes and any number reads without locks.
 * Keys that compare as equal are one key.
 *
 * @param <K> the type of the keys
 * @param <V> the type of what the versions hold
 */
final class TreeIndex<K, V> implements Index<K, V> {
    /*
     * What a reader goes through never changes, but for three things: a child is replaced by one for the same range of
     * keys, a version by another of the same key, and the last leaf gets greater keys at its end. Each is one release
     * store, which the readers meet with an acquire load. All other changes copy the node.
     *
     * So every node is for one range of keys as long as it lives, and a reader may hold a node that has been replaced.
     * That node says what was so when it was replaced, which was after the reader had set out: what one leaf says was
     * right at some time during the call. And a walk along the children of a replaced node neither meets a key twice nor
     * misses one that stays, even if some of what lies below has been replaced in turn and some has not.
     *
     * Two leaves that are read one after the other are no picture of one moment.
     *
     * Each node but the root has at least two children, or one entry. A node that gets less than a quarter full when
     * something is taken out is joined with a neighbour; if that makes more than three quarters, the two share instead.
     *
     * The prefixes of strings leave out what all keys between the two keys that bound a node have in common. No change
     * widens these bounds but that of joining nodes, which are built anew then.
     */
    private static final int WIDTH = 64;

    private final int width;

    private final TreeInner anchor = TreeInner.anchor();

    /** Settled when the first key comes, before a reader can meet a node. */
    private KeyOrder order;

    private boolean settled;

    private int entries;

    TreeIndex(Comparator<? super K> order) {
        this(order, WIDTH);
    }

    /** With so many entries or children in a node, 8 or more. */
    TreeIndex(Comparator<? super K> order, int width) {
        this.order = KeyOrder.by(order);
        this.width = width;
    }

    @Override
    public @Nullable Version<K, V> get(K key) {
        TreeLeaf leaf = leaf(key);
        if (leaf == null) {
            return null;
        }
        int at = leaf.find(key, leaf.size(), order);
        return at < 0 ? null : leaf.version(at);
    }

    @Override
    public @Nullable Version<K, V> put(Version<K, V> version) {
        TreeNode node = anchor.root();
        if (node == null) {
            plant(version);
            return null;
        }
        K key = version.key;
        TreeInner parent = anchor;
        int slot = 0;
        boolean last = true;
        while (node instanceof TreeInner inner) {
            parent = inner;
            slot = inner.slot(key, order);
            last &= slot == inner.size() - 1;
            node = inner.child(slot);
        }
        TreeLeaf leaf = (TreeLeaf) node;
        int size = leaf.size();
        int at = leaf.find(key, size, order);
        if (at >= 0) {
            Version<K, V> replaced = leaf.version(at);
            version.older = replaced;
            leaf.replace(at, version);
            return replaced;
        }
        if (size == width) {
            new TreePath(anchor, key, order, width).split(~at, version);
        } else if (!last || ~at != size) {
            parent.link(slot, leaf.with(~at, version, order));
        } else if (!leaf.append(version, order)) {
            TreeLeaf roomy = leaf.roomy(Math.min(2 * size, width));
            roomy.append(version, order);
            parent.link(slot, roomy);
        }
        entries++;
        return null;
    }

    private void plant(Version<K, V> version) {
        KeyOrder fitting = settled ? order : order.forKeysLike(version.key);
        TreeLeaf leaf = TreeLeaf.of(version, fitting);
        order = fitting;
        settled = true;
        anchor.link(0, leaf);
        entries = 1;
    }

    @Override
    public void restore(Version<K, V> replaced) {
        TreeLeaf leaf = leaf(replaced.key);
        int at = leaf == null ? -1 : leaf.find(replaced.key, leaf.size(), order);
        if (leaf == null || at < 0) {
            throw new IllegalStateException("no entry to restore");
        }
        leaf.replace(at, replaced);
    }

    @Override
    public void remove(Version<K, V> version) {
        K key = version.key;
        TreeLeaf leaf = leaf(key);
        int at = leaf == null ? -1 : leaf.find(key, leaf.size(), order);
        if (leaf != null && at >= 0 && leaf.version(at) == version) {
            new TreePath(anchor, key, order, width).remove(at);
            entries--;
        }
    }

    @Override
    public int entries() {
        return entries;
    }

    @Override
    public Entries<K, V> ascending(@Nullable K from, boolean inclusive) {
        return new TreeCursor<>(this, true, from, inclusive);
    }

    /** The entries from a key on backwards; null stands for the last. */
    Entries<K, V> descending(@Nullable K from, boolean inclusive) {
        return new TreeCursor<>(this, false, from, inclusive);
    }

    private @Nullable TreeLeaf leaf(K key) {
        TreeNode node = anchor.root();
        while (node instanceof TreeInner inner) {
            node = inner.child(inner.slot(key, order));
        }
        return (TreeLeaf) node;
    }

    /** Where a reader begins: the root, and the order, which holds from the first root on. */
    TreeInner anchor() {
        return anchor;
    }

    KeyOrder order() {
        return order;
    }
}
