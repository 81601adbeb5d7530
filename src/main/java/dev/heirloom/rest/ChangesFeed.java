package dev.heirloom.rest;

import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.Changes;
import dev.heirloom.table.ChangesLostException;
import dev.heirloom.table.HeirloomException;
import dev.heirloom.table.NoSuchChangeException;
import dev.heirloom.table.RowChange;
import dev.heirloom.table.TableClosedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The changes of one table, from one of them on. */
final class ChangesFeed<K, R> implements Feed {
    static final String EVENT = "change";

    private final TableRef<K, R> ref;
    private final String name;
    private final String identity;
    private final StreamJson.RowJson<R> rows;
    private final Predicate<String> exists;
    private final Changes<K, R> changes;

    /** What is to be sent before anything else, or last of all. */
    private final List<StreamEvent> pending = new ArrayList<>();

    private List<RowChange<K, R>> found = List.of();

    /** Whether the client was told what it had missed before it came. */
    private boolean caughtUp;

    private final @Nullable EventId seen;

    /**
     * @param identity what tells the table from others of its name
     * @param seen what the client saw last; null to begin now
     * @param exists whether there is a table of a name
     * @throws HeirloomException if the changes cannot be followed
     */
    ChangesFeed(
            TableRef<K, R> ref,
            String identity,
            StreamJson.RowJson<R> rows,
            @Nullable EventId seen,
            Predicate<String> exists) {
        this.ref = ref;
        this.name = ref.name();
        this.identity = identity;
        this.rows = rows;
        this.seen = seen;
        this.exists = exists;
        this.changes = seen == null ? ref.changes() : resume(seen);
        this.caughtUp = seen == null;
    }

    private Changes<K, R> resume(EventId from) {
        long start;
        try {
            Changes<K, R> resumed = ref.changesAfter(from.isOf(identity) ? from.number() : Long.MAX_VALUE);
            return resumed;
        } catch (NoSuchChangeException e) {
            start = e.start();
        }
        String why = from.isOf(identity)
                ? "there is no such change of the present rows"
                : "it is of another table, or from before the server was started";
        pending.add(StreamEvent.of(
                EventId.text(identity, start), "lost", StreamJson.lost(from.toString(), null, null, why)));
        return ref.changesAfter(start);
    }

    @Override
    public String position() {
        return seen == null ? EventId.text(identity, changes.sequence()) : seen.toString();
    }

    @Override
    public boolean isReady() {
        if (pending.isEmpty() && found.isEmpty()) {
            look();
        }
        return !pending.isEmpty() || !found.isEmpty();
    }

    private void look() {
        String now = ref.name();
        if (!now.equals(name)) {
            pending.add(StreamEvent.last("ended", StreamJson.end("renamed", now)));
            return;
        }
        try {
            found = changes.poll();
            caughtUp |= found.isEmpty();
        } catch (ChangesLostException e) {
            if (caughtUp) {
                pending.add(StreamEvent.last(
                        "dropped", StreamJson.lost(null, e.from(), e.to(), "this client is too slow: connect again")));
            } else {
                pending.add(StreamEvent.of(
                        EventId.text(identity, e.to()),
                        "lost",
                        StreamJson.lost(
                                String.valueOf(seen), e.from(), e.to(), "the table keeps only the latest changes")));
            }
        } catch (TableClosedException e) {
            String why = exists.test(name) ? "its rows died with an owner that had no heir" : "deleted";
            pending.add(StreamEvent.last("ended", StreamJson.end(why, null)));
        } catch (HeirloomException e) {
            pending.add(StreamEvent.last("ended", StreamJson.end(String.valueOf(e.getMessage()), null)));
        }
    }

    @Override
    public List<StreamEvent> next() {
        if (!isReady()) {
            return List.of();
        }
        List<StreamEvent> events = new ArrayList<>(pending);
        pending.clear();
        for (RowChange<K, R> each : found) {
            events.add(StreamEvent.of(EventId.text(identity, each.sequence()), EVENT, StreamJson.change(each, rows)));
        }
        found = List.of();
        return events;
    }
}
