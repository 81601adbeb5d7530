package dev.heirloom.documents;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static String plan(String rsql, JsonTable table) {
        Plan plan = Plan.of(Filter.parse(rsql, LIMITS), table);
        if (plan instanceof Plan.Lookup lookup) {
            return lookup.index().name() + lookup.keys();
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
