package dev.heirloom.calls;

import dev.heirloom.ownership.OwnedTable;
import dev.heirloom.ownership.Requests;
import dev.heirloom.ownership.TableConsumer;
import dev.heirloom.table.Rows;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * The consumer of the table of calls: serves its requests, and in between removes the calls that have been over for
 * longer than the retention, or have gone on for longer than a call can.
 */
@Dependent
class CallKeeper implements TableConsumer<String, Call> {
    /** So many are removed in one unit of work at most: requests do not wait for long. */
    static final int MOST_AT_ONCE = 1_000;

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Duration retention;
    private final Duration maxDuration;
    private final InstantSource clock;

    @Inject
    CallKeeper(CallSettings settings) {
        this(settings.retention(), settings.maxDuration(), Clock.systemUTC());
    }

    CallKeeper(Duration retention, Duration maxDuration, InstantSource clock) {
        this.retention = retention;
        this.maxDuration = maxDuration;
        this.clock = clock;
    }

    @Override
    public void consume(OwnedTable<String, Call> table, Requests requests) throws Exception {
        while (table.isOwned()) {
            List<String> over = over(table);
            if (!over.isEmpty()) {
                table.atomically(calls -> {
                    over.forEach(calls::delete);
                    return over.size();
                });
            }
            requests.serve(over.size() < MOST_AT_ONCE ? pause() : Duration.ZERO);
        }
    }

    /** A tenth of the retention: a call stays for little longer than it should. */
    Duration pause() {
        Duration tenth = retention.dividedBy(10);
        if (tenth.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return tenth.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : tenth;
    }

    /** The keys of calls to remove. */
    private List<String> over(Rows<String, Call> calls) {
        Instant now = clock.instant();
        try (Stream<Call> all = calls.stream()) {
            return all.filter(call -> isOver(call, now))
                    .limit(MOST_AT_ONCE)
                    .map(Call::sid)
                    .toList();
        }
    }

    private boolean isOver(Call call, Instant now) {
        Instant finished = call.finishedAt();
        return finished == null
                ? call.startedAt().plus(maxDuration).isBefore(now)
                : finished.plus(retention).isBefore(now);
    }
}
