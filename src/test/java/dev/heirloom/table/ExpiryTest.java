package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows end when their time is over, and are removed a little later. */
class ExpiryTest extends EngineTest {
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final IndexSpec<Integer, Item> BY_VALUE =
            IndexSpec.<Integer, Item>index("byValue", Item::value).ordered(Comparator.naturalOrder());

    private VersionedTable<String, Item> expiring(TableType type) {
        return table(schema(type).withExpiry(Expiry.afterWrite(TTL)).withIndex(BY_VALUE));
    }

    private static void expire(VersionedTable<String, Item> table, String key, Expiry expiry) {
        write(table, unit -> {
            unit.expire(key, expiry);
            return null;
        });
    }

    private static int queued(VersionedTable<String, Item> table) {
        return table.commits().deadlines().size();
    }

    private static void assertNothing(Rows<String, Item> rows, TableType type) {
        assertThat(rows.lookup("a")).isEmpty();
        assertThat(rows.contains("a")).isFalse();
        if (!type.isBag()) {
            assertThat(rows.find("a")).isEmpty();
        }
        assertThat(rows.lookup(BY_VALUE, 1)).isEmpty();
        assertThat(rows.first()).isEmpty();
        assertThat(rows.last()).isEmpty();
        assertThat(rows.stream()).isEmpty();
        assertThat(rows.query().count()).isZero();
        assertThat(rows.query().by(BY_VALUE, 0, 9).stream()).isEmpty();
        assertThat(rows.query().page().rows()).isEmpty();
        if (type == TableType.ORDERED_SET) {
            assertThat(rows.next("A")).isEmpty();
            assertThat(rows.previous("z")).isEmpty();
            assertThat(rows.query().from("a").stream()).isEmpty();
        } else {
            assertThatThrownBy(() -> rows.next("a")).isInstanceOf(NoSuchRowException.class);
        }
    }

    // ---- what is seen ----

