package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A unit of work sees its own changes, in everything it reads. */
class OwnReadsTest extends EngineTest {
    @ParameterizedTest
    @EnumSource
    void find_afterChanges(TableType type) {
        write(table(type, item("a", 1), item("b", 2)), unit -> {
            unit.insert(item("c", 3));
            unit.delete("a");
            unit.update("b", row -> row.plus(1));
            assertThat(unit.find("c")).contains(item("c", 3));
            assertThat(unit.find("a")).isEmpty();
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

    /** Against a map, for units of few and of many changes. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomUnits_readLikeAMap(long seed) {
        for (TableType type : TableType.values()) {
            Random random = new Random(seed);
            VersionedTable<String, Item> table = table(type);
            Map<String, Item> model = new TreeMap<>();
            List<Snapshot<String, Item>> open = new ArrayList<>();
            Map<Snapshot<String, Item>, Map<String, Item>> frozen = new HashMap<>();
            for (int i = 0; i < 60; i++) {
                boolean fails = random.nextInt(4) == 0;
                Map<String, Item> changed = new TreeMap<>(model);
                try {
                    write(table, unit -> {
                        int steps = random.nextInt(30);
                        for (int j = 0; j < steps; j++) {
                            step(random, unit, changed);
                            assertAlike(type, unit, changed);
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
                assertAlike(type, table, model);
                if (random.nextInt(3) == 0) {
                    Snapshot<String, Item> snapshot = table.snapshot();
                    open.add(snapshot);
                    frozen.put(snapshot, model);
                }
                frozen.forEach((snapshot, rows) -> assertAlike(type, snapshot, rows));
                if (!open.isEmpty() && random.nextInt(4) == 0) {
                    Snapshot<String, Item> closing = open.remove(random.nextInt(open.size()));
                    frozen.remove(closing);
                    closing.close();
                    TableInvariants.assertInvariants(table);
                }
            }
            open.forEach(Snapshot::close);
            assertThat(table.index).hasSize(model.size());
        }
    }

    private static void step(Random random, UnitOfWork<String, Item> unit, Map<String, Item> model) {
        String key = key(random);
        Item row = item(key, random.nextInt());
        switch (random.nextInt(5)) {
            case 0 -> {
                unit.insert(row);
                model.put(key, row);
            }
            case 1 -> assertThat(unit.insertNew(row)).isEqualTo(model.putIfAbsent(key, row) == null);
            case 2 -> assertThat(unit.delete(key)).isEqualTo(model.remove(key) != null);
            case 3 -> assertThat(unit.take(key).orElse(null)).isSameAs(model.remove(key));
            default -> {
                if (model.containsKey(key)) {
                    model.put(key, unit.update(key, before -> before.plus(1)));
                } else {
                    assertThatThrownBy(() -> unit.update(key, before -> before)).isInstanceOf(NoSuchRowException.class);
                }
            }
        }
    }

    private static void assertAlike(TableType type, Rows<String, Item> rows, Map<String, Item> model) {
        assertThat(rows.size()).isEqualTo(model.size());
        assertThat(rows.stream()).containsExactlyInAnyOrderElementsOf(model.values());
        for (int i = 0; i < KEYS; i++) {
            String key = key(i);
            assertThat(rows.find(key).orElse(null)).isSameAs(model.get(key));
        }
        if (type == TableType.ORDERED_SET) {
            TreeMap<String, Item> ordered = (TreeMap<String, Item>) model;
            assertThat(rows.stream()).containsExactlyElementsOf(model.values());
            assertThat(rows.first().orElse(null)).isSameAs(row(ordered.firstEntry()));
            assertThat(rows.last().orElse(null)).isSameAs(row(ordered.lastEntry()));
            for (int i = 0; i < KEYS; i++) {
                String key = key(i);
                assertThat(rows.next(key).orElse(null)).isSameAs(row(ordered.higherEntry(key)));
                assertThat(rows.previous(key).orElse(null)).isSameAs(row(ordered.lowerEntry(key)));
            }
        }
    }

    private static final int KEYS = 20;

    private static String key(Random random) {
        return key(random.nextInt(KEYS));
    }

    private static String key(int i) {
        return "k" + (char) ('a' + i);
    }

    private static Item row(Map.Entry<String, Item> entry) {
        return entry == null ? null : entry.getValue();
    }
}
