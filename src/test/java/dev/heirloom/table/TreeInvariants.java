package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold for a {@link TreeIndex} between two writes. */
final class TreeInvariants {
    private final KeyOrder order;
    private final int width;
    private final List<TreeLeaf> leaves = new ArrayList<>();
    private int leafLevel = -1;

    private TreeInvariants(KeyOrder order, int width) {
        this.order = order;
        this.width = width;
    }

    /** Checks a tree, and gives its leaves. */
    static List<TreeLeaf> assertInvariants(TreeIndex<?, ?> tree, int width) {
        TreeInvariants invariants = new TreeInvariants(tree.order(), width);
        TreeNode root = tree.anchor().root();
        if (root != null) {
            invariants.check(root, 0, null, null);
        }
        List<TreeLeaf> leaves = invariants.leaves;
        assertThat(leaves.stream().mapToInt(TreeLeaf::size).sum()).isEqualTo(tree.entries());
        for (TreeLeaf leaf : leaves.subList(0, Math.max(0, leaves.size() - 1))) {
            assertThat(leaf.versions).as("room is only in the last leaf").hasSize(leaf.size());
        }
        return leaves;
    }

    private void check(TreeNode node, int level, @Nullable Object low, @Nullable Object high) {
        assertThat(node.size()).isBetween(node instanceof TreeLeaf ? 1 : 2, width);
        int keys = node instanceof TreeLeaf ? node.size() : node.size() - 1;
        for (int i = 0; i < keys; i++) {
            Object key = node.keyAt(i);
            assertThat(i == 0 || order.compare(node.keyAt(i - 1), key) < 0)
                    .as("in order")
                    .isTrue();
            assertThat(low == null || order.compare(low, key) <= 0)
                    .as("not below the bound")
                    .isTrue();
            assertThat(high == null || order.compare(key, high) < 0)
                    .as("below the bound")
                    .isTrue();
            if (node.prefixes != null) {
                assertThat(node.prefixes[i]).isEqualTo(order.prefix(key, node.skip));
            }
        }
        assertThat(node.skip).isLessThanOrEqualTo(order.skip(low, high));
        if (node instanceof TreeInner inner) {
            for (int i = 0; i < inner.size(); i++) {
                check(inner.child(i), level + 1, i == 0 ? low : inner.keyAt(i - 1), i == keys ? high : inner.keyAt(i));
            }
        } else if (node instanceof TreeLeaf leaf) {
            assertThat(level).isEqualTo(leafLevel < 0 ? level : leafLevel);
            leafLevel = level;
            leaves.add(leaf);
            for (int i = 0; i < keys; i++) {
                assertThat(leaf.keyAt(i)).isSameAs(leaf.version(i).key);
            }
        }
    }
}
