package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random units of work, with indexes, expiry, snapshots and failures, on a table and its model. A seed that failed once
 * is run again by {@code -Dheirloom.seed=...}.
 */
class RandomUnitsTest extends EngineTest {
    private static final int UNITS = 60;
    private static final List<Failpoint> FAILPOINTS = List.of(Failpoint.values());

    private static final List<String> KEYS = Stream.concat(
                    Stream.of("AaAa", "AaBB", "BBAa", "BBBB"), // one hash code
                    IntStream.range(0, 8).mapToObj(i -> "k" + i))
            .toList();

    private static final IndexSpec<Integer, Item> PLAIN =
            IndexSpec.index("plain", row -> row.value() % 4 == 0 ? null : row.value() % 4);
    private static final IndexSpec<Integer, Item> ORDERED =
            IndexSpec.<Integer, Item>index("ordered", Item::value).ordered(Comparator.reverseOrder());
    private static final IndexSpec<Integer, Item> UNIQUE = IndexSpec.<Integer, Item>uniqueIndex(
                    "unique", row -> row.value() < 30 ? null : row.value())
            .ordered(Comparator.naturalOrder());

    /** Snapshots stay until they are closed. */
    private static final Limits LIMITS = Limits.DEFAULT.withSnapshots(100, Duration.ofHours(1));

    static Stream<Arguments> typesAndSeeds() {
        Long chosen = Long.getLong("heirloom.seed");
        List<Long> seeds = chosen == null ? new Random().longs(6).boxed().toList() : List.of(chosen);
        return Stream.of(TableType.values()).flatMap(type -> seeds.stream().map(seed -> Arguments.of(type, seed)));
    }

    @ParameterizedTest(name = "{0}, -Dheirloom.seed={1}")
    @MethodSource("typesAndSeeds")
    void units_actOnTheTableAsOnTheModel(TableType type, long seed) {
        new Run(type, LIMITS, new Random(seed)).units();
    }

    @ParameterizedTest(name = "{0}, -Dheirloom.seed={1}")
    @MethodSource("typesAndSeeds")
    void units_changeAsManyRows_whetherTheirChangesAreKeptOrNot(TableType type, long seed) {
        long counted = new Run(type, LIMITS, new Random(seed)).units();
        long kept = new Run(type, LIMITS.withChanges(10), new Random(seed)).units();
        assertThat(counted).isEqualTo(kept).isPositive();
    }

    private final class Run {
        private final TableType type;
        private final Random random;
        private final VersionedTable<String, Item> table;
        private final Map<Snapshot<String, Item>, TableModel> snapshots = new LinkedHashMap<>();
        private TableModel model;

        Run(TableType type, Limits limits, Random random) {
            this.type = type;
            this.random = random;
            Schema<String, Item> schema = schema(type)
                    .withIndex(PLAIN)
                    .withIndex(ORDERED)
                    .withIndex(UNIQUE)
                    .withLimits(limits);
            if (random.nextBoolean()) {
                schema = schema.withExpiry(Expiry.afterWrite(Duration.ofSeconds(20)));
            }
            this.table = table(schema);
            this.model =
                    new TableModel(schema, () -> START.plusNanos(nanos.get()).toEpochMilli());
        }

        /** {@return the number of the latest change} */
        long units() {
            for (int i = 0; i < UNITS; i++) {
                unit();
                if (random.nextInt(4) == 0) {
                    advance(Duration.ofSeconds(random.nextInt(8)));
                }
                if (random.nextInt(8) == 0) {
                    table.removeExpired(EPOCH);
                    model.removeExpired();
                }
                openOrClose();
                model.assertAlike(table, KEYS);
                snapshots.forEach((snapshot, frozen) -> frozen.assertAlike(snapshot, KEYS));
                TableInvariants.assertInvariants(table);
            }
            snapshots.keySet().forEach(Snapshot::close);
            assertThat(table.commits().retention.retained()).isEmpty();
            return table.latestChange();
        }

        private void openOrClose() {
            if (random.nextInt(3) == 0) {
                snapshots.put(table.snapshot(), model.frozen());
            }
            if (!snapshots.isEmpty() && random.nextInt(4) == 0) {
                Snapshot<String, Item> closing =
                        new ArrayList<>(snapshots.keySet()).get(random.nextInt(snapshots.size()));
                snapshots.remove(closing);
                closing.close();
            }
        }

