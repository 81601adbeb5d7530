package dev.heirloom.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of one size. One thread at a time writes, under the lock of the table; any number reads meanwhile.
 *
 * @param <K> the type of the keys
 * @param <V> the type of what the versions hold
 */
final class HashSlots<K, V> {
    /*
     * Linear probing. The home of an entry is the slot its hash says; it is in that slot or in one of the REACH - 1
     * after it, with no empty slot in between, or, when all of these were taken, in a map beside the slots. So whoever
     * looks for a key stops at the first empty slot, and whoever finds none looks into the map, whose bins turn into
     * trees: that is where keys end that were chosen to collide. The hashes have an array of their own, so that nobody
     * has to fetch a version from memory to see that it is not the one.
     *
     * An entry never changes its place. To replace a version is one store into its slot. A new entry is there once its
     * hash is, which is stored last. A slot that is cleared is marked, not empty, for entries behind it must still be
     * found; only at the end of a row of taken slots is it made empty, while nothing is in the map. When half of the
     * slots are taken, cleared ones included, or few are, a new table is built, and readers of this one see what was
     * there then.
     *
     * The homes are in the order of the hashes, since these are cut off from below. So between two empty slots is all
     * of what has its home there, and the slots need sorting only from one empty slot to the next to be read in order.
     */
    private static final int REACH = 64;

    private static final int LEAST = 16;

    /** What is smaller is not worth to be made smaller. */
    private static final int SMALL = 1024;

    private static final int MOST = 1 << 30;

    /** What there is in the place of a hash. */
    private static final int EMPTY = 0;

    private static final int CLEARED = 1;

    private static final VarHandle HASH = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle VERSION = MethodHandles.arrayElementVarHandle(Version[].class);

    /** Room for the reach of the last home is behind it. */
    private final int[] hashes;

    private final Version<?, ?>[] versions;

    private final int shift;

    private final ConcurrentHashMap<K, Version<K, V>> beside = new ConcurrentHashMap<>();

    /** How many slots may be taken. */
    private final int most;

    /** How many slots are not empty; the writer's. */
    private int taken;

    private HashSlots(int homes) {
        this.hashes = new int[homes + REACH - 1];
        this.versions = new Version<?, ?>[hashes.length];
        this.shift = Integer.numberOfLeadingZeros(homes) + 1;
        this.most = homes == MOST ? Integer.MAX_VALUE : homes / 2;
    }

    /** With room for some more than that. */
    static <K, V> HashSlots<K, V> forEntries(int entries) {
        long homes = LEAST;
        while (homes < MOST && 3 * homes < 8L * entries) {
            homes *= 2;
        }
        return new HashSlots<>((int) homes);
    }

    /** Spreads hash codes that lie close together (by the golden ratio), and keeps all but three of them apart. */
    static int hash(Object key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return hash == EMPTY || hash == CLEARED ? CLEARED + 1 : hash;
    }

    /** The slot where what has a hash may be first. */
    int home(int hash) {
        return hash >>> shift;
    }

    /** How many slots there are. */
    int length() {
        return hashes.length;
    }

    /** The hash of what is in a slot, unless the slot is empty or cleared. */
    int hashIn(int slot) {
        return (int) HASH.getAcquire(hashes, slot);
    }

    private void hash(int slot, int hash) {
        HASH.setRelease(hashes, slot, hash);
    }

    /** What is in a slot, if anything. */
    @SuppressWarnings("unchecked") // as the type says
    @Nullable
    Version<K, V> versionIn(int slot) {
        return (Version<K, V>) (Version<?, ?>) VERSION.getAcquire(versions, slot);
    }

    private void version(int slot, @Nullable Version<K, V> version) {
        VERSION.setRelease(versions, slot, version);
    }

