package dev.heirloom.table;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A walk over the slots of a {@link HashIndex} in its order: from one empty slot to another, as many as make a batch,
 * which is then sorted. For one thread.
 */
final class HashCursor<K, V> implements Entries<K, V> {
    /** How many are wanted at first: who asks for the next entry may want no more. */
    private static final int FIRST = 8;

    private static final int BATCH = 64;

    private final HashSlots<K, V> slots;
    private final int from;
    private final boolean inclusive;
    private final List<Version<K, V>> beside;

    /** How many of those beside the slots have been met. */
    private int met;

    /** The slot to go on with. */
    private int slot;

    /** What has its home below has come, or was added too late. */
    private int floor;

    private @Nullable Object[] batch = new Object[FIRST];

    /** Of what is in the batch. */
    private int[] hashes = new int[FIRST];

    private int next;
    private int end;

    /**
     * @param from the hash to begin with; null for the first
     * @param inclusive whether what has this hash comes
     */
    HashCursor(HashSlots<K, V> slots, @Nullable Integer from, boolean inclusive) {
        this.slots = slots;
        this.from = from == null ? 0 : from;
        this.inclusive = from == null || inclusive;
        this.beside = slots.beside();
        this.slot = slots.home(this.from);
        this.floor = slot;
    }

    @Override
    public int take(@Nullable Object[] into) {
        if (next == end && !fill()) {
            return 0;
        }
        int count = Math.min(end - next, into.length);
        System.arraycopy(batch, next, into, 0, count);
        next += count;
        return count;
    }

    @Override
    public @Nullable Version<K, V> next() {
        return next == end && !fill() ? null : version(next++);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // up to the end
    private Version<K, V> version(int at) {
        return (Version<K, V>) batch[at];
    }

    private boolean fill() {
        int wanted = end == 0 ? FIRST : BATCH;
        next = 0;
        end = 0;
        while (slot < slots.length()) {
            int hash = slots.hashIn(slot);
            if (HashSlots.isEmpty(hash)) {
                floor = ++slot;
                if (end >= wanted) {
                    break;
                }
                continue;
            }
            Version<K, V> version = slots.versionIn(slot);
            // If the hash is another one by now, the version may be that of an entry that has come meanwhile.
            if (version != null && slots.home(hash) >= floor && slots.hashIn(slot) == hash) {
                add(version, hash);
            }
            slot++;
        }
        boolean last = slot == slots.length();
        for (; met < beside.size(); met++) {
            Version<K, V> version = beside.get(met);
            int hash = HashSlots.hash(version.key);
            if (!last && slots.home(hash) >= floor) {
                break;
            }
            add(version, hash);
        }
        sort();
        return end > 0;
    }

    private void add(Version<K, V> version, int hash) {
        int comparison = Integer.compareUnsigned(hash, from);
        if (comparison > 0 || (comparison == 0 && inclusive)) {
            if (end == batch.length) {
                batch = Arrays.copyOf(batch, Math.max(BATCH, 2 * end));
                hashes = Arrays.copyOf(hashes, batch.length);
            }
            batch[end] = version;
            hashes[end++] = hash;
        }
    }

    /** Few are out of order, and not far. */
    private void sort() {
        for (int i = 1; i < end; i++) {
            Object version = batch[i];
            int hash = hashes[i];
            int to = i;
            while (to > 0 && Integer.compareUnsigned(hashes[to - 1], hash) > 0) {
                batch[to] = batch[to - 1];
                hashes[to] = hashes[to - 1];
                to--;
            }
            batch[to] = version;
            hashes[to] = hash;
        }
    }
}
