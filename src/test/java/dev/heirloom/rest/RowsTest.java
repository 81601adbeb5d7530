package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.TableSpec;
import dev.heirloom.documents.Document;
import dev.heirloom.documents.DocumentReader;
import dev.heirloom.documents.Filter;
import dev.heirloom.documents.JsonLimits;
import dev.heirloom.documents.JsonTables;
import dev.heirloom.documents.JsonTablesInTests;
import dev.heirloom.documents.MergePatch;
import dev.heirloom.manager.TestTables;
import dev.heirloom.table.Access;
import dev.heirloom.table.TableType;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows as HTTP reads and writes them, without a server. */
class RowsTest {
    private static final Preconditions NONE = Preconditions.of(null, null);
    private static final DocumentReader READER = DocumentReader.unlimited();
    private static final int SCANNED = 500;

    record Item(String id, int amount, BigDecimal price) {}

    record Numbered(UUID id, String text) {}

    record Odd(String id, Object anything) {}

    private static final TableSpec<String, Item> OPEN =
            TableSpec.set("open", Item.class, Item::id).writableOverHttp(true);
    private static final TableSpec<String, Item> SHUT = TableSpec.set("shut", Item.class, Item::id);
    private static final TableSpec<String, Item> OWN =
            TableSpec.set("own", Item.class, Item::id).access(Access.PRIVATE);
    private static final TableSpec<UUID, Numbered> NUMBERED = TableSpec.set("numbered", Numbered.class, Numbered::id);
    private static final TableSpec<String, Odd> ODD = TableSpec.set("odd", Odd.class, Odd::id);

    private final TestTables tables = TestTables.of(OPEN, SHUT, OWN, NUMBERED, ODD);
    private final JsonLimits limits = JsonTablesInTests.limits(SCANNED);
    private final JsonTables json = JsonTablesInTests.in(tables, limits);
    private final HttpTables http = new HttpTables(
            tables,
            json,
            limits,
            name -> name.equals("open") || name.equals("shut") ? Optional.of(String.class) : Optional.empty());

    @AfterEach
    void close() {
        tables.close();
    }

    private HttpTable<?, ?> made(String definition) {
        json.put("t", definition);
        return http.writable("t", People.user(null));
    }

    private static Document document(String text) {
        return READER.read(text);
    }

    private static RowWrites.Written put(HttpTable<?, ?> table, String key, String row, Preconditions conditions) {
        return new RowWrites<>(table).put(key, READER.readAll(row, 10), conditions);
    }

    private static RowWrites.Written put(HttpTable<?, ?> table, String key, String row) {
        return put(table, key, row, NONE);
    }

    private RowPages.Shown page(HttpTable<?, ?> table, String where, String order, int limit, String after) {
        RowPages.Asked asked = Paging.asked(
                where, order, Integer.toString(limit), after, rsql -> Problems.told(() -> Filter.parse(rsql, limits)));
        return new RowPages<>(table, limits).read(asked);
    }

    private static AbstractThrowableAssert<?, ?> problem(int status, Runnable doing) {
        return assertThatThrownBy(doing::run)
                .satisfies(thrown -> assertThat(Problems.of(thrown))
                        .as("%s", thrown)
                        .hasValueSatisfying(
                                problem -> assertThat(problem.status()).isEqualTo(status)));
    }

    // ---- one row ----

    @Test
    void put_makesAndReplaces_withTheEtagOfItsCommit() {
        HttpTable<?, ?> table = made("{}");
        RowWrites.Written first = put(table, "a", "{\"v\":1}");
        assertThat(first.created()).isTrue();
        assertThat(first.json()).isEqualTo("{\"id\":\"a\",\"v\":1}");
        RowWrites.Written second = put(table, "a", "{\"id\":\"a\",\"v\":1}");
        assertThat(second.created()).isFalse();
        assertThat(second.etag()).isNotNull().isNotEqualTo(first.etag());
        problem(422, () -> put(table, "a", "{\"id\":\"b\"}"));
        problem(422, () -> put(table, "a", "[]"));
        problem(422, () -> put(table, "a", "[{},{}]"));
    }

