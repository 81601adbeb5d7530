package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Snapshots are frozen and bounded, and what they held is freed. */
class SnapshotTest extends EngineTest {
    private static final Duration AGE = Duration.ofSeconds(10);

    private VersionedTable<String, Item> bounded(int max) {
        VersionedTable<String, Item> table =
                table(schema(TableType.ORDERED_SET).withLimits(Limits.DEFAULT.withSnapshots(max, AGE)));
        insert(table, item("a", 1), item("b", 2));
        return table;
    }

    @ParameterizedTest
    @EnumSource
    void snapshot_laterCommits_unseen(TableType type) {
        VersionedTable<String, Item> table = table(type, item("a", 1), item("b", 2));
        try (Snapshot<String, Item> snapshot = table.snapshot()) {
            long commit = table.latestCommit();
            overwrite(table, item("a", 10));
            insert(table, item("c", 3));
            delete(table, "b");
            insert(table, item("b", 20));
            assertThat(snapshot.stream()).containsExactlyInAnyOrder(item("a", 1), item("b", 2));
            assertThat(snapshot.lookup("a")).containsExactly(item("a", 1));
            assertThat(snapshot.lookup("c")).isEmpty();
            assertThat(snapshot.contains("c")).isFalse();
            assertThat(snapshot.size()).isEqualTo(2);
            assertThat(snapshot.commit()).isEqualTo(commit);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cell_keepsOneVersionASnapshot(TableType type) {
        VersionedTable<String, Item> table = table(type, item("a", 0));
        try (Snapshot<String, Item> first = table.snapshot()) {
            for (int i = 1; i <= 50; i++) {
                overwrite(table, item("a", i));
            }
            try (Snapshot<String, Item> second = table.snapshot()) {
                for (int i = 51; i <= 100; i++) {
                    overwrite(table, item("a", i));
                }
                assertThat(versions(table, "a")).isEqualTo(3);
                assertThat(first.lookup("a")).containsExactly(item("a", 0));
                assertThat(second.lookup("a")).containsExactly(item("a", 50));
                TableInvariants.assertInvariants(table);
            }
            assertThat(versions(table, "a")).isEqualTo(2);
        }
        assertThat(versions(table, "a")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void close_freesDeletedRows(TableType type) {
        VersionedTable<String, Item> table = table(type);
        Item[] rows = IntStream.range(0, 1000).mapToObj(i -> item("k" + i, i)).toArray(Item[]::new);
        insert(table, rows);
        Snapshot<String, Item> snapshot = table.snapshot();
        for (Item row : rows) {
            delete(table, row.id());
        }
        assertThat(table.storage().index.entries()).isEqualTo(1000);
        assertThat(table.commits().retention.retained()).hasSize(1000);
        snapshot.close();
        assertThat(table.storage().index.entries()).isZero();
        assertThat(table.commits().retention.retained()).isEmpty();
    }

    @Test
    void close_oneOfTwo_keepsWhatTheOtherShows() {
        VersionedTable<String, Item> table = bounded(8);
        Snapshot<String, Item> first = table.snapshot();
        Snapshot<String, Item> second = table.snapshot();
        delete(table, "a");
        first.close();
        assertThat(second.find("a")).contains(item("a", 1));
        assertThat(second.stream()).hasSize(2);
        second.close();
        assertThat(table.storage().index.entries()).isEqualTo(1);
    }

    @Test
    void close_whileAWriterHoldsTheLock_isMadeUpFor() throws Exception {
        VersionedTable<String, Item> table = bounded(8);
        Item[] rows = IntStream.range(0, 2000).mapToObj(i -> item("k" + i, i)).toArray(Item[]::new);
        insert(table, rows);
        Snapshot<String, Item> snapshot = table.snapshot();
        for (Item row : rows) {
            delete(table, row.id());
        }
        write(table, unit -> unit.insert(item("z", 1)), point -> {
            if (point == Failpoint.IN_COMMIT) {
                closeOnAnotherThread(snapshot);
            }
        });
        table.releaseAbandonedSnapshots(); // as the manager's clock does
        assertThat(table.commits().retention.retained()).isEmpty();
        assertThat(table.storage().index.entries()).isEqualTo(3);
    }

    @Test
    void closed_everyReadIsRefused() {
        VersionedTable<String, Item> table = bounded(8);
        Snapshot<String, Item> snapshot = table.snapshot();
        snapshot.close();
        snapshot.close();
        assertExpired(snapshot);
    }

    @Test
    void tooOld_expires() {
        VersionedTable<String, Item> table = bounded(8);
        Snapshot<String, Item> snapshot = table.snapshot();
        delete(table, "a");
        advance(AGE);
        table.releaseAbandonedSnapshots();
        assertThat(snapshot.find("a")).isPresent();
        advance(Duration.ofNanos(1));
        table.releaseAbandonedSnapshots();
        assertExpired(snapshot);
        assertThat(table.storage().index.entries()).isEqualTo(1);
    }

    @Test
    void tooOld_soonACommitReleasesIt() {
        VersionedTable<String, Item> table = bounded(8);
        Snapshot<String, Item> snapshot = table.snapshot();
        delete(table, "a");
        advance(AGE.plusNanos(1));
        for (int i = 0; i < 64; i++) {
            insert(table, item("c", i));
        }
        assertExpired(snapshot);
        assertThat(table.commits().retention.retained()).isEmpty();
        assertThat(table.storage().index.entries()).isEqualTo(2);
    }

    @Test
    void tooOld_whileItsStreamRuns_streamFails() {
        VersionedTable<String, Item> table = bounded(8);
        Iterator<Item> rows = table.stream().iterator();
        assertThat(rows.next()).isEqualTo(item("a", 1));
        advance(AGE.plusNanos(1));
        insert(table, item("b", 20));
        assertThatThrownBy(rows::next).isInstanceOf(SnapshotExpiredException.class);
    }

    @Test
    void tooMany_oldestGivesWay() {
        VersionedTable<String, Item> table = bounded(2);
        Snapshot<String, Item> first = table.snapshot();
        Snapshot<String, Item> second = table.snapshot();
        Snapshot<String, Item> third = table.snapshot();
        assertExpired(first);
        assertThat(second.size()).isEqualTo(2);
        assertThat(third.size()).isEqualTo(2);
        assertThat(table.storage().snapshots.count()).isEqualTo(2);
        first.close();
        assertThat(table.storage().snapshots.count()).isEqualTo(2);
    }

    @Test
    void tooMany_whatTheOldestHeldIsFreed() {
        VersionedTable<String, Item> table = bounded(1);
        Snapshot<String, Item> first = table.snapshot();
        delete(table, "a");
        Snapshot<String, Item> second = table.snapshot();
        insert(table, item("c", 3)); // any commit sweeps
        assertExpired(first);
        assertThat(table.commits().retention.retained()).isEmpty();
        assertThat(table.storage().index.entries()).isEqualTo(2);
        second.close();
    }

    @Test
    void unreachable_isReleased() {
        VersionedTable<String, Item> table = bounded(8);
        WeakReference<Snapshot<String, Item>> lost = new WeakReference<>(table.snapshot());
        delete(table, "a");
        await().until(() -> {
            System.gc();
            return lost.get() == null;
        });
        table.releaseAbandonedSnapshots();
        assertThat(table.storage().snapshots.count()).isZero();
        assertThat(table.storage().index.entries()).isEqualTo(1);
    }

    @Test
    void stream_runToItsEnd_freesItsSnapshot() {
        VersionedTable<String, Item> table = bounded(8);
        assertThat(table.stream().count()).isEqualTo(2);
        assertThat(table.storage().snapshots.count()).isZero();
    }

    @Test
    void stream_askedAgainAfterItsEnd_isAtItsEnd() {
        VersionedTable<String, Item> table = bounded(8);
        Iterator<Item> rows = table.stream().iterator();
        rows.forEachRemaining(row -> {});
        assertThat(rows.hasNext()).isFalse();
        assertThat(rows.hasNext()).isFalse();
    }

    @Test
    void stream_closedEarly_freesItsSnapshot() {
        VersionedTable<String, Item> table = bounded(8);
        try (Stream<Item> stream = table.stream()) {
            Iterator<Item> rows = stream.iterator();
            assertThat(rows.next()).isEqualTo(item("a", 1));
            delete(table, "b");
            assertThat(table.storage().snapshots.count()).isEqualTo(1);
        }
        assertThat(table.storage().snapshots.count()).isZero();
        assertThat(table.storage().index.entries()).isEqualTo(1);
    }

    @Test
    void stream_closedUnused_isFine() {
        VersionedTable<String, Item> table = bounded(8);
        table.stream().close();
        assertThat(table.storage().snapshots.count()).isZero();
    }

    @Test
    void stream_bindsWhenItRuns() {
        VersionedTable<String, Item> table = bounded(8);
        Stream<Item> stream = table.stream();
        insert(table, item("c", 3));
        assertThat(stream).hasSize(3);
    }

    @Test
    void stream_frozenWhileItRuns() {
        VersionedTable<String, Item> table = bounded(8);
        List<Item> seen = new ArrayList<>();
        table.stream().forEach(row -> {
            seen.add(row);
            insert(table, item("b", 20), item("c", 3));
        });
        assertThat(seen).containsExactly(item("a", 1), item("b", 2));
        assertThat(table.commits().retention.retained()).isEmpty();
    }

    @Test
    void snapshotStream_leavesTheSnapshotOpen() {
        VersionedTable<String, Item> table = bounded(8);
        try (Snapshot<String, Item> snapshot = table.snapshot()) {
            assertThat(snapshot.stream()).hasSize(2);
            try (Stream<Item> again = snapshot.stream()) {
                assertThat(again).hasSize(2);
            }
            assertThat(snapshot.size()).isEqualTo(2);
        }
    }

    private static void assertExpired(Snapshot<String, Item> snapshot) {
        List<Runnable> reads = List.of(
                () -> snapshot.find("a"),
                () -> snapshot.lookup("a"),
                () -> snapshot.contains("a"),
                snapshot::first,
                snapshot::last,
                () -> snapshot.next("a"),
                () -> snapshot.previous("a"),
                () -> snapshot.stream().forEach(row -> {}),
                () -> snapshot.query().page(),
                () -> snapshot.query().count(),
                () -> snapshot.query().descending().stream().forEach(row -> {}),
                snapshot::size);
        for (Runnable read : reads) {
            assertThatThrownBy(read::run).isInstanceOf(SnapshotExpiredException.class);
        }
    }

    /** Also in a bag. */
    private static void overwrite(VersionedTable<String, Item> table, Item row) {
        write(table, unit -> {
            unit.delete(row.id());
            return unit.insert(row);
        });
    }

    private static int versions(VersionedTable<String, Item> table, String key) {
        int count = 0;
        for (Version<String, Object> version = table.storage().index.get(key);
                version != null;
                version = version.older) {
            count++;
        }
        return count;
    }

    private static void closeOnAnotherThread(Snapshot<String, Item> snapshot) {
        Thread closer = new Thread(snapshot::close, "closer");
        closer.start();
        try {
            closer.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
