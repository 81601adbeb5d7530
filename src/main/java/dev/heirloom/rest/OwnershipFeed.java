package dev.heirloom.rest;

import dev.heirloom.manager.EventLog;
import dev.heirloom.manager.LoggedEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ownership events of all tables, from a place in the log on. */
final class OwnershipFeed implements Feed {
    static final String EVENT = "ownership";
    private static final int BATCH = 256;

    private final EventLog log;

    /** Where a client said that it stands; null once it was told what it missed. */
    private @Nullable EventId resuming;

    private long position;

    /** @param seen what the client saw last; null to begin now */
    OwnershipFeed(EventLog log, @Nullable EventId seen) {
        this.log = log;
        this.resuming = seen;
        this.position = seen == null ? log.count() : seen.number();
    }

    @Override
    public String position() {
        EventId seen = resuming;
        return seen == null ? EventId.text(log.start(), position) : seen.toString();
    }

    @Override
    public boolean isReady() {
        return resuming != null || log.count() > position;
    }

    @Override
    public List<StreamEvent> next() {
        List<StreamEvent> events = new ArrayList<>();
        EventId seen = resuming;
        resuming = null;
        if (seen != null) {
            resume(seen, events);
        }
        List<LoggedEvent> found = log.after(position);
        if (!found.isEmpty() && found.get(0).number() > position + 1) {
            long from = position + 1;
            long to = found.get(0).number() - 1;
            if (seen == null) {
                return List.of(StreamEvent.last(
                        "dropped", StreamJson.lost(null, from, to, "this client is too slow: connect again")));
            }
            events.add(lost(seen, from, to, "the server keeps only the latest events"));
        }
        for (LoggedEvent each : found.subList(0, Math.min(BATCH, found.size()))) {
            position = each.number();
            events.add(StreamEvent.of(EventId.text(log.start(), position), EVENT, StreamJson.ownership(each)));
        }
        return events;
    }

    private void resume(EventId seen, List<StreamEvent> events) {
        if (!seen.isOf(log.start()) || seen.number() > log.count()) {
            position = log.beforeOldest();
            events.add(lost(seen, null, null, "the server was started again"));
        }
    }

    private StreamEvent lost(EventId seen, @Nullable Long from, @Nullable Long to, String why) {
        long next = to == null ? position : to;
        return StreamEvent.of(EventId.text(log.start(), next), "lost", StreamJson.lost(seen.toString(), from, to, why));
    }
}