        private void unit() {
            TableModel changed = model.copy();
            @Nullable
            Failpoint point = random.nextInt(4) == 0 ? FAILPOINTS.get(random.nextInt(FAILPOINTS.size())) : null;
            IllegalStateException failure = new IllegalStateException("asked for");
            long commit = table.latestCommit();
            Throwable thrown = catchThrowable(() -> table.atomically(
                    EPOCH,
                    unit -> {
                        int steps = random.nextInt(12);
                        for (int i = 0; i < steps; i++) {
                            step(unit, changed);
                        }
                        changed.assertAlike(unit, KEYS);
                        return null;
                    },
                    new Commitment<@Nullable Object>(),
                    reached -> {
                        if (reached == point && random.nextInt(3) == 0) {
                            throw failure;
                        }
                    }));
            if (thrown == null || (thrown == failure && point == Failpoint.AFTER_PUBLICATION)) {
                assertThat(changed.violatesUnique()).isFalse();
                model = changed;
                return;
            }
            assertThat(table.latestCommit()).isEqualTo(commit);
            if (thrown instanceof NotUniqueException) {
                assertThat(changed.violatesUnique()).isTrue();
            } else {
                assertThat(thrown).isSameAs(failure);
            }
        }

        private void step(UnitOfWork<String, Item> unit, TableModel changed) {
            Item row = row();
            switch (random.nextInt(13)) {
                case 0, 1, 2 -> {
                    unit.insert(row);
                    changed.insert(row);
                }
                case 3 -> {
                    List<Item> rows = List.of(row, row(), row());
                    unit.insertAll(rows);
                    rows.forEach(changed::insert);
                }
                case 4 -> assertThat(unit.insertNew(row)).isEqualTo(changed.insertNew(List.of(row)));
                case 5 -> {
                    List<Item> rows = List.of(row, row());
                    assertThat(unit.insertNewAll(rows)).isEqualTo(changed.insertNew(rows));
                }
                case 6 -> assertThat(unit.takeAll(row.id())).isEqualTo(changed.takeAll(row.id()));
                case 7 -> {
                    Item there = changed.lookup(row.id()).stream().findFirst().orElse(row);
                    assertThat(unit.deleteRow(there)).isEqualTo(changed.deleteIf(there::equals) > 0);
                }
                case 8 -> deleteSome(unit, changed);
                case 9 -> expire(unit, changed, row.id());
                default -> update(unit, changed, row);
            }
        }

        private Item row() {
            return item(KEYS.get(random.nextInt(KEYS.size())), random.nextInt(40));
        }

        private void deleteSome(UnitOfWork<String, Item> unit, TableModel changed) {
            int value = random.nextInt(40);
            switch (random.nextInt(8)) {
                case 0 -> {
                    unit.clear();
                    changed.deleteIf(row -> true);
                }
                case 1, 2 -> {
                    long deleted = unit.deleteAll(table.query().by(ORDERED, value, value / 2)); // it is descending
                    assertThat(deleted)
                            .isEqualTo(changed.deleteIf(row -> row.value() <= value && row.value() > value / 2));
                }
                default -> {
                    Predicate<Item> some = row -> row.value() % 8 == value % 8;
                    assertThat(unit.deleteAll(unit.query().where(some))).isEqualTo(changed.deleteIf(some));
                }
            }
        }

        private void expire(UnitOfWork<String, Item> unit, TableModel changed, String key) {
            Expiry expiry = switch (random.nextInt(3)) {
                case 0 -> Expiry.never();
                case 1 -> Expiry.afterWrite(Duration.ofSeconds(1 + random.nextInt(30)));
                default -> Expiry.at(START.plusNanos(nanos.get()).plusSeconds(random.nextInt(30) - 2));
            };
            if (changed.lookup(key).isEmpty()) {
                assertThatThrownBy(() -> unit.expire(key, expiry)).isInstanceOf(NoSuchRowException.class);
            } else {
                unit.expire(key, expiry);
                changed.expire(key, expiry);
            }
        }

        private void update(UnitOfWork<String, Item> unit, TableModel changed, Item row) {
            String key = row.id();
            int more = random.nextInt(3);
            if (type.isBag()) {
                assertThatThrownBy(() -> unit.update(key, row, before -> before))
                        .isInstanceOf(WrongTypeException.class);
            } else if (random.nextBoolean()) {
                unit.update(key, row, before -> before.plus(more));
                changed.update(key, row, before -> before.plus(more));
            } else if (changed.lookup(key).isEmpty()) {
                assertThatThrownBy(() -> unit.update(key, before -> before)).isInstanceOf(NoSuchRowException.class);
            } else {
                unit.update(key, before -> before.plus(more));
                changed.update(key, row, before -> before.plus(more));
            }
        }
    }
}
