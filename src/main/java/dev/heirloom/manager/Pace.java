package dev.heirloom.manager;

/** How often something that takes long is told of: not while it is short, and then now and then. For one thread. */
final class Pace {
    private final long intervalNanos;
    private long last;

    /** @param now when it has begun */
    Pace(long now, long intervalNanos) {
        this.intervalNanos = intervalNanos;
        this.last = now;
    }

    /** Whether it is time to tell; if it is, the next time is an interval later. */
    boolean isDue(long now) {
        if (now - last < intervalNanos) {
            return false;
        }
        last = now;
        return true;
    }
}
