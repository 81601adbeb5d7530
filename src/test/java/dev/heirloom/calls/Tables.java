package dev.heirloom.calls;

import dev.heirloom.manager.TestTables;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The table of calls with its own keeper and a clock that stands still. */
final class Tables {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Duration RETENTION = Duration.ofSeconds(1);
    static final Duration MAX_DURATION = Duration.ofHours(1);

    private Tables() {}

    static TestTables open() {
        return open(() -> NOW);
    }

    static TestTables open(InstantSource clock) {
        return TestTables.of(type -> new CallKeeper(RETENTION, MAX_DURATION, clock), event -> {}, CallTables.CALLS);
    }

    /** A clock to be set. */
    static final class Hands implements InstantSource {
        private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

        @Override
        public Instant instant() {
            return now.get();
        }

        void forward(Duration by) {
            now.updateAndGet(before -> before.plus(by));
        }
    }
}
