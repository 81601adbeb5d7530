package dev.heirloom.table;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots that are open on a table, bounded in number and age. Thread-safe and lock-free.
 *
 * <p>A snapshot pins the commit it reads: it writes its pin, then checks that the commit is still the latest. A writer
 * publishes a commit, then reads the pins before it prunes. So one of the two sees the other, and no version is pruned
 * that a checked pin needs.
 */
final class OpenSnapshots {
    private static final Pin[] NONE = {};

    /** The claim of one snapshot. It refers to the snapshot weakly: one that nobody holds any more is released. */
    static final class Pin extends WeakReference<Snapshot<?, ?>> {
        final long commit;
        final long openedNanos;
        volatile boolean released;

        Pin(Snapshot<?, ?> snapshot, long commit, long openedNanos) {
            super(snapshot);
            this.commit = commit;
            this.openedNanos = openedNanos;
        }
    }

    private static final AtomicReferenceFieldUpdater<OpenSnapshots, Pin[]> PINS =
            AtomicReferenceFieldUpdater.newUpdater(OpenSnapshots.class, Pin[].class, "pins");

    private volatile Pin[] pins = NONE;

    /** Whether a pin was dropped and nobody has swept what it held. */
    private volatile boolean dropped;

    private final int max;
    private final long maxAgeNanos;
    private final LongSupplier ticker;

    OpenSnapshots(int max, Duration maxAge, LongSupplier ticker) {
        this.max = max;
        this.maxAgeNanos = maxAge.toNanos();
        this.ticker = ticker;
    }

    /** Pins a commit; the oldest pin is released if there are too many. */
    Pin pin(Snapshot<?, ?> snapshot, long commit) {
        Pin pin = new Pin(snapshot, commit, ticker.getAsLong());
        Pin[] before;
        Pin[] after;
        Pin evicted;
        do {
            before = pins;
            int from = before.length == max ? 1 : 0;
            evicted = from == 1 ? before[0] : null;
            after = new Pin[before.length - from + 1];
            System.arraycopy(before, from, after, 0, before.length - from);
            after[after.length - 1] = pin;
            if (evicted != null) {
                evicted.released = true; // before its versions can be pruned
            }
        } while (!PINS.compareAndSet(this, before, after));
        if (evicted != null) {
            dropped = true;
        }
        return pin;
    }

    /** Releases a pin, and leaves it to the next {@link #releaseAbandoned} to see to what it held. */
    void drop(Pin pin) {
        if (release(pin)) {
            dropped = true;
        }
    }

    /** Whether a pin was dropped since abandoned ones were last released. */
    boolean hasDropped() {
        return dropped;
    }

    /** Whether the pin was still there. */
    boolean release(Pin pin) {
        pin.released = true; // before its versions can be pruned: a reader checks this after it has read
        Pin[] before;
        Pin[] after;
        do {
            before = pins;
            int at = indexOf(before, pin);
            if (at < 0) {
                return false;
            }
            after = before.length == 1 ? NONE : new Pin[before.length - 1];
            System.arraycopy(before, 0, after, 0, at);
            System.arraycopy(before, at + 1, after, at, after.length - at);
        } while (!PINS.compareAndSet(this, before, after));
        return true;
    }

    /** Releases what is too old or no longer held by anyone, and says whether that or a dropped pin has held anything. */
    boolean releaseAbandoned() {
        boolean any = dropped;
        if (any) {
            dropped = false;
        }
        Pin[] open = pins;
        if (open.length == 0) {
            return any;
        }
        long now = ticker.getAsLong();
        for (Pin pin : open) {
            if (pin.refersTo(null) || now - pin.openedNanos > maxAgeNanos) {
                any |= release(pin);
            }
        }
        return any;
    }

    /** Whether a snapshot reads a version that was current from commit {@code from} until before {@code to}. */
    boolean need(long from, long to) {
        for (Pin pin : pins) {
            if (from <= pin.commit && pin.commit < to) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return pins.length == 0;
    }

    int count() {
        return pins.length;
    }

    List<Pin> pins() {
        return List.of(pins);
    }

    private static int indexOf(Pin[] pins, @Nullable Pin pin) {
        for (int i = 0; i < pins.length; i++) {
            if (pins[i] == pin) {
                return i;
            }
        }
        return -1;
    }
}
