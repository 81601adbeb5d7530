package dev.heirloom.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from JSON, and what is refused. */
class DocumentReaderTest {
    private static final DocumentLimits LIMITS = new DocumentLimits(200, 4, 12, 10);

    private final DocumentReader reader = new DocumentReader(LIMITS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{}}",
                "{} {}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":'b'}",
                "[{}",
                "{\"a\":1,\"a\":2}",
                "{\"b\":{\"a\":1,\"a\":1}}",
                "nul"
            })
    void whatIsNotJson_isMalformed(String json) {
        assertThatThrownBy(() -> reader.readAll(json, 10))
                .isInstanceOfSatisfying(
                        DocumentException.class, e -> assertThat(e.kind()).isEqualTo(DocumentException.Kind.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{}]",
                "1",
                "\"a\"",
                "null",
                "{\"a\":1e999999999}",
                "{\"a\":-1E-999999999}",
                "{\"a\":1e1001}",
                "{\"a\":1e99999999999999999999}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00x\"}",
                "{\"\\ud800\":1}"
            })
    void whatMakesNoSense_isInvalid(String json) {
        assertThatThrownBy(() -> reader.read(json))
                .isInstanceOfSatisfying(
                        DocumentException.class, e -> assertThat(e.kind()).isEqualTo(DocumentException.Kind.INVALID));
    }

    @Test
    void numberWithTooManyDigits_isInvalid() {
        String digits = "9".repeat(401);
        assertThatThrownBy(() -> DocumentReader.unlimited().read("{\"a\":" + digits + "}"))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("digits");
    }

    @Test
    void everyLimit_isNamedWithItsValue() {
        assertThatThrownBy(() -> reader.read("{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}"))
                .hasMessageContaining("nested")
                .hasMessageContaining("4 (setting heirloom.json.max-depth)");
        assertThatThrownBy(() -> reader.read("{\"a\":[[[[1]]]]}")).hasMessageContaining("max-depth");
        assertThatThrownBy(() -> reader.read("{\"a\":[1,2,3,4,5,6,7,8,9,10,11,12]}"))
                .hasMessageContaining("12 (setting heirloom.json.max-fields)");
        assertThatThrownBy(() -> reader.read("{\"a\":\"" + "x".repeat(200) + "\"}"))
                .hasMessageContaining("200 (setting heirloom.json.max-row-size)");
        assertThatThrownBy(() -> reader.readAll("[{},{},{}]", 2))
                .hasMessageContaining("2 (setting heirloom.json.max-rows-per-post)");
    }

    @Test
    void nestingBeyondAnyStack_isRefused() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThatThrownBy(() -> DocumentReader.unlimited().read(deep)).isInstanceOf(DocumentException.class);
    }

    @Test
    void limits_areForEachRow() {
        String row = "{\"a\":\"" + "x".repeat(150) + "\"}";
        assertThat(reader.readAll("[" + row + "," + row + "," + row + "]", 3)).hasSize(3);
    }

    @Test
    void values_areExact() {
        Document read =
                reader.read("{\"a\":1,\"b\":-9223372036854775808,\"c\":0.1,\"d\":1.50,\"e\":12345678901234567890,"
                        + "\"f\":[true,null,\"x\"],\"g\":{\"h\":1e3}}");
        assertThat(read.get("a")).isEqualTo(1L);
        assertThat(read.get("b")).isEqualTo(Long.MIN_VALUE);
        assertThat(read.get("c")).isEqualTo(new BigDecimal("0.1"));
        assertThat(read.get("d")).isEqualTo(new BigDecimal("1.50"));
        assertThat(read.get("e")).isEqualTo(new BigDecimal("12345678901234567890"));
        assertThat(read.get("f")).isEqualTo(List.of(true, JsonNull.NULL, "x"));
        assertThat(read.get("none")).isNull();
        assertThat(reader.read(read.toString())).isEqualTo(read).hasToString(read.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"b\":2}|{\"b\":2,\"a\":1}",
                "{\"a\":1.0}|{\"a\":1}",
                "{\"a\":1e2}|{\"a\":100.00}",
                "{\"a\":[1.0,{\"x\":0}]}|{\"a\":[1,{\"x\":-0}]}",
                "{\"a\":\"\\u0041\"}|{\"a\":\"A\"}"
            })
    void documentsWithEqualValues_areEqual(String one, String other) {
        assertThat(reader.read(one)).isEqualTo(reader.read(other)).hasSameHashCodeAs(reader.read(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1}|{\"a\":2}",
                "{\"a\":1}|{\"b\":1}",
                "{\"a\":1}|{\"a\":1,\"b\":1}",
                "{\"a\":1}|{\"a\":\"1\"}",
                "{\"a\":null}|{}",
                "{\"a\":[1,2]}|{\"a\":[2,1]}",
                "{\"a\":[1]}|{\"a\":[1,1]}"
            })
    void documentsWithOtherValues_areNotEqual(String one, String other) {
        assertThat(reader.read(one)).isNotEqualTo(reader.read(other));
    }

    @Test
    void namesOfEqualShape_areKeptOnce() {
        assertThat(reader.read("{\"a\":1,\"b\":2}").names())
                .isSameAs(reader.read("{\"a\":3,\"b\":4}").names());
    }

    @Test
    void manyMembers_areFound() {
        StringBuilder json = new StringBuilder("{\"m0\":0");
        for (int i = 1; i < 300; i++) {
            json.append(",\"m").append(i).append("\":").append(i);
        }
        Document read = DocumentReader.unlimited().read(json + "}");
        assertThat(read.get("m299")).isEqualTo(299L);
        assertThat(read.get("m300")).isNull();
        assertThatThrownBy(() -> DocumentReader.unlimited().read(json + ",\"m250\":1}"))
                .hasMessageContaining("m250");
    }

    @Test
    void mergePatch_removesAndReplaces() {
        Document before = reader.read("{\"id\":\"a\",\"n\":1,\"o\":{\"x\":1,\"y\":2}}");
        MergePatch patch = MergePatch.of("{\"n\":null,\"o\":{\"x\":2.50},\"p\":[1]}", reader);
        assertThat(patch.apply(before, reader))
                .isEqualTo(reader.read("{\"id\":\"a\",\"o\":{\"x\":2.50,\"y\":2},\"p\":[1]}"));
        assertThatThrownBy(() -> MergePatch.of("[1]", reader)).isInstanceOf(DocumentException.class);
    }
}
