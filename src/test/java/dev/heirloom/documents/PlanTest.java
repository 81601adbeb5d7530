package dev.heirloom.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.TableSpec;
import dev.heirloom.table.IndexSpec;
import java.util.Comparator;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the rows of a filter are looked for. */
class PlanTest {
    private static final JsonLimits LIMITS = new JsonLimits();

    private static JsonTable table(String definition) {
        Document document = DocumentReader.unlimited().read(definition);
        return new JsonTable(new StoredTable("t", "1", DefinitionReader.read(document, LIMITS)), LIMITS);
    }

    private static final String INDEXES =
            "\"indexes\":[{\"field\":\"city\"},{\"name\":\"u\",\"field\":\"mail\",\"unique\":true}]";
    private static final JsonTable ORDERED = table("{\"type\":\"ordered_set\"," + INDEXES + "}");
    private static final JsonTable UNORDERED = table("{" + INDEXES + "}");
    private static final JsonTable NUMBERED = table("{\"type\":\"ordered_set\",\"key\":\"n\",\"keyType\":\"integer\"}");

    enum Colour {
        RED,
        GREEN
    }

    record Car(String plate, Colour colour, int doors, Long owner, boolean sold, UUID chassis, double weight) {}

    private static final Planner TYPED = Planner.of(TableSpec.orderedSet("cars", Car.class, Car::plate)
            .keyField("plate")
            .index(IndexSpec.<Colour, Car>index("byColour", Car::colour).ofField("colour"))
            .index(IndexSpec.<Integer, Car>index("byDoors", Car::doors).ofField("doors"))
            .index(IndexSpec.<Long, Car>index("byOwner", Car::owner).ofField("owner"))
            .index(IndexSpec.<Boolean, Car>index("bySold", Car::sold).ofField("sold"))
            .index(IndexSpec.<UUID, Car>uniqueIndex("byChassis", Car::chassis).ofField("chassis"))
            .index(IndexSpec.<Double, Car>index("byWeight", Car::weight).ofField("weight"))
            .schema());

    private static final Planner UNDECLARED = Planner.of(TableSpec.orderedSet("cars", Car.class, Car::plate)
            .index(IndexSpec.<Colour, Car>index("colour", Car::colour))
            .schema());

    private static final Planner BACKWARDS =
            Planner.of(TableSpec.orderedSet("cars", Car.class, Car::plate, Comparator.<String>reverseOrder())
                    .keyField("plate")
                    .schema());

    /** A million rows; so many under each key of an index. */
    private static Plan.Sizes sizes(long keys) {
        return new Plan.Sizes() {
            @Override
            public long rows() {
                return 1_000_000;
            }

            @Override
            public long keys(IndexSpec<?, ?> index, Object key) {
                return index.unique() ? 1 : keys;
            }
        };
    }

    private static String plan(String rsql, JsonTable table) {
        return plan(rsql, table.planner());
    }

    private static String plan(String rsql, Planner planner) {
        return plan(rsql, planner, 10);
    }

    private static String plan(String rsql, Planner planner, long keys) {
        return words(planner.plan(Filter.parse(rsql, LIMITS), sizes(keys)));
    }

    private static String words(Plan plan) {
        if (plan instanceof Plan.Lookup lookup) {
            String range = words(lookup.range());
            return lookup.index().name() + lookup.keys() + (range.equals("..") ? "" : range);
        }
        if (plan instanceof Plan.Keys keys) {
            return "keys" + keys.keys();
        }
        if (plan instanceof Plan.Range range) {
            return end(range.low(), "[", "(") + ".." + end(range.high(), "]", ")");
        }
        return "scan";
    }

