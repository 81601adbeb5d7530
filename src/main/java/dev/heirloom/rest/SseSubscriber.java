package dev.heirloom.rest;

import dev.heirloom.manager.Streams;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One client of an event stream. Thread-safe, as {@link Streams} uses it. */
final class SseSubscriber implements Streams.Subscriber {
    private static final Logger LOG = Logger.getLogger(SseSubscriber.class.getName());

    /** How many batches are written before the thread is given back. */
    private static final int BATCHES = 16;

    /** The connection to a client. */
    interface Wire {
        /** Sends an event, and waits until it is written. A connection that is gone says so from then on. */
        void send(StreamEvent event);

        /** Sends an empty comment, which clients ignore. */
        void beat();

        boolean isClosed();

        void close();
    }

    private final Feed feed;
    private final Wire wire;
    private final long heartbeatNanos;
    private boolean opened;
    private volatile long lastWrite;
    private volatile boolean slow;
    private volatile boolean stopping;
    private volatile boolean over;

    SseSubscriber(Feed feed, Wire wire, long heartbeatNanos) {
        this.feed = feed;
        this.wire = wire;
        this.heartbeatNanos = heartbeatNanos;
    }

    @Override
    public boolean isDue(long now) {
        try {
            return stopping || slow || !opened || now - lastWrite >= heartbeatNanos || feed.isReady();
        } catch (RuntimeException e) { // to be found again, and told, by who writes
            return true;
        }
    }

    @Override
    public void write(long now) {
        try {
            lastWrite = now;
            if (!opened) {
                opened = true;
                wire.send(StreamEvent.of(feed.position(), "position", "{}"));
            }
            if (!writeEvents() && !over) {
                wire.beat();
            }
            if (wire.isClosed()) {
                over = true;
            } else if (slow && !over) {
                end(StreamEvent.last("dropped", StreamJson.lost(null, null, null, "this client reads too slowly")));
            } else if (stopping && !over) { // the server writes nothing for it any more: clients are to come again
                over = true;
                wire.close();
            }
        } catch (RuntimeException | LinkageError e) { // a row that is no JSON, or the server going down
            LOG.log(Level.WARNING, "An event stream ends: {0}", e.toString());
            over = true;
            wire.close();
        }
    }

    /** Writes what there is, within bounds; whether there was anything. */
    private boolean writeEvents() {
        boolean any = false;
        for (int i = 0; i < BATCHES && !over && !slow && !stopping && feed.isReady(); i++) {
            List<StreamEvent> events = feed.next();
            for (StreamEvent each : events) {
                if (wire.isClosed() || slow) {
                    return true;
                }
                if (each.last()) {
                    end(each);
                    return true;
                }
                wire.send(each);
                any = true;
            }
        }
        return any || slow || stopping;
    }

    private void end(StreamEvent event) {
        wire.send(event);
        over = true;
        wire.close();
    }

    @Override
    public void tooSlow() {
        slow = true;
    }

    @Override
    public void stop() {
        stopping = true;
    }

    @Override
    public boolean isOver() {
        return over;
    }
}