    @Test
    void ifMatch_isCompareAndSet() {
        HttpTable<?, ?> table = made("{}");
        String old = put(table, "a", "{\"v\":1}").etag();
        String present = put(table, "a", "{\"v\":2}").etag();
        problem(412, () -> put(table, "a", "{\"v\":3}", Preconditions.of(old, null)));
        problem(412, () -> put(table, "a", "{\"v\":3}", Preconditions.of("W/" + present, null)));
        problem(412, () -> put(table, "b", "{\"v\":3}", Preconditions.of("*", null)));
        problem(412, () -> put(table, "b", "{\"v\":3}", Preconditions.of(present, null)));
        problem(412, () -> put(table, "a", "{\"v\":3}", Preconditions.of(null, "*")));
        problem(412, () -> new RowWrites<>(table).delete("a", Preconditions.of(old, null)));
        problem(412, () -> new RowWrites<>(table).patch("a", MergePatch.of("{}", READER), Preconditions.of(old, null)));
        assertThat(page(table, null, null, 10, null).json()).isEqualTo("[{\"id\":\"a\",\"v\":2}]");
        put(table, "a", "{\"v\":3}", Preconditions.of(old + ", " + present, null));
        put(table, "b", "{\"v\":1}", Preconditions.of(null, "*"));
        assertThat(page(table, null, null, 10, null).json())
                .contains("{\"id\":\"a\",\"v\":3}", "{\"id\":\"b\",\"v\":1}");
    }

    @Test
    void manyWithOneEtag_oneWins() throws InterruptedException {
        HttpTable<?, ?> table = made("{}");
        String etag = put(table, "a", "{\"v\":0}").etag();
        AtomicInteger won = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> writers = IntStream.range(0, 6)
                .mapToObj(i -> new Thread(() -> {
                    try {
                        go.await();
                        put(table, "a", "{\"v\":" + i + "}", Preconditions.of(etag, null));
                        won.incrementAndGet();
                    } catch (Exception e) {
                        lost.addAndGet(Problems.of(e).orElseThrow().status() == 412 ? 1 : 100);
                    }
                }))
                .toList();
        writers.forEach(Thread::start);
        go.countDown();
        for (Thread each : writers) {
            each.join();
        }
        assertThat(won).hasValue(1);
        assertThat(lost).hasValue(5);
    }

    @Test
    void etagOfATableThatIsMadeAnew_isNotOneOfTheFormer() {
        String before = put(made("{}"), "a", "{}").etag();
        json.delete("t");
        assertThat(put(made("{}"), "a", "{}").etag()).isNotEqualTo(before);
    }

    @Test
    void patch_merges() {
        HttpTable<?, ?> table = made("{\"maxRows\":1}");
        put(table, "a", "{\"v\":1,\"w\":{\"x\":1}}");
        RowWrites.Written patched =
                new RowWrites<>(table).patch("a", MergePatch.of("{\"v\":null,\"w\":{\"y\":2}}", READER), NONE);
        assertThat(patched.json()).isEqualTo("{\"id\":\"a\",\"w\":{\"x\":1,\"y\":2}}");
        assertThat(patched.etag()).isNotNull();
        problem(404, () -> new RowWrites<>(table).patch("b", MergePatch.of("{}", READER), NONE));
        problem(422, () -> new RowWrites<>(table).patch("a", MergePatch.of("{\"id\":\"b\"}", READER), NONE));
        problem(
                422,
                () -> new RowWrites<>(table)
                        .patch("a", MergePatch.of("{\"big\":\"" + "x".repeat(65_600) + "\"}", READER), NONE));
        problem(507, () -> put(table, "b", "{}"));
    }

    @Test
    void delete_takes() {
        HttpTable<?, ?> table = made("{}");
        put(table, "a", "{\"v\":1}");
        assertThat(new RowWrites<>(table).take("a", NONE)).isEqualTo("{\"id\":\"a\",\"v\":1}");
        problem(404, () -> new RowWrites<>(table).delete("a", NONE));
    }