    @Test
    void timeOfLessThanAMillisecond_isRoundedUp() {
        VersionedTable<String, Item> table =
                table(schema(TableType.SET).withExpiry(Expiry.afterWrite(Duration.ofNanos(1_000_001))));
        insert(table, item("a", 1));
        advance(MILLI);
        assertThat(table.contains("a")).isTrue();
        advance(MILLI);
        assertThat(table.contains("a")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(TableType.class)
    void row_isSeenUntilItsTimeIsOver_andNeverAfter(TableType type) {
        VersionedTable<String, Item> table = expiring(type);
        insert(table, item("a", 1));
        advance(TTL.minus(MILLI));
        assertThat(table.lookup("a")).containsExactly(item("a", 1));
        assertThat(table.lookup(BY_VALUE, 1)).containsExactly(item("a", 1));
        assertThat(table.first()).hasValue(item("a", 1));
        advance(MILLI);
        assertNothing(table, type);
        write(table, unit -> {
            assertNothing(unit, type);
            return null;
        });
        try (Snapshot<String, Item> snapshot = table.snapshot()) {
            assertNothing(snapshot, type);
        }
        assertThat(table.size()).as("rows not yet removed").isEqualTo(1);
        assertThat(table.removeExpired(EPOCH)).isEqualTo(1);
        assertThat(table.size()).isZero();
        assertNothing(table, type);
        assertThat(table.storage().index.entries()).isZero();
    }

    @Test
    void neighboursOfAnExpiredRow_areThoseBeyondIt() {
        VersionedTable<String, Item> table = table(TableType.ORDERED_SET, item("a", 1), item("b", 2), item("c", 3));
        expire(table, "b", Expiry.afterWrite(TTL));
        advance(TTL);
        assertThat(table.next("a")).hasValue(item("c", 3));
        assertThat(table.previous("c")).hasValue(item("a", 1));
        assertThat(table.query().descending().stream()).containsExactly(item("c", 3), item("a", 1));
        assertThat(table.query().count()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = TableType.class,
            names = {"SET", "ORDERED_SET"})
    void expiredRow_isAsIfItWereNotThere_toAUnit(TableType type) {
        VersionedTable<String, Item> table = expiring(type);
        insert(table, item("a", 1));
        advance(TTL);
        write(table, unit -> {
            assertThatThrownBy(() -> unit.update("a", row -> row.plus(1))).isInstanceOf(NoSuchRowException.class);
            assertThatThrownBy(() -> unit.expire("a", Expiry.never())).isInstanceOf(NoSuchRowException.class);
            assertThat(unit.delete("a")).isFalse();
            assertThat(unit.deleteRow(item("a", 1))).isFalse();
            assertThat(unit.take("a")).isEmpty();
            assertThat(unit.deleteAll(unit.query())).isZero();
            assertThat(unit.insertNew(item("a", 2))).isTrue();
            return null;
        });
        assertThat(table.find("a")).hasValue(item("a", 2));
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.lookup(BY_VALUE, 1)).isEmpty();
        assertThat(table.lookup(BY_VALUE, 2)).hasSize(1);
    }

    @Test
    void expiredRowsOfABag_doNotComeBackWithANewOne() {
        VersionedTable<String, Item> table = expiring(TableType.BAG);
        insert(table, item("a", 1), item("a", 2));
        advance(TTL);
        insert(table, item("a", 3));
        assertThat(table.lookup("a")).containsExactly(item("a", 3));
        assertThat(table.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(TableType.class)
    void snapshot_isFrozenInTimeToo(TableType type) {
        VersionedTable<String, Item> table = expiring(type);
        insert(table, item("a", 1));
        try (Snapshot<String, Item> snapshot = table.snapshot()) {
            advance(TTL);
            assertThat(table.removeExpired(EPOCH)).isEqualTo(1);
            assertNothing(table, type);
            assertThat(snapshot.lookup("a")).containsExactly(item("a", 1));
            assertThat(snapshot.lookup(BY_VALUE, 1)).containsExactly(item("a", 1));
            assertThat(snapshot.stream()).containsExactly(item("a", 1));
            assertThat(snapshot.size()).isEqualTo(1);
        }
    }

    @Test
    void unit_isFrozenInTime() {
        VersionedTable<String, Item> table = expiring(TableType.SET);
        insert(table, item("a", 1));
        write(table, unit -> {
            assertThat(unit.find("a")).isPresent();
            advance(TTL);
            return unit.update("a", row -> row.plus(1));
        });
        assertThat(table.find("a"))
                .as("its new time began when the unit looked at the clock")
                .isEmpty();
    }

    // ---- deadlines ----

    @Test
    void afterWrite_beginsAnewWithEveryWrite() {
        VersionedTable<String, Item> table = expiring(TableType.SET);
        insert(table, item("a", 1));
        for (int i = 0; i < 3; i++) {
            advance(TTL.minus(MILLI));
            write(table, unit -> unit.update("a", row -> row.plus(1)));
        }
        advance(TTL.minus(MILLI));
        assertThat(table.find("a")).hasValue(item("a", 4));
        assertThat(table.removeExpired(EPOCH)).isZero();
        advance(MILLI);
        assertThat(table.find("a")).isEmpty();
        assertThat(table.removeExpired(EPOCH)).isEqualTo(1);
    }

    @Test
    void at_isTheSameWhateverIsWritten() {
        VersionedTable<String, Item> table = table(schema(TableType.SET).withExpiry(Expiry.at(START.plus(TTL))));
        insert(table, item("a", 1));
        advance(TTL.minus(MILLI));
        insert(table, item("a", 2), item("b", 2));
        assertThat(table.find("a")).isPresent();
        advance(MILLI);
        assertThat(table.stream()).isEmpty();
        insert(table, item("c", 3));
        assertThat(table.contains("c")).as("written after its end").isFalse();
        assertThat(table.removeExpired(EPOCH)).isEqualTo(3);
    }

    @Test
    void at_farAway_isNever_andLongAgoIsAtOnce() {
        VersionedTable<String, Item> table = table(TableType.SET, item("a", 1), item("b", 1));
        expire(table, "a", Expiry.at(Instant.MAX));
        expire(table, "b", Expiry.at(Instant.MIN));
        assertThat(queued(table)).isZero();
        assertThat(table.contains("a")).isTrue();
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void expiryOfARow_isKeptByAnUpdate_andLostToAnInsert() {
        VersionedTable<String, Item> table = expiring(TableType.SET);
        insert(table, item("a", 1), item("b", 1), item("c", 1));
        expire(table, "a", Expiry.never());
        expire(table, "b", Expiry.afterWrite(TTL.multipliedBy(2)));
        expire(table, "c", Expiry.at(START.plus(MILLI)));
        write(table, unit -> {
            unit.update("a", row -> row.plus(1));
            return unit.update("b", row -> row.plus(1));
        });
        insert(table, item("c", 2));
        advance(TTL);
        assertThat(table.contains("c")).isFalse();
        assertThat(table.contains("b")).isTrue();
        advance(TTL);
        assertThat(table.contains("b")).isFalse();
        assertThat(table.contains("a")).isTrue();
        insert(table, item("a", 3));
        advance(TTL);
        assertThat(table.contains("a")).isFalse();
    }

    @Test
    void expiryOfARow_thatItsTableDoesNotHave() {
        VersionedTable<String, Item> table = table(TableType.SET, item("a", 1), item("b", 1));
        assertThat(table.nextExpiry()).isEqualTo(Long.MAX_VALUE);
        assertThat(table.nanosToExpiry()).isEqualTo(Long.MAX_VALUE);
        expire(table, "a", Expiry.afterWrite(TTL));
        assertThat(table.nextExpiry()).isEqualTo(START.plus(TTL).toEpochMilli());
        assertThat(table.nanosToExpiry()).isEqualTo(TTL.toNanos());
        advance(TTL.plus(TTL));
        assertThat(table.nanosToExpiry()).isZero();
        assertThat(table.hasExpired()).isTrue();
        assertThat(table.removeExpired(EPOCH)).isEqualTo(1);
        assertThat(table.removeExpired(EPOCH)).isZero();
        assertThat(table.hasExpired()).isFalse();
        assertThat(table.nextExpiry()).isEqualTo(Long.MAX_VALUE);
        assertThat(table.stream()).containsExactly(item("b", 1));
    }

    @Test
    void undoneUnit_leavesTheDeadlineAsItWas() {
        VersionedTable<String, Item> table = expiring(TableType.SET);
        insert(table, item("a", 1));
        advance(TTL.minus(MILLI));
        assertThatThrownBy(() -> write(table, unit -> unit.insert(item("a", 2)), point -> {
                    if (point == Failpoint.BEFORE_PUBLICATION) {
                        throw new IllegalStateException("asked for");
                    }
                }))
                .isInstanceOf(IllegalStateException.class);
        advance(MILLI);
        assertThat(table.contains("a")).isFalse();
        assertThat(table.removeExpired(EPOCH)).isEqualTo(1);
    }

    // ---- the queue ----

    @ParameterizedTest
    @EnumSource(TableType.class)
    void queue_hasOneEntryAKeyThatExpires(TableType type) {
        VersionedTable<String, Item> table = table(schema(type).withExpiry(Expiry.afterWrite(TTL)));
        for (int i = 0; i < 20_000; i++) {
            int value = type.isBag() ? 1 : i;
            write(table, unit -> unit.insert(item("a", value)));
            if (i % 2 == 0) {
                delete(table, "a");
            }
            if (i % 3 == 0) {
                insert(table, item("b", i % 10));
                expire(table, "b", Expiry.at(START.plusSeconds(200_000 - i))); // ever earlier
            }
            if (i % 7 == 0) {
                advance(MILLI);
            }
        }
        assertThat(queued(table)).isEqualTo(2);
        expire(table, "a", Expiry.never());
        assertThat(queued(table)).isEqualTo(1);
    }

    @Test
    void rows_areRemovedInBatches_theEarliestFirst() {
        VersionedTable<String, Item> table = table(TableType.SET);
        int rows = 1000;
        for (int i = 0; i < rows; i++) {
            String key = "k" + i;
            insert(table, item(key, i));
            expire(table, key, Expiry.at(START.plusMillis((i * 7919) % rows + 1)));
        }
        advance(Duration.ofMillis(rows / 2));
        assertThat(table.removeExpired(EPOCH)).isEqualTo(256);
        assertThat(table.hasExpired()).isTrue();
        assertThat(table.removeExpired(EPOCH)).isEqualTo(244);
        assertThat(table.removeExpired(EPOCH)).isZero();
        assertThat(table.hasExpired()).isFalse();
        assertThat(table.size()).isEqualTo(rows / 2);
        assertThat(table.query().count()).isEqualTo(rows / 2);
        assertThat(queued(table)).isEqualTo(rows / 2);
        assertThat(table.nanosToExpiry()).isEqualTo(MILLI.toNanos());
    }

    @Test
    void removal_isForTheOwner() {
        VersionedTable<String, Item> table = expiring(TableType.SET);
        insert(table, item("a", 1));
        advance(TTL);
        assertThat(table.tryFence(EPOCH + 1)).isTrue();
        assertThatThrownBy(() -> table.removeExpired(EPOCH)).isInstanceOf(NotOwnerException.class);
        assertThatThrownBy(() -> table.tryRemoveExpired(EPOCH)).isInstanceOf(NotOwnerException.class);
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.tryRemoveExpired(EPOCH + 1)).isEqualTo(1);
        assertThat(table.size()).isZero();
    }

    @Test
    void tryRemoveExpired_whileAWriterHoldsTheLock_removesNothing() throws Exception {
        VersionedTable<String, Item> table = expiring(TableType.SET);
        insert(table, item("a", 1));
        advance(TTL);
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        FutureTask<Item> writer = new FutureTask<>(() -> write(table, unit -> unit.insert(item("b", 1)), point -> {
            if (point == Failpoint.IN_COMMIT) {
                locked.countDown();
                await(release);
            }
        }));
        Thread thread = new Thread(writer, "writer");
        thread.start();
        assertThat(locked.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(table.tryRemoveExpired(EPOCH)).isZero();
        release.countDown();
        writer.get(30, TimeUnit.SECONDS);
        assertThat(table.tryRemoveExpired(EPOCH)).isEqualTo(1);
        thread.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    // ---- room ----

    private VersionedTable<String, Item> bounded(TableType type, int rows) {
        return table(schema(type)
                .withExpiry(Expiry.afterWrite(TTL))
                .withLimits(Limits.DEFAULT.withRows(rows).withChanges(100)));
    }

    @ParameterizedTest
    @EnumSource(TableType.class)
    void fullTable_refusesAUnit_andIsAsItWas(TableType type) {
        VersionedTable<String, Item> table = bounded(type, 2);
        insert(table, item("a", 1), item("b", 1));
        Changes<String, Item> changes = table.changes();
        long commit = table.latestCommit();
        assertThatThrownBy(() -> insert(table, item("c", 1), item("d", 1)))
                .isInstanceOf(TableFullException.class)
                .hasMessageContaining("items is full: it may have 2 rows");
        assertThat(table.latestCommit()).isEqualTo(commit);
        assertThat(changes.poll()).isEmpty();
        assertThat(table.stream()).containsExactlyInAnyOrder(item("a", 1), item("b", 1));
        assertThat(queued(table)).isEqualTo(2);
    }

    @Test
    void fullTable_allowsWhatAddsNoRow() {
        VersionedTable<String, Item> table = bounded(TableType.SET, 2);
        insert(table, item("a", 1), item("b", 1));
        insert(table, item("a", 2));
        write(table, unit -> {
            unit.delete("a");
            return unit.insert(item("c", 1));
        });
        assertThat(table.stream()).containsExactlyInAnyOrder(item("b", 1), item("c", 1));
    }

    @Test
    void expiredRows_makeRoomForAsManyAsTheyWere() {
        int rows = 1000; // several batches
        VersionedTable<String, Item> table = bounded(TableType.SET, rows);
        write(table, unit -> {
            IntStream.range(0, rows).forEach(i -> unit.insert(item("old" + i, i)));
            return null;
        });
        advance(TTL);
        List<Item> fresh =
                IntStream.range(0, rows).mapToObj(i -> item("new" + i, i)).toList();
        int[] runs = {0};
        write(table, unit -> {
            runs[0]++;
            unit.insertAll(fresh);
            return null;
        });
        assertThat(runs[0]).isEqualTo(1);
        assertThat(table.stream()).containsExactlyInAnyOrderElementsOf(fresh);
        assertThat(table.size()).isEqualTo(rows);
    }
}