    private static String end(Plan.Bound bound, String included, String excluded) {
        return bound == null ? "" : bound.key() + (bound.included() ? included : excluded);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id==a|keys[a]",
                "city==Rome;id=in=(a,b)|keys[a, b]",
                "city==Rome|city[Rome]",
                "city==Rome;mail==m|u[m]",
                "city==Rome;id=gt=a;id=le=f|city[Rome]a(..f]",
                "city=in=(Rome,Oslo);x==1|city[Rome, Oslo]",
                "city==5|city[5, 5]",
                "city==true|city[true, true]",
                "id=gt=a;id=le=f|a(..f]",
                "id=ge=a;id=gt=b|b(..",
                "id=lt=f;id=lt=c;x==1|..c)",
                "id==a*|scan",
                "city==R*|scan",
                "city!=Rome|scan",
                "city==Rome,id==a|scan",
                "x==1|scan",
                "(city==Rome;x==1);y==2|city[Rome]"
            })
    void filterOverOrderedSet(String rsql, String plan) {
        assertThat(plan(rsql, ORDERED)).isEqualTo(plan);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id=gt=a", "id=lt=a"})
    void rangeOverTableWithoutOrder_isScan(String rsql) {
        assertThat(plan(rsql, UNORDERED)).isEqualTo("scan");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n==5|keys[5]",
                "n==5.0|keys[5]",
                "n==a|keys[]",
                "n==5.5|keys[]",
                "n=gt=5|5(..",
                "n=gt=5.5|scan",
                "n=gt=1e30|scan",
                "n=gt=a|scan"
            })
    void filterOverNumbers(String rsql, String plan) {
        assertThat(plan(rsql, NUMBERED)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plate==B1|keys[B1]",
                "plate=in=(B2,B1,B2)|keys[B1, B2]",
                "plate=gt=A;plate=le=B|A(..B]",
                "plate==B*|scan",
                "colour==RED|byColour[RED]",
                "colour==red|byColour[]",
                "colour==5|byColour[]",
                "doors==5.0|byDoors[5]",
                "doors==4294967301|byDoors[]",
                "doors==five|byDoors[]",
                "owner==4294967301|byOwner[4294967301]",
                "owner==1.5|byOwner[]",
                "sold==true|bySold[true]",
                "sold==yes|bySold[]",
                "chassis==0000002A-0-0-0-1;colour==RED|byChassis[0000002a-0000-0000-0000-000000000001]",
                "chassis==?|byChassis[]",
                "weight==1.5|scan",
                "weight==1.5;sold==false|bySold[false]",
                "other==1|scan"
            })
    void filterOverRecords(String rsql, String plan) {
        assertThat(plan(rsql, TYPED)).isEqualTo(plan);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plate==B1", "plate=gt=A", "colour==RED"})
    void filterOverRecords_isScan_whereNothingSaysOfWhichFieldKeysAre(String rsql) {
        assertThat(plan(rsql, UNDECLARED)).isEqualTo("scan");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sold==true|250000|bySold[true]",
                "sold==true|250001|scan",
                "sold==true;colour==RED|250001|scan",
                "sold==true;plate=gt=A|250001|A(..",
                "sold==true;plate==A|250001|keys[A]",
                "sold==true;chassis==0-0-0-0-1|250001|byChassis[00000000-0000-0000-0000-000000000001]",
                "colour=in=(RED,GREEN)|150000|scan"
            })
    void indexThatLeavesMostRows_isNotUsed(String rsql, long keys, String plan) {
        assertThat(plan(rsql, TYPED, keys)).isEqualTo(plan);
    }

    @Test
    void fewRows_areLookedUp_howeverSmallTheTableIs() {
        Plan.Sizes small = new Plan.Sizes() {
            @Override
            public long rows() {
                return 2;
            }

            @Override
            public long keys(IndexSpec<?, ?> index, Object key) {
                return 2;
            }
        };
        assertThat(words(TYPED.plan(Filter.parse("sold==true", LIMITS), small))).isEqualTo("bySold[true]");
    }

    @Test
    void operandThatTheOrderCannotCompare_isScan() {
        Planner numbered =
                Planner.of(TableSpec.orderedSet("cars", Car.class, Car::plate, Comparator.comparing(Integer::valueOf))
                        .keyField("plate")
                        .schema());
        assertThat(plan("plate==17", numbered)).isEqualTo("keys[17]");
        assertThat(plan("plate==seventeen", numbered)).isEqualTo("scan");
    }

    @Test
    void rangeInAnotherOrder_isScan() {
        assertThat(plan("plate=gt=A", BACKWARDS)).isEqualTo("scan");
        assertThat(plan("plate==A", BACKWARDS)).isEqualTo("keys[A]");
    }

    @Test
    void fieldThatRowsDoNotHave_isRefused() {
        TableSpec<String, Car> cars = TableSpec.set("cars", Car.class, Car::plate);
        assertThatThrownBy(() -> cars.keyField("number"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keyField")
                .hasMessageContaining("number");
        assertThatThrownBy(() -> cars.index(
                        IndexSpec.<Colour, Car>index("byColour", Car::colour).ofField("color")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("byColour")
                .hasMessageContaining("color");
        assertThatThrownBy(
                        () -> TableSpec.set("names", String.class, name -> name).keyField("name"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no record");
    }

    @Test
    void indexOfEqualNumbers_hasOneKey() {
        JsonRow one = new JsonRow("a", DocumentReader.unlimited().read("{\"v\":5}"));
        JsonRow same = new JsonRow("b", DocumentReader.unlimited().read("{\"v\":5.00}"));
        Selector selector = new Selector("v");
        assertThat(selector.apply(one)).isEqualTo(selector.apply(same)).isIn(new Operand("5.0").values());
    }

    @Test
    void whatIsNoSimpleValue_isInNoIndex() {
        JsonRow row = new JsonRow("a", DocumentReader.unlimited().read("{\"l\":[1],\"o\":{},\"n\":null}"));
        assertThat(new Selector("l").apply(row)).isNull();
        assertThat(new Selector("o").apply(row)).isNull();
        assertThat(new Selector("n").apply(row)).isNull();
        assertThat(new Selector("x").apply(row)).isNull();
    }
}
