package dev.heirloom.ets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Terms are what Erlang has: its two equalities, its order, and patterns. */
class TermTest {
    private static Term term(String text) {
        return TermReader.read(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "i0",
                "i-100000000000000000000",
                "f3ff0000000000000",
                "f0000000000000001",
                "s",
                "sTEXT",
                "atrue",
                "{}",
                "[]",
                "{i1,[sa,{}],f3ff0000000000000}",
                "[_,$1,{$2}]"
            })
    void text_isReadAndWrittenAlike(String text) {
        assertThat(term(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x1", "i1}", "{i1", "{i1,", "i"})
    void textThatIsNoTerm_isRefused(String text) {
        assertThatThrownBy(() -> term(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void order_isThatOfErlang() {
        List<Term> ordered = List.of(
                term("i-1"),
                term("f3fe0000000000000"), // 0.5
                term("i1"),
                term("i9007199254740992"), // 2^53
                term("i9007199254740993"),
                term("f4340000000000001"), // 2^53 + 2
                term("i100000000000000000000"),
                term("aa"),
                term("ab"),
                term("{}"),
                term("{i9}"),
                term("{i1,i1}"),
                term("[]"),
                term("[i1]"),
                term("[i1,i2]"),
                term("[i2]"),
                term("s"),
                term("sB"),
                term("sa"),
                term("saa"));
        for (int i = 0; i < ordered.size(); i++) {
            for (int j = 0; j < ordered.size(); j++) {
                assertThat(Integer.signum(Term.ORDER.compare(ordered.get(i), ordered.get(j))))
                        .as("%s and %s", ordered.get(i), ordered.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "i1 f3ff0000000000000",
                "{i1} {f3ff0000000000000}",
                "[i2,sa] [f4000000000000000,sa]",
                "i9007199254740992 f4340000000000000"
            })
    void integerAndFloatOfOneValue_compareAsSame_butAreNotEqual(String one, String other) {
        assertThat(Term.ORDER.compare(term(one), term(other))).isZero();
        assertThat(term(one)).isNotEqualTo(term(other));
    }

    @Test
    void zeros_areEqual() {
        Term negative = term("f8000000000000000");
        assertThat(negative).isEqualTo(term("f0000000000000000")).hasSameHashCodeAs(term("f0000000000000000"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "{i1,_} {i1,sa} true",
                "{i1,_} {f3ff0000000000000,sa} false",
                "{$1,$1} {sa,sa} true",
                "{$1,$1} {i1,f3ff0000000000000} false",
                "{$1,$2} {i1,i2,i3} false",
                "{[$1],$1} {[i1],i1} true",
                "_ {} true"
            })
    void pattern_matchesByEquality(String pattern, String term, boolean matches) {
        assertThat(Pattern.read(pattern).matches(term(term))).isEqualTo(matches);
    }

    @Test
    void pattern_saysWhatItsVariablesStandFor() {
        assertThat(Pattern.read("{$2,$1,_}").match(term("{i1,i2,i3}")).orElseThrow())
                .containsExactly(entry("$1", term("i2")), entry("$2", term("i1")));
    }
}