    @Nullable
    Version<K, V> get(K key, int hash) {
        int slot = home(hash);
        for (int end = slot + REACH; slot < end; slot++) {
            int found = hashIn(slot);
            if (found == hash) {
                Version<K, V> version = versionIn(slot);
                if (version != null && isOf(version, key)) {
                    return version;
                }
            } else if (found == EMPTY) {
                return null;
            }
        }
        return beside.get(key);
    }

    private static <K> boolean isOf(Version<K, ?> version, K key) {
        return version.key == key || key.equals(version.key);
    }

    /** The slot of a key; -1 if it is in none. */
    private int find(K key, int hash) {
        int slot = home(hash);
        for (int end = slot + REACH; slot < end; slot++) {
            int found = hashIn(slot);
            if (found == hash) {
                Version<K, V> version = versionIn(slot);
                if (version != null && isOf(version, key)) {
                    return slot;
                }
            } else if (found == EMPTY) {
                return -1;
            }
        }
        return -1;
    }

    // ---- writing ----

    /** Puts a version in the place of that of its key, which becomes its older one; null if the key has none. */
    @Nullable
    Version<K, V> replace(Version<K, V> version, int hash) {
        int slot = find(version.key, hash);
        if (slot >= 0) {
            Version<K, V> replaced = versionIn(slot);
            version.older = replaced;
            version(slot, version);
            return replaced;
        }
        Version<K, V> replaced = beside.isEmpty() ? null : beside.get(version.key);
        if (replaced != null) {
            version.older = replaced;
            beside.put(version.key, version);
        }
        return replaced;
    }

    boolean isFull() {
        return taken >= most;
    }

    /** Whether so few entries waste most of the slots. */
    boolean isSparse(int entries) {
        return hashes.length > SMALL && 16L * entries < hashes.length;
    }

    /** Adds the version of a key that has none. */
    void add(Version<K, V> version, int hash) {
        int slot = home(hash);
        for (int end = slot + REACH; slot < end; slot++) {
            int present = hashIn(slot);
            if (present == EMPTY || present == CLEARED) {
                version(slot, version);
                hash(slot, hash);
                if (present == EMPTY) {
                    taken++;
                }
                return;
            }
        }
        beside.put(version.key, version);
    }

    void restore(Version<K, V> replaced) {
        int slot = find(replaced.key, hash(replaced.key));
        if (slot >= 0) {
            version(slot, replaced);
        } else {
            beside.replace(replaced.key, replaced);
        }
    }

    /** Whether the version was the newest of its key, and is gone now. */
    boolean remove(Version<K, V> version) {
        int slot = find(version.key, hash(version.key));
        if (slot < 0) {
            return beside.remove(version.key, version); // by identity: versions have no equals of their own
        }
        if (versionIn(slot) != version) {
            return false;
        }
        hash(slot, CLEARED);
        version(slot, null);
        if (beside.isEmpty()) {
            while (slot >= 0 && hashIn(slot) == CLEARED && (slot + 1 == hashes.length || hashIn(slot + 1) == EMPTY)) {
                hash(slot--, EMPTY);
                taken--;
            }
        }
        return true;
    }

    /** The same entries, with room for so many and some more. */
    HashSlots<K, V> rebuilt(int entries) {
        HashSlots<K, V> next = forEntries(entries);
        for (int slot = 0; slot < hashes.length; slot++) {
            Version<K, V> version = versionIn(slot);
            if (version != null) {
                next.add(version, hashIn(slot));
            }
        }
        beside.values().forEach(version -> next.add(version, hash(version.key)));
        return next;
    }

    // ---- reading in order ----

    static boolean isEmpty(int hash) {
        return hash == EMPTY;
    }

    /** What is in no slot, in the order of the hashes. */
    List<Version<K, V>> beside() {
        if (beside.isEmpty()) {
            return List.of();
        }
        List<Version<K, V>> sorted = new ArrayList<>(beside.values());
        sorted.sort(Comparator.comparing(version -> version.key, HashIndex.order()));
        return sorted;
    }
}
