package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A unit of work sees its own changes, in everything it reads. */
class OwnReadsTest extends EngineTest {
    @ParameterizedTest
    @EnumSource
    void lookup_afterChanges(TableType type) {
        write(table(type, item("a", 1), item("b", 2)), unit -> {
            unit.insert(item("c", 3));
            unit.delete("a");
            unit.delete("b");
            unit.insert(item("b", 3));
            assertThat(unit.lookup("c")).containsExactly(item("c", 3));
            assertThat(unit.lookup("a")).isEmpty();
            assertThat(unit.contains("a")).isFalse();
            assertThat(unit.lookup("b")).containsExactly(item("b", 3));
            return null;
        });
    }

    @ParameterizedTest
    @EnumSource
    void stream_afterChanges(TableType type) {
        write(table(type, item("b", 2), item("d", 4)), unit -> {
            unit.insert(item("c", 3));
            unit.delete("b");
            unit.delete("d");
            unit.insert(item("d", 40));
            unit.insert(item("a", 1));
            unit.delete("a");
            assertThat(unit.stream()).containsExactlyInAnyOrder(item("c", 3), item("d", 40));
            assertThat(unit.size()).isEqualTo(2);
            return null;
        });
    }

    @ParameterizedTest
    @EnumSource
    void stream_madeBeforeAChange_runAfterIt(TableType type) {
        write(table(type, item("a", 1)), unit -> {
            Stream<Item> early = unit.stream();
            unit.insert(item("b", 2));
            assertThat(early).containsExactlyInAnyOrder(item("a", 1), item("b", 2));
            return null;
        });
    }

    @ParameterizedTest
    @EnumSource
    void stream_runAfterTheUnit_isDead(TableType type) {
        AtomicReference<Stream<Item>> escaped = new AtomicReference<>();
        write(table(type, item("a", 1)), unit -> {
            escaped.set(unit.stream());
            return null;
        });
        assertThatThrownBy(() -> escaped.get().toList()).isInstanceOf(UnitEndedException.class);
    }

    @ParameterizedTest
    @EnumSource(TableType.class)
    void queryFirst_afterChanges(TableType type) {
        write(table(type, item("b", 2), item("d", 4)), unit -> {
            assertThat(unit.query().where(row -> row.value() > 2).first()).contains(item("d", 4));
            unit.delete("d");
            assertThat(unit.query().where(row -> row.value() > 2).first()).isEmpty();
            unit.insert(item("c", 3));
            assertThat(unit.query().where(row -> row.value() > 2).first()).contains(item("c", 3));
            return null;
        });
    }

    @Test
    void orderedSet_queryFirst_isTheNearest() {
        write(table(TableType.ORDERED_SET, item("b", 2), item("d", 4), item("f", 6)), unit -> {
            unit.insert(item("c", 3));
            unit.insert(item("d", 40));
            assertThat(unit.query().first()).contains(item("b", 2));
            assertThat(unit.query().above("b").first()).contains(item("c", 3));
            assertThat(unit.query().above("c").first()).contains(item("d", 40));
            assertThat(unit.query().below("d").descending().first()).contains(item("c", 3));
            assertThat(unit.query().above("d").first()).contains(item("f", 6));
            assertThat(unit.query().above("b").below("c").first()).isEmpty();
            return null;
        });
    }

    @Test
    void orderedSet_stream_afterChanges_inOrder() {
        write(table(TableType.ORDERED_SET, item("b", 2), item("d", 4)), unit -> {
            unit.insert(item("e", 5));
            unit.insert(item("a", 1));
            unit.insert(item("c", 3));
            assertThat(unit.stream().map(Item::id)).containsExactly("a", "b", "c", "d", "e");
            return null;
        });
    }

