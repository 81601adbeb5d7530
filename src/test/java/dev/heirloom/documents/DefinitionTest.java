package dev.heirloom.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be said of a table. */
class DefinitionTest {
    private static final JsonLimits LIMITS = new JsonLimits();

    private static Definition read(String json) {
        return DefinitionReader.read(DocumentReader.unlimited().read(json), LIMITS);
    }

    @Test
    void nothingSaid_isAsUsual() {
        assertThat(DefinitionWriter.write(read("{}")))
                .hasToString("{\"type\":\"set\",\"access\":\"protected\",\"key\":\"id\",\"keyType\":\"string\","
                        + "\"indexes\":[],\"expireAfterWrite\":null,\"maxRows\":null,\"changeBuffer\":0,"
                        + "\"durability\":\"none\",\"readers\":null,\"writers\":null}");
    }

    @Test
    void everythingSaid_comesBack() {
        String all = "{\"type\":\"duplicate_bag\",\"access\":\"public\",\"key\":\"n\",\"keyType\":\"integer\","
                + "\"indexes\":[{\"name\":\"i\",\"field\":\"a.b\",\"unique\":true}],\"expireAfterWrite\":\"PT10M\","
                + "\"maxRows\":5,\"changeBuffer\":7,\"durability\":\"every_second\",\"readers\":[\"ann\",\"ops\"],"
                + "\"writers\":[]}";
        assertThat(DefinitionWriter.write(read(all))).hasToString(all);
        assertThat(read(DefinitionWriter.write(read(all)).toString())).isEqualTo(read(all));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"typ\":\"set\"}|typ",
                "{\"type\":\"SET\"}|type",
                "{\"type\":1}|type",
                "{\"access\":\"open\"}|access",
                "{\"key\":\"\"}|key",
                "{\"key\":5}|key",
                "{\"keyType\":\"uuid\"}|keyType",
                "{\"maxRows\":0}|maxRows",
                "{\"maxRows\":1.5}|maxRows",
                "{\"maxRows\":\"9\"}|maxRows",
                "{\"changeBuffer\":-1}|changeBuffer",
                "{\"changeBuffer\":1000001}|changeBuffer",
                "{\"expireAfterWrite\":\"10m\"}|expireAfterWrite",
                "{\"expireAfterWrite\":\"PT0S\"}|expireAfterWrite",
                "{\"expireAfterWrite\":\"-PT1S\"}|expireAfterWrite",
                "{\"expireAfterWrite\":\"PT9999999999H\"}|expireAfterWrite",
                "{\"expireAfterWrite\":\"PT99999999999999999999H\"}|expireAfterWrite",
                "{\"durability\":\"sometimes\"}|durability",
                "{\"readers\":\"ann\"}|readers",
                "{\"writers\":[1]}|writers",
                "{\"indexes\":{}}|indexes",
                "{\"indexes\":[1]}|indexes",
                "{\"indexes\":[{}]}|field",
                "{\"indexes\":[{\"field\":\"a\",\"unique\":\"yes\"}]}|unique",
                "{\"indexes\":[{\"field\":\"a\",\"sort\":1}]}|sort",
                "{\"indexes\":[{\"field\":\"a\"},{\"field\":\"a\"}]}|two indexes",
                "{\"indexes\":[1,2,3,4,5,6,7,8,9]}|max-indexes"
            })
    void whatIsWrong_isNamed(String json, String named) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource({"'',empty", ".,URL", "..,URL", "a\u0000b,control", "'a\nb',control"})
    void textThatIsNoKey_isRefused(String text, String named) {
        assertThatThrownBy(() -> KeyType.STRING.ofText(text, 10)).hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource({"a", "1.5", "9223372036854775808", "1e400", "''", "0x1"})
    void textThatIsNoInteger_isRefused(String text) {
        assertThatThrownBy(() -> KeyType.INTEGER.ofText(text, 10)).hasMessageContaining("64 bits");
    }

    @Test
    void keys_areRead() {
        assertThat(KeyType.INTEGER.ofText("-9223372036854775808", 1)).isEqualTo(Long.MIN_VALUE);
        assertThat(KeyType.STRING.ofText("a/b c;d?é", 10)).isEqualTo("a/b c;d?é");
        assertThatThrownBy(() -> KeyType.STRING.ofText("x".repeat(11), 10)).hasMessageContaining("max-key-length");
    }
}
