package dev.heirloom.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The queue of what expires, the earliest first: one entry for each key that has a deadline. A key whose deadline moves
 * on keeps its place, and finds a later one when its old time has come. All but {@link #next} is guarded by the lock of
 * the table.
 *
 * @param <K> the type of the keys
 */
final class Deadlines<K> {
    /** The place of one key in the queue. */
    static final class Entry<K> {
        private final K key;
        private long at;
        private int place;

        private Entry(K key, long at) {
            this.key = key;
            this.at = at;
        }
    }

    private final Index<K, Object> index;

    /** A binary heap: no entry is earlier than the one at half its place. */
    private final List<Entry<K>> heap = new ArrayList<>();

    private volatile long next = Expiry.NEVER_MILLIS;

    Deadlines(Index<K, Object> index) {
        this.index = index;
    }

    /** When there may be something to remove, in milliseconds since the epoch. For any thread. */
    long next() {
        return next;
    }

    /** How many keys are in the queue. */
    int size() {
        return heap.size();
    }

    /** Queues a version that was just published, if it has a deadline; the one it replaced leaves the queue. */
    void add(@Nullable Version<K, Object> installed, @Nullable Version<K, Object> replaced) {
        Entry<K> entry = replaced instanceof ExpiringVersion<K, Object> before ? before.entry : null;
        if (installed instanceof ExpiringVersion<K, Object> now && now.deadline() != Expiry.NEVER_MILLIS) {
            if (entry == null) {
                entry = new Entry<>(now.key, now.deadline());
                put(entry);
            } else if (entry.at > now.deadline()) {
                entry.at = now.deadline();
                rise(entry);
            }
            now.entry = entry;
        } else if (installed != null && entry != null) {
            remove(entry);
        } else {
            return;
        }
        advance();
    }

    /** The keys that have expired, not more than a number of them. They stay in the queue until they are removed. */
    List<K> due(long now, int most) {
        List<Entry<K>> expired = new ArrayList<>();
        List<K> keys = new ArrayList<>();
        while (!heap.isEmpty() && heap.get(0).at <= now && keys.size() < most) {
            Entry<K> entry = heap.get(0);
            remove(entry);
            if (index.get(entry.key) instanceof ExpiringVersion<K, Object> current && current.entry == entry) {
                entry.at = current.deadline();
                if (entry.at <= now) {
                    expired.add(entry);
                    keys.add(entry.key);
                } else {
                    put(entry);
                }
            }
        }
        expired.forEach(this::put);
        advance();
        return keys;
    }

    private void advance() {
        long first = heap.isEmpty() ? Expiry.NEVER_MILLIS : heap.get(0).at;
        if (first != next) {
            next = first;
        }
    }

    // ---- the heap ----

    private void put(Entry<K> entry) {
        entry.place = heap.size();
        heap.add(entry);
        rise(entry);
    }

    private void remove(Entry<K> entry) {
        Entry<K> last = heap.remove(heap.size() - 1);
        if (last != entry) {
            place(last, entry.place);
            rise(last);
            sink(last);
        }
    }

    private void rise(Entry<K> entry) {
        while (entry.place > 0) {
            Entry<K> above = heap.get((entry.place - 1) / 2);
            if (above.at <= entry.at) {
                return;
            }
            swap(entry, above);
        }
    }

    private void sink(Entry<K> entry) {
        while (2 * entry.place + 1 < heap.size()) {
            Entry<K> below = heap.get(2 * entry.place + 1);
            if (2 * entry.place + 2 < heap.size() && heap.get(2 * entry.place + 2).at < below.at) {
                below = heap.get(2 * entry.place + 2);
            }
            if (entry.at <= below.at) {
                return;
            }
            swap(entry, below);
        }
    }

    private void swap(Entry<K> one, Entry<K> other) {
        int free = one.place;
        place(one, other.place);
        place(other, free);
    }

    private void place(Entry<K> entry, int place) {
        heap.set(place, entry);
        entry.place = place;
    }
}