    @Test
    void insert_isAllOrNothing() {
        HttpTable<?, ?> table = made("{\"indexes\":[{\"field\":\"u\",\"unique\":true}]}");
        RowWrites<?, ?> writes = new RowWrites<>(table);
        assertThat(writes.insert(READER.readAll("[{\"id\":\"a\",\"u\":1},{\"id\":\"b\"}]", 9), false))
                .isEqualTo(2);
        problem(409, () -> writes.insert(READER.readAll("[{\"id\":\"c\"},{\"id\":\"d\",\"u\":1.0}]", 9), false));
        problem(412, () -> writes.insert(READER.readAll("[{\"id\":\"c\"},{\"id\":\"a\"}]", 9), true));
        problem(422, () -> writes.insert(READER.readAll("[{\"id\":\"c\"},{\"x\":1}]", 9), false));
        problem(422, () -> writes.insert(READER.readAll("[{\"id\":\"c\"},{\"id\":5}]", 9), false));
        assertThat(table.ref().size()).isEqualTo(2);
    }

    // ---- counters ----

    private static String count(HttpTable<?, ?> table, String step) {
        return new RowWrites<>(table)
                .count("a", Counting.of(document(step)), NONE)
                .json();
    }

    @Test
    void counter_countsAsInEts() {
        HttpTable<?, ?> table = made("{}");
        put(table, "a", "{\"n\":9223372036854775807,\"m\":1.0,\"s\":\"1\",\"f\":1.5}");
        assertThat(count(table, "{\"field\":\"n\"}")).isEqualTo("{\"value\":9223372036854775808}");
        assertThat(count(table, "{\"field\":\"n\",\"by\":-1}")).isEqualTo("{\"value\":9223372036854775807}");
        assertThat(count(table, "{\"field\":\"m\",\"by\":0}")).isEqualTo("{\"value\":1}");
        assertThat(count(table, "{\"field\":\"m\",\"by\":5,\"threshold\":5,\"reset\":2}"))
                .isEqualTo("{\"value\":2}");
        assertThat(count(table, "{\"field\":\"m\",\"by\":-3,\"threshold\":0,\"reset\":7}"))
                .isEqualTo("{\"value\":7}");
        assertThat(count(table, "{\"field\":\"m\",\"by\":3,\"threshold\":10,\"reset\":0}"))
                .isEqualTo("{\"value\":10}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"field\":5}",
                "{\"field\":\"none\"}",
                "{\"field\":\"s\"}",
                "{\"field\":\"f\"}",
                "{\"field\":\"n\",\"by\":1.5}",
                "{\"field\":\"n\",\"by\":\"1\"}",
                "{\"field\":\"n\",\"threshold\":1}",
                "{\"field\":\"n\",\"reset\":1}",
                "{\"field\":\"n\",\"by\":1e1000}",
                "{\"field\":\"n\",\"limit\":1}",
                "{\"field\":\"id\"}"
            })
    void stepThatMakesNoSense_isRefused(String step) {
        HttpTable<?, ?> table = made("{}");
        put(table, "a", "{\"n\":1,\"s\":\"1\",\"f\":1.5}");
        problem(422, () -> count(table, step));
    }

    // ---- bags ----

    @Test
    void bag_hasRowsOfAKeyTogether() {
        HttpTable<?, ?> table = made("{\"type\":\"bag\"}");
        assertThat(put(table, "a", "[{\"v\":1},{\"v\":1.0},{\"v\":2}]").json())
                .isEqualTo("[{\"id\":\"a\",\"v\":1},{\"id\":\"a\",\"v\":1.0},{\"id\":\"a\",\"v\":2}]");
        assertThat(table.ref().size()).as("equal rows are one in a bag").isEqualTo(2);
        assertThat(put(table, "a", "{\"v\":3}").created()).isFalse();
        assertThat(page(table, null, null, 10, null).json()).isEqualTo("[{\"id\":\"a\",\"v\":3}]");
        problem(422, () -> count(table, "{\"field\":\"v\"}"));
        problem(422, () -> new RowWrites<>(table).patch("a", MergePatch.of("{}", READER), NONE));
        assertThat(new RowWrites<>(table).take("a", NONE)).isEqualTo("[{\"id\":\"a\",\"v\":3}]");
    }

