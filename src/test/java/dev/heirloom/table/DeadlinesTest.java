package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The queue of what expires is as long as the table is big, however much has come and gone. */
class DeadlinesTest extends EngineTest {
    private static final Expiry HOUR = Expiry.afterWrite(Duration.ofHours(1));

    private VersionedTable<String, Item> expiring(TableType type) {
        return table(schema(type).withExpiry(HOUR));
    }

    @ParameterizedTest
    @EnumSource
    void rowsComeAndGo_queueStaysShort(TableType type) {
        VersionedTable<String, Item> table = expiring(type);
        for (int i = 0; i < 10_000; i++) {
            insert(table, item("k" + i, i), item("k" + (i + 1), i));
            delete(table, "k" + i);
        }
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.commits().deadlines().size()).isLessThan(200);
        advance(Duration.ofHours(1));
        assertThat(table.removeExpired(EPOCH)).isEqualTo(1);
        assertThat(table.removeExpired(EPOCH)).isZero();
        assertThat(table.nextExpiry()).isEqualTo(Expiry.NEVER_MILLIS);
    }

    @EachSet
    void deadlineComesAndGoes_queueStaysShort(TableType type) {
        VersionedTable<String, Item> table = expiring(type);
        insert(table, item("a", 1));
        for (int i = 0; i < 10_000; i++) {
            Expiry expiry = i % 2 == 0 ? Expiry.never() : Expiry.at(START.plusSeconds(20_000 - i));
            write(table, unit -> {
                unit.expire("a", expiry);
                return null;
            });
        }
        assertThat(table.commits().deadlines().size()).isLessThan(200);
        advance(Duration.ofSeconds(20_000));
        assertThat(table.removeExpired(EPOCH)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void manyObsoleteEntries_theOthersStay(TableType type) {
        VersionedTable<String, Item> table = expiring(type);
        insert(table, item("stays", 1));
        write(table, unit -> {
            unit.expire("stays", Expiry.afterWrite(Duration.ofHours(2)));
            return null;
        });
        for (int i = 0; i < 500; i++) {
            insert(table, item("k" + i, i));
            delete(table, "k" + i);
        }
        advance(Duration.ofHours(1));
        assertThat(table.removeExpired(EPOCH)).isZero();
        assertThat(table.contains("stays")).isTrue();
        advance(Duration.ofHours(1));
        assertThat(table.contains("stays")).isFalse();
        assertThat(table.removeExpired(EPOCH)).isEqualTo(1);
    }

    // ---- what was said of one row alone ----

    @EachSet
    void never_isKeptByAnUpdate(TableType type) {
        VersionedTable<String, Item> table = expiring(type);
        insert(table, item("a", 1));
        write(table, unit -> {
            unit.expire("a", Expiry.never());
            return null;
        });
        write(table, unit -> unit.update("a", row -> row.plus(1)));
        advance(Duration.ofHours(2));
        assertThat(table.find("a")).contains(item("a", 2));
        assertThat(table.removeExpired(EPOCH)).isZero();
        assertThat(table.hasExpired()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void alreadyOver_isGoneAtOnce(TableType type) {
        VersionedTable<String, Item> table = expiring(type);
        insert(table, item("a", 1));
        write(table, unit -> {
            unit.expire("a", Expiry.at(START));
            assertThat(unit.contains("a")).isFalse();
            assertThat(unit.stream()).isEmpty();
            return null;
        });
        assertThat(table.contains("a")).isFalse();
    }

    @EachSet
    void deletedAndMadeAgainByAnUpdate_isForgotten(TableType type) {
        VersionedTable<String, Item> table = expiring(type);
        insert(table, item("a", 1));
        write(table, unit -> {
            unit.expire("a", Expiry.never());
            unit.delete("a");
            return unit.update("a", item("a", 5), row -> row.plus(1));
        });
        advance(Duration.ofHours(1));
        assertThat(table.find("a")).isEmpty();
    }

    // ---- in the order of time ----

    @ParameterizedTest
    @EnumSource
    void rowsGo_whenTheirTimeIsOver_inWhateverOrderTheyCame(TableType type) {
        Random random = new Random(11);
        VersionedTable<String, Item> table = table(type);
        Map<String, Instant> ends = new HashMap<>();
        Instant now = START;
        for (int round = 0; round < 300; round++) {
            for (int i = 0; i < 5; i++) {
                String key = "k" + random.nextInt(60);
                if (random.nextInt(4) == 0) {
                    delete(table, key);
                    ends.remove(key);
                    continue;
                }
                Instant end = now.plusSeconds(1 + random.nextInt(100));
                write(table, unit -> {
                    if (type == TableType.DUPLICATE_BAG) {
                        unit.delete(key);
                    }
                    unit.insert(item(key, 1));
                    unit.expire(key, Expiry.at(end));
                    return null;
                });
                ends.put(key, end);
            }
            Instant first =
                    ends.values().stream().min(Comparator.naturalOrder()).orElse(Instant.MAX);
            assertThat(table.nextExpiry()).as("never too late").isLessThanOrEqualTo(first.toEpochMilli());
            advance(Duration.ofSeconds(2));
            now = now.plusSeconds(2);
            Instant then = now;
            long due = ends.values().stream().filter(end -> !end.isAfter(then)).count();
            ends.values().removeIf(end -> !end.isAfter(then));
            assertThat(table.removeExpired(EPOCH)).isEqualTo((int) due);
            assertThat(table.hasExpired()).isFalse();
            assertThat(table.size()).isEqualTo(ends.size());
        }
    }
}