    @Test
    void orderedSet_neighbours_skipDeletedAndMeetInserted() {
        write(table(TableType.ORDERED_SET, item("b", 2), item("d", 4), item("f", 6)), unit -> {
            unit.delete("b");
            unit.delete("f");
            assertThat(unit.first()).contains(item("d", 4));
            assertThat(unit.last()).contains(item("d", 4));
            unit.insert(item("c", 3));
            unit.insert(item("e", 5));
            assertThat(unit.first()).contains(item("c", 3));
            assertThat(unit.last()).contains(item("e", 5));
            assertThat(unit.next("c")).contains(item("d", 4));
            assertThat(unit.next("a")).contains(item("c", 3));
            assertThat(unit.previous("d")).contains(item("c", 3));
            assertThat(unit.previous("z")).contains(item("e", 5));
            assertThat(unit.next("e")).isEmpty();
            assertThat(unit.previous("c")).isEmpty();
            unit.insert(item("D", 40));
            assertThat(unit.next("c")).contains(item("D", 40));
            return null;
        });
    }

    @ParameterizedTest
    @EnumSource
    void update_whileWalking_meetsEveryRowOnce(TableType type) {
        Item[] colliding = {item("AaAa", 1), item("AaBB", 2), item("BBAa", 3), item("BBBB", 4), item("c", 5)};
        write(table(type, colliding), unit -> {
            List<String> met = new ArrayList<>();
            for (Optional<Item> row = unit.first(); row.isPresent(); row = unit.next(met.get(met.size() - 1))) {
                met.add(row.get().id());
                unit.takeAll(row.get().id());
                unit.insert(row.get().plus(10));
            }
            assertThat(met).containsExactlyInAnyOrder("AaAa", "AaBB", "BBAa", "BBBB", "c");
            return null;
        });
    }

    /** Units of few and of many changes, against a map. */
    @ParameterizedTest
    @MethodSource("typesAndSeeds")
    void randomUnits_readLikeTheModel(TableType type, long seed) {
        Random random = new Random(seed);
        VersionedTable<String, Item> table = table(type);
        TableModel model = new TableModel(schema(type));
        for (int i = 0; i < 40; i++) {
            boolean fails = random.nextInt(4) == 0;
            TableModel changed = model.copy();
            try {
                write(table, unit -> {
                    int steps = random.nextInt(30);
                    for (int j = 0; j < steps; j++) {
                        step(random, type, unit, changed);
                        changed.assertAlike(unit, KEYS);
                    }
                    if (fails) {
                        throw new IllegalStateException("on purpose");
                    }
                    return null;
                });
                model = changed;
            } catch (IllegalStateException e) {
                assertThat(fails).isTrue();
            }
            model.assertAlike(table, KEYS);
        }
    }

    static Stream<Arguments> typesAndSeeds() {
        return Stream.of(TableType.values())
                .flatMap(type -> LongStream.rangeClosed(1, 4).mapToObj(seed -> Arguments.of(type, seed)));
    }

    private static void step(Random random, TableType type, UnitOfWork<String, Item> unit, TableModel model) {
        String key = KEYS.get(random.nextInt(KEYS.size()));
        Item row = item(key, random.nextInt(3));
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                unit.insert(row);
                model.insert(row);
            }
            case 2 -> assertThat(unit.insertNew(row)).isEqualTo(model.insertNew(List.of(row)));
            case 3 -> assertThat(unit.takeAll(key)).isEqualTo(model.takeAll(key));
            case 4 -> assertThat(unit.deleteRow(row)).isEqualTo(model.deleteIf(row::equals) > 0);
            default -> {
                if (type.isBag()) {
                    assertThatThrownBy(() -> unit.update(key, before -> before)).isInstanceOf(WrongTypeException.class);
                } else if (model.lookup(key).isEmpty()) {
                    assertThatThrownBy(() -> unit.update(key, before -> before)).isInstanceOf(NoSuchRowException.class);
                } else {
                    unit.update(key, before -> before.plus(1));
                    model.update(key, row, before -> before.plus(1));
                }
            }
        }
    }

    /** Some with one hash code, but of different order. */
    private static final List<String> KEYS = Stream.concat(
                    Stream.of("AaAa", "AaBB", "BBAa", "BBBB"),
                    IntStream.range(0, 12).mapToObj(i -> "k" + (char) ('a' + i)))
            .toList();
}
