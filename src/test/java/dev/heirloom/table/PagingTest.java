package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Going from page to page shows every row that stays exactly once, whatever else comes and goes. */
class PagingTest extends ReadersTest {
    /** All rows of a query, page by page. */
    static List<Item> pages(Query<String, Item> query) {
        return pages(query, () -> {});
    }

    private static List<Item> pages(Query<String, Item> query, Runnable between) {
        List<Item> seen = new ArrayList<>();
        Optional<String> last = Optional.empty();
        do {
            Page<String, Item> page = last.isPresent() ? query.after(last.get()).page() : query.page();
            seen.addAll(page.rows());
            assertThat(page.last().isPresent() && page.rows().isEmpty())
                    .as("an empty page before the last")
                    .isFalse();
            last = page.last();
            between.run();
        } while (last.isPresent());
        return seen;
    }

    /** Keys of four characters, 16 with each hash code. */
    private static String colliding(int i) {
        StringBuilder key = new StringBuilder();
        for (int bit = 0; bit < 4; bit++) {
            key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return key.append((char) ('a' + i / 16)).toString();
    }

    private static Item[] items(int count, boolean collide) {
        return IntStream.range(0, count)
                .mapToObj(i -> item(collide ? colliding(i) : "k" + i, i))
                .toArray(Item[]::new);
    }

    @Test
    void collidingKeys_collide() {
        assertThat(IntStream.range(0, 64).map(i -> colliding(i).hashCode()).distinct())
                .hasSize(4);
        assertThat(IntStream.range(0, 64).mapToObj(PagingTest::colliding).distinct())
                .hasSize(64);
    }

    @ParameterizedTest
    @EnumSource
    void pages_everyRowOnce(TableType type) {
        for (boolean collide : List.of(true, false)) {
            Item[] items = items(64, collide);
            read(
                    type,
                    rows -> {
                        for (int limit : List.of(1, 3, 16, 64, 100)) {
                            assertThat(pages(rows.query().limit(limit))).containsExactlyInAnyOrder(items);
                            assertThat(pages(rows.query()
                                            .where(row -> row.value() % 3 == 0)
                                            .limit(limit)))
                                    .hasSize(22)
                                    .allMatch(row -> row.value() % 3 == 0);
                        }
                    },
                    items);
        }
    }

    @ParameterizedTest
    @EnumSource
    void page_withoutLimit_isAll(TableType type) {
        read(
                type,
                rows -> {
                    Page<String, Item> page = rows.query().page();
                    assertThat(page.rows()).hasSize(20);
                    assertThat(page.last()).isEmpty();
                },
                items(20, false));
    }

    @ParameterizedTest
    @EnumSource
    void page_fullAtTheEnd_isTheLast(TableType type) {
        read(
                type,
                rows -> {
                    Page<String, Item> page = rows.query().limit(20).page();
                    assertThat(page.rows()).hasSize(20);
                    assertThat(page.last()).isEmpty();
                },
                items(20, false));
    }

    @ParameterizedTest
    @EnumSource
    void page_looksAtFewRowsMoreThanItHas(TableType type) {
        AtomicInteger looks = new AtomicInteger();
        Query<String, Item> query =
                table(type, items(500, false)).query().limit(10).where(row -> looks.incrementAndGet() > 0);
        assertThat(pages(query)).hasSize(500);
        assertThat(looks).hasValueLessThan(600);
    }

    @ParameterizedTest
    @EnumSource
    void page_ofNothing_isTheLast(TableType type) {
        read(type, rows -> {
            Page<String, Item> page = rows.query().limit(3).page();
            assertThat(page.rows()).isEmpty();
            assertThat(page.last()).isEmpty();
        });
    }

    @Test
    void orderedSet_pages_inOrder_bothWays() {
        Item[] items = items(50, false);
        List<Item> up = Stream.of(items)
                .sorted((a, b) -> String.CASE_INSENSITIVE_ORDER.compare(a.id(), b.id()))
                .toList();
        List<Item> down = Stream.of(items)
                .sorted((a, b) -> String.CASE_INSENSITIVE_ORDER.compare(b.id(), a.id()))
                .toList();
        read(
                TableType.ORDERED_SET,
                rows -> {
                    assertThat(pages(rows.query().limit(7))).isEqualTo(up);
                    assertThat(pages(rows.query().descending().limit(7))).isEqualTo(down);
                    assertThat(pages(rows.query().from("k2").below("k4").limit(3)))
                            .hasSize(22);
                    assertThat(rows.query().limit(7).page().rows()).hasSize(7);
                },
                items);
    }

    @EachBag
    void bag_rowsOfAKey_areNeverSplit(TableType type) {
        Item[] items =
                IntStream.range(0, 60).mapToObj(i -> item("k" + i / 6, i)).toArray(Item[]::new);
        read(
                type,
                rows -> {
                    Query<String, Item> query = rows.query().limit(4);
                    assertThat(pages(query)).containsExactlyInAnyOrder(items);
                    Page<String, Item> page = query.page();
                    assertThat(page.rows()).hasSize(6);
                    assertThat(page.rows().stream().map(Item::id).distinct()).hasSize(1);
                },
                items);
    }

    static Stream<Arguments> typesAndSeeds() {
        return Stream.of(TableType.values())
                .flatMap(type -> LongStream.rangeClosed(1, 6).mapToObj(seed -> Arguments.of(type, seed)));
    }

    @ParameterizedTest
    @MethodSource("typesAndSeeds")
    void rowsComeAndGo_thoseThatStayAreSeenOnce(TableType type, long seed) {
        Random random = new Random(seed);
        boolean collide = seed % 2 == 0;
        Item[] stay = Stream.of(items(96, collide))
                .filter(row -> row.value() % 2 == 0)
                .toArray(Item[]::new);
        VersionedTable<String, Item> table = table(type, stay);
        Runnable comeAndGo = () -> write(table, unit -> {
            for (int i = 0; i < 20; i++) {
                Item other = items(96, collide)[random.nextInt(48) * 2 + 1];
                if (random.nextBoolean()) {
                    unit.insert(other);
                } else {
                    unit.delete(other.id());
                }
                Item staying = stay[random.nextInt(stay.length)];
                unit.takeAll(staying.id()); // in its place
                unit.insert(staying);
            }
            return null;
        });
        Query<String, Item> query = table.query().limit(1 + random.nextInt(10));
        assertThat(pages(query, comeAndGo).stream().filter(row -> row.value() % 2 == 0))
                .containsExactlyInAnyOrder(stay);
        if (type == TableType.ORDERED_SET) {
            assertThat(pages(query.descending(), comeAndGo).stream().filter(row -> row.value() % 2 == 0))
                    .containsExactlyInAnyOrder(stay);
        }
    }

    @ParameterizedTest
    @EnumSource
    void after_aKeyThatIsGone_goesOn(TableType type) {
        Item[] items = items(32, true);
        VersionedTable<String, Item> table = table(type, items);
        Query<String, Item> query = table.query().limit(5);
        Page<String, Item> first = query.page();
        String last = first.last().orElseThrow();
        delete(table, last);
        List<Item> rest = pages(query.after(last));
        assertThat(Stream.concat(first.rows().stream(), rest.stream())).containsExactlyInAnyOrder(items);
    }
}
