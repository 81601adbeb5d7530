package dev.heirloom.table;

import org.jspecify.annotations.Nullable;

/**
 * A walk over the entries of a {@link TreeIndex}: leaf by leaf, through the node above them, and from the root again
 * when that comes to its end. For one thread.
 */
final class TreeCursor<K, V> implements Entries<K, V> {
    private final TreeIndex<K, V> tree;
    private final boolean ascending;
    private final int step;

    /** The node above the leaf. */
    private TreeInner parent;

    private int slot;

    /** The versions of the leaf; null at the end. */
    private Version<?, ?> @Nullable [] versions;

    private int at;
    private int stop;

    TreeCursor(TreeIndex<K, V> tree, boolean ascending, @Nullable K from, boolean inclusive) {
        this.tree = tree;
        this.ascending = ascending;
        this.step = ascending ? 1 : -1;
        this.parent = tree.anchor();
        if (from == null) {
            enter(parent, 0);
        } else {
            seek(from, inclusive);
        }
    }

    @Override
    public @Nullable Version<K, V> next() {
        if ((at == stop && !advance()) || versions == null) {
            return null;
        }
        Version<K, V> next = TreeLeaf.version(versions, at);
        at += step;
        return next;
    }

    /** Those of one leaf. */
    @Override
    public int take(@Nullable Object[] into) {
        if ((at == stop && !advance()) || versions == null) {
            return 0;
        }
        int count = Math.min((stop - at) * step, into.length);
        for (int i = 0; i < count; i++) {
            into[i] = TreeLeaf.version(versions, at);
            at += step;
        }
        return count;
    }

    /** Goes on to the next leaf. None is empty. */
    private boolean advance() {
        if (versions == null) {
            return false;
        }
        int next = slot + step;
        if (next >= 0 && next < parent.size()) {
            enter(parent, next);
        } else {
            seek(versions[stop - step].key, false);
        }
        return versions != null;
    }

    /** Goes to the first entry from a key on. */
    private void seek(Object key, boolean inclusive) {
        versions = null;
        parent = tree.anchor();
        slot = 0;
        TreeInner turn = null; // the lowest node that has something beside the way
        int beside = 0;
        TreeNode node = parent.root();
        KeyOrder order = tree.order(); // after the root
        while (node instanceof TreeInner inner) {
            parent = inner;
            slot = inner.slot(key, order);
            int next = slot + step;
            if (next >= 0 && next < inner.size()) {
                turn = inner;
                beside = next;
            }
            node = inner.child(slot);
        }
        if (node instanceof TreeLeaf found) {
            int size = found.size();
            int start = start(found.find(key, size, order), ascending, inclusive);
            if (start >= 0 && start < size) {
                versions = found.versions;
                at = start;
                stop = ascending ? size : -1;
            } else if (turn != null) {
                enter(turn, beside);
            }
        }
        // else the tree is empty
    }

    /** Goes to the end of what is below a child that the walk comes to first. */
    private void enter(TreeInner above, int child) {
        parent = above;
        slot = child;
        TreeNode node = above.child(child);
        while (node instanceof TreeInner inner) {
            parent = inner;
            slot = ascending ? 0 : inner.size() - 1;
            node = inner.child(slot);
        }
        if (node instanceof TreeLeaf found) {
            int size = found.size();
            versions = found.versions;
            at = ascending ? 0 : size - 1;
            stop = ascending ? size : -1;
        }
        // else the tree is empty
    }

    /** The place to begin at, given where the key was found: outside of the leaf if there is none in it. */
    private static int start(int found, boolean ascending, boolean inclusive) {
        if (found < 0) {
            return ascending ? ~found : ~found - 1;
        }
        if (inclusive) {
            return found;
        }
        return ascending ? found + 1 : found - 1;
    }
}