    // ---- pages ----

    @ParameterizedTest
    @CsvSource({"set,key", "ordered_set,key", "ordered_set,-key", "bag,key", "duplicate_bag,key"})
    void pages_haveEveryRowThatANaiveSearchFinds(String type, String order) {
        HttpTable<?, ?> table = made("{\"type\":\"" + type + "\",\"keyType\":\"integer\","
                + "\"indexes\":[{\"field\":\"c\"},{\"field\":\"a\"}]}");
        Random random = new Random(7);
        List<Document> rows = IntStream.range(0, 300)
                .mapToObj(i -> document("{\"id\":" + random.nextInt(400) + ",\"c\":\"" + "xyz".charAt(random.nextInt(3))
                        + "\",\"a\":" + random.nextInt(20) + (random.nextBoolean() ? ".0" : "") + ",\"n\":" + i + "}"))
                .toList();
        new RowWrites<>(table).insert(rows, false);
        List<String> filters = List.of(
                "c==x",
                "c=in=(x,y)",
                "a==7",
                "a=in=(1,2,3);c==z",
                "a=gt=5;c!=x",
                "id=gt=100;id=le=200",
                "id=lt=50,c==y",
                "id=in=(1,2,3,4,5,6,7,8,9,10)",
                "id=ge=390;a=lt=100",
                "c==nothing");
        List<Document> all = READER.readAll(page(table, null, "key", 1000, null).json(), 1000);
        for (String where : filters) {
            Filter filter = Filter.parse(where, limits);
            List<Document> expected = all.stream().filter(filter::test).toList();
            List<Document> found = allPages(table, where, order);
            if (type.equals("ordered_set")) {
                List<Document> sorted = new ArrayList<>(expected);
                if (order.equals("-key")) {
                    Collections.reverse(sorted);
                }
                assertThat(found).as(where).isEqualTo(sorted);
            } else {
                assertThat(found).as(where).containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TableType.class)
    void typedTable_isFilteredByKeyAndIndexes_asByANaiveSearch(TableType type) {
        TableSpec<Long, Line> spec = Line.declared(type);
        TableSpec<Long, Line> plain = Line.plain(type);
        Random random = new Random(11);
        List<Line> lines = IntStream.range(0, 400)
                .mapToObj(i -> Line.random(random.nextInt(450), random))
                .toList();
        try (TestTables own = TestTables.of(spec, plain)) {
            HttpTable<?, ?> indexed = filled(own, spec, lines);
            HttpTable<?, ?> searched = filled(own, plain, lines);
            int finding = 0;
            for (String where : Line.FILTERS) {
                List<Document> found = allPages(indexed, where, null);
                List<Document> expected = allPages(searched, where, null);
                assertThat(found).as(where).containsExactlyInAnyOrderElementsOf(expected);
                assertThat(ids(found)).as(where).isEqualTo(ids(expected));
                finding += found.isEmpty() ? 0 : 1;
            }
            assertThat(finding).as("filters that find something").isGreaterThan(15);
        }
    }

    private static List<Object> ids(List<Document> rows) {
        return rows.stream().map(row -> row.get("id")).toList();
    }

    private HttpTable<?, ?> filled(TestTables own, TableSpec<Long, Line> spec, List<Line> lines) {
        own.ref(spec).call(unit -> {
            unit.insertAll(lines);
            return true;
        });
        return new HttpTables(own, json, limits, name -> Optional.of(Long.class))
                .readable(spec.name(), People.user(null));
    }

    @Test
    void typedTable_isLookedUp_whereItSaysWhatItsKeyAndIndexesAre() {
        TableSpec<Long, Line> spec = Line.declared(TableType.ORDERED_SET);
        TableSpec<Long, Line> plain = Line.plain(TableType.ORDERED_SET);
        Random random = new Random(3);
        List<Line> lines = IntStream.range(0, 2 * SCANNED)
                .mapToObj(id -> Line.random(id, random).named("line " + id))
                .toList();
        try (TestTables own = TestTables.of(spec, plain)) {
            HttpTable<?, ?> indexed = filled(own, spec, lines);
            HttpTable<?, ?> searched = filled(own, plain, lines);
            for (String where : List.of("name=='line 900'", "id==900", "id=gt=899;id=le=900", "id=in=(900)")) {
                assertThat(page(indexed, where, null, 10, null).json()).contains("line 900");
                problem(422, () -> page(searched, where, null, 10, null)).isInstanceOf(ProblemException.class);
            }
        }
    }

    @Test
    void indexOfFewValues_looksAtNoMoreRowsThanFillThePage_andStaysInTheRange() {
        HttpTable<?, ?> table =
                made("{\"type\":\"ordered_set\",\"keyType\":\"integer\",\"indexes\":[{\"field\":\"c\"}]}");
        new RowWrites<>(table)
                .insert(
                        IntStream.range(0, 2 * SCANNED)
                                .mapToObj(i -> document("{\"id\":" + i + ",\"c\":true,\"d\":" + i + "}"))
                                .toList(),
                        false);
        RowPages.Shown first = page(table, "c==true;d=ge=5", null, 3, null);
        assertThat(READER.readAll(first.json(), 10))
                .extracting(row -> row.get("id"))
                .containsExactly(5L, 6L, 7L);
        assertThat(first.next()).isEqualTo("7");
        assertThat(READER.readAll(
                        page(table, "c==true;id=gt=990;id=le=993;d!=992", null, 10, null)
                                .json(),
                        10))
                .extracting(row -> row.get("id"))
                .containsExactly(991L, 993L);
        problem(422, () -> page(table, "c==true;d==" + (2 * SCANNED - 1), null, 1, null));
    }

    private List<Document> allPages(HttpTable<?, ?> table, String where, @Nullable String order) {
        List<Document> found = new ArrayList<>();
        String after = null;
        do {
            RowPages.Shown page = page(table, where, order, 7, after);
            found.addAll(READER.readAll(page.json(), 1000));
            after = page.next();
        } while (after != null);
        return found;
    }

    @Test
    void filterThatLooksAtTooManyRows_isRefused_unlessAKeyOrAnIndexHelps() {
        HttpTable<?, ?> table =
                made("{\"type\":\"ordered_set\",\"keyType\":\"integer\",\"indexes\":[{\"field\":\"c\"}]}");
        List<Document> rows = IntStream.rangeClosed(1, 2 * SCANNED)
                .mapToObj(i -> document("{\"id\":" + i + ",\"c\":" + i % 100 + ",\"d\":" + i + "}"))
                .toList();
        new RowWrites<>(table).insert(rows, false);
        problem(422, () -> page(table, "d==" + 2 * SCANNED, null, 10, null)).isInstanceOf(ProblemException.class);
        assertThat(page(table, "d=in=(3,4)", null, 1, null).json())
                .as("a full page stops the search")
                .contains("\"d\":3");
        assertThat(page(table, "c==5;d=gt=600", null, 10, null).json()).contains("\"d\":605");
        assertThat(page(table, "id=gt=990;d!=995", null, 100, null).json()).doesNotContain("995");
        problem(
                422,
                () -> page(
                        made("{\"type\":\"ordered_set\",\"keyType\":\"integer\",\"indexes\":[{\"field\":\"c\"}]}"),
                        "c=ge=0;d==x",
                        null,
                        10,
                        null));
    }

    @Test
    void descendingOrder_isForOrderedSets() {
        problem(422, () -> page(made("{}"), null, "-key", 10, null));
    }

    @ParameterizedTest
    @CsvSource({"limit,0", "limit,1001", "limit,x", "limit,99999999999", "order,name", "order,''"})
    void parameterThatIsWrong_isNamed(String parameter, String value) {
        problem(
                400,
                () -> Paging.asked(
                        null,
                        parameter.equals("order") ? value : null,
                        parameter.equals("limit") ? value : null,
                        null,
                        rsql -> null));
    }

    @Test
    void link_isEncoded() {
        assertThat(Paging.link(
                        URI.create("http://h/heirloom/api/tables/t/rows?x"), "a==\"b c\"", null, "5", "é>;\r\n&+%"))
                .isEqualTo("</heirloom/api/tables/t/rows?where=a%3D%3D%22b%20c%22&limit=5"
                        + "&after=%C3%A9%3E%3B%0D%0A%26%2B%25>; rel=\"next\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "\"a", "\"a\" \"b\"", "\"a\",,\"b\"", "\"a\"x", "W/x", "\"a b\"", "*,\"a\""})
    void etagsThatAreNone_areRefused(String header) {
        problem(400, () -> Preconditions.of(header, null));
        problem(400, () -> Preconditions.of(null, header));
    }

    // ---- tables of the application ----

    @Test
    void typedTable_isReadByItsFields_andWrittenIfItSaysSo() {
        HttpTable<?, ?> open = http.writable("open", People.user(null));
        put(open, "a", "{\"id\":\"a\",\"amount\":3,\"price\":1.50}");
        assertThat(tables.ref(OPEN).find("a")).contains(new Item("a", 3, new BigDecimal("1.50")));
        assertThat(page(open, "amount=ge=3;price==1.5", null, 10, null).json()).contains("\"amount\":3");
        assertThat(page(open, "amount=ge=4", null, 10, null).json()).isEqualTo("[]");
        new RowWrites<>(open).patch("a", MergePatch.of("{\"amount\":4}", READER), NONE);
        assertThat(new RowWrites<>(open)
                        .count("a", Counting.of(document("{\"field\":\"amount\",\"by\":2}")), NONE)
                        .json())
                .isEqualTo("{\"value\":6}");
        problem(422, () -> put(open, "a", "{\"id\":\"b\",\"amount\":3,\"price\":1}"));
        problem(422, () -> put(open, "a", "{\"id\":\"a\",\"amount\":\"x\",\"price\":1}"));
        problem(422, () -> put(open, "a", "{\"amount\":1}"));
        problem(422, () -> count(open, "{\"field\":\"amount\",\"by\":9999999999}"));
        problem(403, () -> http.writable("shut", People.user(null)));
        http.readable("shut", People.user(null));
    }

    @Test
    void keysOfATypeThatIsNotKnown_areNamed_onceThereIsARow() {
        HttpTable<?, ?> empty = http.readable("numbered", People.user(null));
        problem(422, () -> empty.json().key("x"));
        UUID id = UUID.randomUUID();
        tables.ref(NUMBERED).call(unit -> unit.insert(new Numbered(id, "t")));
        HttpTable<?, ?> table = http.readable("numbered", People.user(null));
        assertThat(table.json().key(id.toString())).isEqualTo(id);
        problem(422, () -> table.json().key("no uuid"));
    }

    @Test
    void rowsThatCannotBeShown_sayWhy() {
        problem(422, () -> http.readable("odd", People.user(null))).isInstanceOf(ProblemException.class);
    }

    @Test
    void privateAndMissingTables_areNotShown() {
        problem(403, () -> http.readable("own", People.user(null)));
        problem(404, () -> http.readable("nothing", People.user(null)));
        problem(404, () -> http.writable("nothing", People.user(null)));
        json.put("mine", "{\"access\":\"private\"}");
        problem(403, () -> http.readable("mine", People.user(null)));
    }

    // ---- who may ----

    @ParameterizedTest
    @CsvSource({
        "ann,  '',      true,  false",
        "bob,  '',      false, true",
        "carl, team,    true,  false",
        "carl, reader,  false, false",
        ",     '',      true,  true"
    })
    void lists_admitUsersAndRoles(String user, String role, boolean reads, boolean writes) {
        json.put("t", "{\"readers\":[\"ann\",\"team\"],\"writers\":[\"bob\"]}");
        var who = People.user(user, role);
        if (reads) {
            http.readable("t", who);
        } else {
            problem(403, () -> http.readable("t", who));
        }
        if (writes) {
            http.writable("t", who);
        } else {
            problem(403, () -> http.writable("t", who));
        }
    }

    @Test
    void emptyList_admitsNobody_noListEverybody() {
        json.put("t", "{\"readers\":[]}");
        problem(403, () -> http.readable("t", People.user("ann", Roles.OPERATOR)));
        http.writable("t", People.user("ann"));
    }
}
