package dev.heirloom.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What filters choose, and which are refused. */
class FilterTest {
    private static final JsonLimits LIMITS = new JsonLimits();
    private static final Document ROW =
            document("{\"id\":\"k1\",\"name\":\"Smith\",\"age\":30,\"price\":1.50,\"ok\":true,"
                    + "\"none\":null,\"tags\":[\"a\"],\"number\":\"30\",\"address\":{\"city\":\"New York\",\"zip\":10001},"
                    + "\"a.b\":7,\"star\":\"a*b\"}");

    private static Document document(String json) {
        return DocumentReader.unlimited().read(json);
    }

    private static boolean test(String rsql) {
        return Filter.parse(rsql, LIMITS).test(ROW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name==Smith",
                "name=='Smith'",
                "name==Sm*",
                "name==*th",
                "name==*mi*",
                "name==S*t*",
                "name==*",
                "name!=Jones",
                "name=gt=Smi",
                "name=lt=T",
                "age==30",
                "age==30.0",
                "age==3e1",
                "age=gt=29.5",
                "age>29",
                "age=ge=30;age=le=30",
                "price==1.5",
                "ok==true",
                "ok!=false",
                "number==30",
                "number!=30.0",
                "none=null=true",
                "missing=null=true",
                "name=null=false",
                "age=in=(1,30)",
                "age=out=(1,31)",
                "missing!=x",
                "missing=out=(x)",
                "address.city=='New York'",
                "address.zip=gt=10000",
                "address.street=null=true",
                "a.b==7",
                "name==Jones,age==30",
                "(name==Jones,age==30);ok==true",
                "star==a*b"
            })
    void chosen(String rsql) {
        assertThat(test(rsql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name==smith",
                "name==Smit",
                "name==S*x*h",
                "name==Smith*Smith",
                "age==31",
                "age=gt=30",
                "age=lt=abc",
                "age==abc",
                "name=gt=5;name=lt=6",
                "ok==1",
                "ok==TRUE",
                "tags==a",
                "tags=in=(a)",
                "address==x",
                "missing==x",
                "missing=gt=0",
                "none==null",
                "none=null=false",
                "name==Jones;age==30",
                "address.city.x==1"
            })
    void notChosen(String rsql) {
        assertThat(test(rsql)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name|RSQL",
                "name==|RSQL",
                "name=like=x|operator",
                "==x|RSQL",
                "(name==x|RSQL",
                "name==x)|RSQL",
                "name==x;|RSQL",
                "name=gt=(1,2)|RSQL",
                "none=null=maybe|true or false",
                "name=='x|RSQL",
                "name==x y|RSQL"
            })
    void whatIsNoFilter_isMalformed(String rsql, String named) {
        assertThatThrownBy(() -> Filter.parse(rsql, LIMITS))
                .isInstanceOfSatisfying(
                        DocumentException.class, e -> assertThat(e.kind()).isEqualTo(DocumentException.Kind.MALFORMED))
                .hasMessageContaining(named);
    }

    @Test
    void controlCharacter_isMalformed() {
        assertThatThrownBy(() -> Filter.parse("\0", LIMITS)).isInstanceOf(DocumentException.class);
        assertThat(test("name=='\0'")).isFalse();
    }

    @Test
    void bombs_areRefused() {
        assertThatThrownBy(() -> Filter.parse("(".repeat(990) + "a==1" + ")".repeat(990), LIMITS))
                .hasMessageContaining("nested");
        assertThatThrownBy(() -> Filter.parse("a==" + "x".repeat(2_000), LIMITS))
                .hasMessageContaining("max-filter-length");
        assertThatThrownBy(() -> Filter.parse("a==1" + ",a==1".repeat(50), LIMITS))
                .hasMessageContaining("max-filter-nodes");
        assertThatThrownBy(() -> Filter.parse("a=in=(1" + ",1".repeat(50) + ")", LIMITS))
                .hasMessageContaining("max-filter-nodes");
        assertThat(test("name==" + "*".repeat(500))).isTrue();
        assertThat(test("age==1e999999999")).isFalse();
        assertThat(test("age=lt=" + "9".repeat(1_000))).isFalse();
    }

    @Test
    void parenthesesInQuotes_countForNothing() {
        assertThat(test("name=='" + "(".repeat(100) + "'")).isFalse();
    }

    /** Random patterns against regular expressions. */
    @RepeatedTest(20)
    void patterns_meanWhatRegularExpressionsDo(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 200; i++) {
            String text = word(random, "ab", 8);
            String pattern = word(random, "ab*", 6) + "*";
            String regex = pattern.chars()
                    .mapToObj(each -> each == '*' ? ".*" : Pattern.quote(Character.toString(each)))
                    .reduce("", String::concat);
            assertThat(new Operand(pattern).matches(text))
                    .as("%s like %s", text, pattern)
                    .isEqualTo(text.matches(regex));
        }
    }

    private static String word(Random random, String letters, int most) {
        StringBuilder word = new StringBuilder();
        int length = random.nextInt(most + 1);
        for (int i = 0; i < length; i++) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }
}
