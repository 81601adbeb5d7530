package dev.heirloom.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A leaf of a {@link TreeIndex}: the entries for the keys between two. The keys it has never change; a version is
 * replaced by a newer one of its key. Only the last leaf of a tree may have room, where greater keys are appended.
 */
final class TreeLeaf extends TreeNode {
    private static final VarHandle VERSIONS = MethodHandles.arrayElementVarHandle(Version[].class);
    private static final VarHandle KEYS = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle SIZE;

    static {
        try {
            SIZE = MethodHandles.lookup().findVarHandle(TreeLeaf.class, "size", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Those of the versions, to compare without a look at these; null if there are prefixes to compare. */
    private final Object @Nullable [] keys;

    final Version<?, ?>[] versions;

    private int size;

    private TreeLeaf(
            long @Nullable [] prefixes, Object @Nullable [] keys, Version<?, ?>[] versions, int size, int skip) {
        super(prefixes, skip);
        this.keys = keys;
        this.versions = versions;
        this.size = size;
    }

    /** The first leaf of a tree. */
    static TreeLeaf of(Version<?, ?> version, KeyOrder order) {
        return of(new Version<?, ?>[] {version}, 0, order);
    }

    private static TreeLeaf of(Version<?, ?>[] versions, int skip, KeyOrder order) {
        int size = versions.length;
        long[] prefixes = order.prefixes(size);
        Object[] keys = prefixes == null ? new Object[size] : null;
        for (int i = 0; i < size; i++) {
            if (prefixes != null) {
                prefixes[i] = order.prefix(versions[i].key, skip);
            } else if (keys != null) {
                keys[i] = versions[i].key;
            }
        }
        return new TreeLeaf(prefixes, keys, versions, size, skip);
    }

    @Override
    int size() {
        return (int) SIZE.getAcquire(this);
    }

    @Override
    Object keyAt(int at) {
        return keys == null ? version(at).key : KEYS.getAcquire(keys, at);
    }

    @Override
    Object bound(int at) {
        return keyAt(at);
    }

    /** The newest version at a place. */
    <K, V> Version<K, V> version(int at) {
        return version(versions, at);
    }

    /** The newest version at a place of what a leaf holds. */
    @SuppressWarnings("unchecked") // a tree holds nothing but versions of its own types
    static <K, V> Version<K, V> version(Version<?, ?>[] versions, int at) {
        return (Version<K, V>) VERSIONS.getAcquire(versions, at);
    }

    /** Puts another version of the same key in the place of one. */
    void replace(int at, Version<?, ?> version) {
        if (keys != null) {
            KEYS.setRelease(keys, at, version.key);
        }
        VERSIONS.setRelease(versions, at, version);
    }

    /** Adds a version of a greater key than all; false if there is no room. Only to the last leaf of a tree. */
    boolean append(Version<?, ?> version, KeyOrder order) {
        int at = size;
        if (at == versions.length) {
            return false;
        }
        if (prefixes != null) {
            prefixes[at] = order.prefix(version.key, skip);
        } else if (keys != null) {
            keys[at] = version.key;
        }
        versions[at] = version;
        SIZE.setRelease(this, at + 1);
        return true;
    }

    /** A copy with room for so many versions. */
    TreeLeaf roomy(int capacity) {
        return new TreeLeaf(
                prefixes == null ? null : Arrays.copyOf(prefixes, capacity),
                keys == null ? null : Arrays.copyOf(keys, capacity),
                Arrays.copyOf(versions, capacity),
                size,
                skip);
    }

    /** A copy with one more version. */
    TreeLeaf with(int at, Version<?, ?> version, KeyOrder order) {
        return new TreeLeaf(
                prefixes == null ? null : Slots.with(prefixes, size, at, order.prefix(version.key, skip)),
                keys == null ? null : Slots.with(keys, size, at, version.key),
                Slots.with(versions, size, at, version),
                size + 1,
                skip);
    }

    /** A copy with one version less. */
    TreeLeaf without(int at) {
        return new TreeLeaf(
                Slots.without(prefixes, size, at),
                keys == null ? null : Slots.without(keys, size, at),
                Slots.without(versions, size, at),
                size - 1,
                skip);
    }

    @Override
    TreeLeaf part(int from, int to, int skip, KeyOrder order) {
        Version<?, ?>[] part = Arrays.copyOfRange(versions, from, to);
        if (prefixes == null || skip != this.skip) {
            return of(part, skip, order);
        }
        return new TreeLeaf(Arrays.copyOfRange(prefixes, from, to), null, part, to - from, skip);
    }

    @Override
    TreeLeaf join(Object bound, TreeNode right, int skip, KeyOrder order) {
        TreeLeaf other = (TreeLeaf) right;
        return of(Slots.join(versions, size, other.versions, other.size), skip, order);
    }
}
