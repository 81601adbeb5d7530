package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A read of several rows sees one commit, also when others are published while it runs. */
class ConsistentReadsTest {
    /** A key whose hash code somebody may listen to being asked for. */
    private record Key(String name, AtomicReference<Runnable> asked) {
        @Override
        public int hashCode() {
            asked.get().run();
            return name.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.name.equals(name);
        }
    }

    private record Row(Key key, int value) {}

    private final AtomicReference<Runnable> asked = new AtomicReference<>(() -> {});
    private final Key a = new Key("a", asked);
    private final Key b = new Key("b", asked);
    private final VersionedTable<Key, Row> table = new VersionedTable<>(Schema.set("rows", Row.class, Row::key), 1);

    private void insert(Key key, int value) {
        try {
            table.atomically(1, unit -> unit.insert(new Row(key, value)), new Commitment<>(), null);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Has so many commits replace both rows, one whenever a hash code is asked for. */
    private void disturb(int commits) {
        AtomicInteger left = new AtomicInteger(commits);
        AtomicInteger depth = new AtomicInteger();
        asked.set(() -> {
            if (depth.get() == 0 && left.get() > 0) {
                depth.incrementAndGet();
                int value = left.getAndDecrement();
                insert(a, value);
                insert(b, value);
                depth.decrementAndGet();
            }
        });
    }

    @Test
    void next_ofARowThatIsReplacedMeanwhile_isFound() {
        for (int commits = 1; commits <= 40; commits++) {
            insert(a, 0);
            insert(b, 0);
            disturb(commits);
            assertThat(table.next(b).map(Row::key)).contains(a);
            asked.set(() -> {});
        }
        TableInvariants.assertInvariants(table);
    }

    @Test
    void next_ofAMissingRow_whileOthersAreReplaced_refused() {
        insert(a, 0);
        disturb(40);
        assertThatThrownBy(() -> table.next(new Key("z", asked))).isInstanceOf(NoSuchRowException.class);
        asked.set(() -> {});
    }

    // ---- rows written again in time, while somebody reads them ----

    private final AtomicLong millis = new AtomicLong(1);
    private final AtomicReference<Runnable> timeAsked = new AtomicReference<>(() -> {});
    private final VersionedTable<Key, Row> expiring = new VersionedTable<>(
            Schema.set("rows", Row.class, Row::key).withExpiry(Expiry.afterWrite(Duration.ofMillis(10))),
            1,
            System::nanoTime,
            () -> {
                timeAsked.getAndSet(() -> {}).run();
                return Instant.ofEpochMilli(millis.get());
            });

    /** Just before the next reader gets the time of day, writes a row again and has its old time pass. */
    private void writeAgainInTime(int value) throws Exception {
        expiring.atomically(1, unit -> unit.insert(new Row(a, 0)), new Commitment<>(), null);
        timeAsked.set(() -> {
            millis.addAndGet(9);
            try {
                expiring.atomically(1, unit -> unit.insert(new Row(a, value)), new Commitment<>(), null);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            millis.addAndGet(1);
        });
    }

    @Test
    void find_ofARowThatIsWrittenAgainInTime_isFound() throws Exception {
        writeAgainInTime(1);
        assertThat(expiring.find(a)).contains(new Row(a, 1));
        writeAgainInTime(2);
        assertThat(expiring.contains(a)).isTrue();
        writeAgainInTime(3);
        assertThat(expiring.stream()).hasSize(1);
        writeAgainInTime(4);
        assertThat(expiring.first()).contains(new Row(a, 4));
        writeAgainInTime(5);
        try (Snapshot<Key, Row> snapshot = expiring.snapshot()) {
            assertThat(snapshot.find(a)).contains(new Row(a, 5));
        }
        millis.addAndGet(10);
        assertThat(expiring.find(a)).isEmpty();
    }
}
