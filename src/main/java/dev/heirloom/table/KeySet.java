package dev.heirloom.table;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the rows that have one value in an index. Immutable; adding and removing copy little: a trie by hash,
 * each node of which has at most 64 children, with small arrays of keys at its ends.
 */
final class KeySet<K> implements Iterable<K> {
    private static final int FEW = 16;
    private static final int BITS = 6;
    private static final int WIDTH = 1 << BITS;
    private static final int DEEPEST = Integer.SIZE - 2 * BITS;
    private static final KeySet<?> EMPTY = new KeySet<>(true, 0, new Object[0], 0);

    /** Whether this is an end of the trie: its nodes are keys then, and sets of keys (or null) elsewhere. */
    private final boolean end;

    private final @Nullable Object[] nodes;

    private final int size;

    /** How many bits of the hash have been used to get here. */
    private final int depth;

    private KeySet(boolean end, int depth, @Nullable Object[] nodes, int size) {
        this.end = end;
        this.depth = depth;
        this.nodes = nodes;
        this.size = size;
    }

    @SuppressWarnings("unchecked") // it has no keys
    static <K> KeySet<K> empty() {
        return (KeySet<K>) EMPTY;
    }

    private int slot(Object key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return (hash >>> (32 - BITS - depth)) & (WIDTH - 1);
    }

    /** This set with one key more; itself if it has the key. */
    KeySet<K> with(K key) {
        if (end) {
            if (indexOf(key) >= 0) {
                return this;
            }
            if (size < FEW || depth > DEEPEST) { // keys with one hash stay together
                Object[] more = Arrays.copyOf(nodes, size + 1);
                more[size] = key;
                return new KeySet<>(true, depth, more, size + 1);
            }
            return split().with(key);
        }
        int slot = slot(key);
        KeySet<K> before = child(slot);
        KeySet<K> after = before == null ? new KeySet<>(true, depth + BITS, new Object[] {key}, 1) : before.with(key);
        return before == after ? this : replace(slot, after, size + 1);
    }

    /** This set without a key; itself if it does not have it. */
    KeySet<K> without(Object key) {
        if (end) {
            int at = indexOf(key);
            if (at < 0) {
                return this;
            }
            Object[] fewer = new Object[size - 1];
            System.arraycopy(nodes, 0, fewer, 0, at);
            System.arraycopy(nodes, at + 1, fewer, at, size - 1 - at);
            return new KeySet<>(true, depth, fewer, size - 1);
        }
        int slot = slot(key);
        KeySet<K> before = child(slot);
        KeySet<K> after = before == null ? null : before.without(key);
        if (before == after) {
            return this;
        }
        KeySet<K> left = replace(slot, after == null || after.isEmpty() ? null : after, size - 1);
        return left.size > FEW / 2 ? left : left.join();
    }

    private KeySet<K> split() {
        KeySet<K> wide = new KeySet<>(false, depth, new Object[WIDTH], 0);
        for (K key : this) {
            wide = wide.with(key);
        }
        return wide;
    }

    private KeySet<K> join() {
        Object[] keys = new Object[size];
        int i = 0;
        for (K key : this) {
            keys[i++] = key;
        }
        return new KeySet<>(true, depth, keys, size);
    }

    private KeySet<K> replace(int slot, @Nullable KeySet<K> child, int newSize) {
        @Nullable Object[] copy = nodes.clone();
        copy[slot] = child;
        return new KeySet<>(false, depth, copy, newSize);
    }

    @SuppressWarnings("unchecked") // of a node that is no end
    private @Nullable KeySet<K> child(int slot) {
        return (KeySet<K>) nodes[slot];
    }

    private int indexOf(Object key) {
        for (int i = 0; i < size; i++) {
            if (key.equals(nodes[i])) {
                return i;
            }
        }
        return -1;
    }

    boolean contains(Object key) {
        if (end) {
            return indexOf(key) >= 0;
        }
        KeySet<K> child = child(slot(key));
        return child != null && child.contains(key);
    }

    @Override
    @SuppressWarnings("unchecked") // the nodes of an end are keys
    public Iterator<K> iterator() {
        if (end) {
            return (Iterator<K>) Arrays.asList(nodes).iterator();
        }
        return Arrays.stream(nodes)
                .filter(node -> node != null)
                .flatMap(node -> StreamSupport.stream(((KeySet<K>) node).spliterator(), false))
                .iterator();
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }
}
