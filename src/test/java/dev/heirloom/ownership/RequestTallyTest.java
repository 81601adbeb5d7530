package dev.heirloom.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.table.NotAppliedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How requests are counted and followed. */
class RequestTallyTest {
    @Test
    void bounds_areInclusive_andGrowFourfold() {
        for (int i = 0; i < RequestTally.buckets() - 1; i++) {
            assertThat(RequestTally.bucket(RequestTally.bound(i))).isEqualTo(i);
            assertThat(RequestTally.bucket(RequestTally.bound(i) + 1)).isEqualTo(i + 1);
        }
        assertThat(RequestTally.bound(1)).isEqualTo(4 * RequestTally.bound(0));
        assertThat(RequestTally.bucket(0)).isZero();
        assertThat(RequestTally.bucket(Long.MAX_VALUE)).isEqualTo(RequestTally.buckets() - 1);
    }

    @Test
    void requests_areCountedByOutcome() {
        try (Room room = new Room()) {
            RequestTally tally = room.table.tally();
            room.table.refuse(() -> new NoOwnerException("rows", "nobody is coming"));
            assertThatThrownBy(() -> room.put("a", 1)).isInstanceOf(NotAppliedException.class);
            assertThat(tally.notAppliedCount()).isEqualTo(1);
            room.table.admit();
            room.start();
            room.put("a", 1);
            room.put("a", 2);
            assertThatThrownBy(() -> room.ref.call(t -> {
                        throw new IllegalStateException("expected");
                    }))
                    .isInstanceOf(RequestFailedException.class);
            assertThat(tally.notAppliedCount()).isEqualTo(2);
            assertThat(tally.inDoubtCount()).isZero();
        }
    }

    @Test
    void applied_isCountedWithItsDuration() {
        try (Room room = new Room()) {
            room.start();
            room.put("a", 1);
            room.reclaim(null); // the owner has counted what it did before another one counts
            room.start();
            room.put("a", 2);
            room.put("a", 3);
            RequestTally tally = room.table.tally();
            assertThat(tally.applied()).isGreaterThanOrEqualTo(2); // the last one is answered a moment before
            assertThat(tally.appliedWithin(RequestTally.buckets() - 1)).isEqualTo(tally.applied());
            assertThat(tally.appliedNanos()).isPositive();
        }
    }

    /** What a trace was told. */
    private static final class Told implements RequestTracing, RequestTracing.Trace {
        final List<String> told = new ArrayList<>();
        boolean following = true;

        @Override
        public synchronized @Nullable Trace asked(String table) {
            told.add("asked " + table);
            return following ? this : null;
        }

        @Override
        public synchronized void begun(String consumer, long epoch) {
            told.add("begun " + consumer);
        }

        @Override
        public synchronized void left() {
            told.add("left");
        }

        @Override
        public synchronized void settled(Outcome outcome) {
            told.add("settled " + outcome);
        }
    }

    @Test
    void trace_followsARequestToItsOutcome() {
        Told told = new Told();
        try (Room room = new Room()) {
            room.table.trace(told);
            Room.Term term = room.start();
            room.put("a", 1);
            room.reclaim(null);
            term.owner.interrupt();
            assertThat(term.death()).isNotNull();
        }
        assertThat(told.told.get(0)).isEqualTo("asked rows");
        assertThat(told.told.get(1)).isEqualTo("begun Consumer");
        assertThat(told.told).hasSize(4).contains("left", "settled APPLIED");
    }

    @Test
    void trace_endsAlsoOfWhatIsRefused() {
        Told told = new Told();
        try (Room room = new Room()) {
            room.table.trace(told);
            room.table.refuse(() -> new NoOwnerException("rows", "nobody is coming"));
            assertThatThrownBy(() -> room.put("a", 1)).isInstanceOf(NoOwnerException.class);
        }
        assertThat(told.told).containsExactly("asked rows", "settled NOT_APPLIED");
    }

    @Test
    void requestThatIsNotFollowed_isServedAlike() {
        Told told = new Told();
        told.following = false;
        try (Room room = new Room()) {
            room.table.trace(told);
            room.start();
            room.put("a", 1);
        }
        assertThat(told.told).containsExactly("asked rows");
    }
}
