package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.table.Counter.Counted;
import dev.heirloom.table.Counter.Step;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields and counters of rows, and the steps of counters; the rules of limits are those of ETS. */
class CounterTest {
    record Page(String url, long visits, BigInteger bytes) {
        Page withVisits(long count) {
            return new Page(url, count, bytes);
        }

        Page withBytes(BigInteger count) {
            return new Page(url, visits, count);
        }
    }

    private static final Counter<Page, Long> VISITS = Counter.ofLong(Page::visits, Page::withVisits);
    private static final Counter<Page, BigInteger> BYTES = Counter.ofBigInteger(Page::bytes, Page::withBytes);

    private static Page page(long count) {
        return new Page("/", count, BigInteger.valueOf(count));
    }

    @Test
    void field_readsAndWrites() {
        Field<Page, String> url = Field.of(Page::url, (page, it) -> new Page(it, page.visits(), page.bytes()));
        Page page = page(1);
        assertThat(url.read(page)).isEqualTo("/");
        assertThat(url.write(page, "/more").url()).isEqualTo("/more");
        assertThat(page.url()).isEqualTo("/");
    }

    @Test
    void field_thatGivesNoRow_isAnError() {
        Field<Page, String> url = Field.of(Page::url, (page, it) -> null);
        assertThatThrownBy(() -> url.write(page(1), "/more"))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("with");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "5, 0, 5", "5, -7, -2", "9223372036854775806, 1, 9223372036854775807"})
    void step_addsItsIncrement(long before, long increment, long after) {
        assertThat(VISITS.add(increment).apply(page(before)).visits()).isEqualTo(after);
        assertThat(VISITS.add(increment).value(page(before))).isEqualTo(after);
        assertThat(BYTES.add(increment).apply(page(before)).bytes()).isEqualTo(BigInteger.valueOf(after));
        assertThat(VISITS.value(page(before))).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        // before, increment, threshold, reset, after
        "8, 1, 10, 0, 9",
        "9, 1, 10, 0, 10",
        "10, 1, 10, 0, 0",
        "11, 1, 10, 0, 0",
        "10, 5, 10, 99, 99",
        "10, 0, 10, 0, 10",
        "11, 0, 10, 3, 3",
        "9, 0, 10, 3, 9",
        "-12, 1, -10, 7, -11",
        "-10, 1, -10, 7, 7",
        "2, -1, 0, 5, 1",
        "1, -1, 0, 5, 0",
        "0, -1, 0, 5, 5",
        "20, -1, 10, 0, 19",
        "9, -1, 10, 0, 0",
        "5, 1, 3, -9223372036854775808, -9223372036854775808"
    })
    void limit_isPassed_onlyBeyondIt(long before, long increment, long threshold, long reset, long after) {
        assertThat(VISITS.add(increment).limit(threshold, reset).apply(page(before)))
                .isEqualTo(page(before).withVisits(after));
        assertThat(BYTES.add(increment).limit(threshold, reset).apply(page(before)))
                .isEqualTo(page(before).withBytes(BigInteger.valueOf(after)));
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 1",
        "1, 9223372036854775807",
        "-9223372036854775808, -1",
        "-1, -9223372036854775808"
    })
    void overflow_isRefused(long before, long increment) {
        assertThatThrownBy(() -> VISITS.add(increment).apply(page(before)))
                .isInstanceOf(CounterOverflowException.class)
                .hasMessageContaining("a counter at " + before + " cannot be changed by " + increment);
        BigInteger sum = BigInteger.valueOf(before).add(BigInteger.valueOf(increment));
        assertThat(BYTES.add(increment).value(page(before))).isEqualTo(sum);
    }

    @Test
    void overflow_isBeyondAnyLimit() {
        long max = Long.MAX_VALUE;
        long min = Long.MIN_VALUE;
        assertThat(VISITS.add(1).limit(max, 4).value(page(max))).isEqualTo(4);
        assertThat(VISITS.add(1).limit(max, 4).value(page(max - 1))).isEqualTo(max);
        assertThat(VISITS.add(-1).limit(min, 4).value(page(min))).isEqualTo(4);
        assertThat(VISITS.add(-1).limit(min, 4).value(page(min + 1))).isEqualTo(min);
    }

    @Test
    void severalSteps_addUp_eachWithItsResult() {
        Counted<Page, Long> counted =
                Counter.count(page(1), List.of(VISITS.add(1), VISITS.add(10).limit(11, 0), VISITS.add(-3)));
        assertThat(counted.values()).containsExactly(2L, 0L, -3L);
        assertThat(counted.row()).isEqualTo(page(1).withVisits(-3));
    }

    @Test
    void stepsOfSeveralCounters_areTakenTogether() {
        Counted<Page, Number> counted = Counter.count(page(1), List.of(VISITS.add(1), BYTES.add(100), VISITS.add(1)));
        assertThat(counted.values()).containsExactly(2L, BigInteger.valueOf(101), 3L);
        assertThat(counted.row()).isEqualTo(new Page("/", 3, BigInteger.valueOf(101)));
    }

    @Test
    void severalSteps_oneRefused_noneTaken() {
        Page page = page(1);
        List<Step<Page, Long>> steps = List.of(VISITS.add(1), VISITS.add(Long.MAX_VALUE));
        assertThatThrownBy(() -> Counter.count(page, steps)).isInstanceOf(CounterOverflowException.class);
        assertThat(page).isEqualTo(page(1));
    }

    @Test
    void noStep_leavesTheRow() {
        Page page = page(1);
        Counted<Page, Long> counted = Counter.count(page, List.<Step<Page, Long>>of());
        assertThat(counted.row()).isSameAs(page);
        assertThat(counted.values()).isEmpty();
    }

    @Test
    void limit_changesNotTheStep() {
        Step<Page, Long> step = VISITS.add(1);
        Step<Page, Long> limited = step.limit(0, 0);
        assertThat(step.value(page(5))).isEqualTo(6);
        assertThat(limited.value(page(5))).isZero();
        assertThat(step).hasToString("add 1");
        assertThat(limited).hasToString("add 1, beyond 0 reset to 0");
    }

    @Test
    void boxedNumbers_areTakenToo() {
        Long one = 1L;
        assertThat(VISITS.add(one).limit(Long.valueOf(1), Long.valueOf(0)).value(page(1)))
                .isZero();
        assertThat(BYTES.add(BigInteger.TEN)
                        .limit(BigInteger.TEN, BigInteger.TWO)
                        .value(page(1)))
                .isEqualTo(2);
    }
}
