package dev.heirloom.table;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An element of a row that counts. The typed form of what {@code ets:update_counter} takes:
 *
 * <pre>{@code
 * static final Counter<Page, Long> VISITS = Counter.ofLong(Page::visits, Page::withVisits);
 *
 * VISITS.add(1)                     // one more
 * VISITS.add(1).limit(999, 0)       // one more, 0 after 999
 * VISITS.add(-1).limit(0, 0)        // one less, never below 0
 * }</pre>
 *
 * <p>Counters and their steps are immutable, and thread-safe if their functions are. A step changes nothing: it gives
 * another row. The functions must be pure: they may run more than once.
 *
 * @param <R> the type of the rows
 * @param <N> the type of the numbers
 */
public final class Counter<R, N extends Number> {
    private final Field<R, N> field;
    private final Arithmetic<N> arithmetic;

    private Counter(Field<R, N> field, Arithmetic<N> arithmetic) {
        this.field = field;
        this.arithmetic = arithmetic;
    }

    /**
     * A counter that a {@code long} holds. A step whose result does not fit one is refused
     * ({@link CounterOverflowException}), unless the step has a limit: then the result is beyond it.
     *
     * @param get the count in a row
     * @param with a row like the one given, with the count given; never null
     */
    public static <R> Counter<R, Long> ofLong(ToLongFunction<? super R> get, WithLong<R> with) {
        Objects.requireNonNull(get, "get");
        Objects.requireNonNull(with, "with");
        return new Counter<>(Field.of(get::applyAsLong, (row, count) -> with.with(row, count)), Arithmetic.LONGS);
    }

    /**
     * A counter that never overflows, as those of ETS.
     *
     * @param get the count in a row; never null
     * @param with a row like the one given, with the count given; never null
     */
    public static <R> Counter<R, BigInteger> ofBigInteger(
            Function<? super R, BigInteger> get, BiFunction<? super R, ? super BigInteger, ? extends R> with) {
        return new Counter<>(Field.of(get, with), Arithmetic.BIG_INTEGERS);
    }

    /** The step that adds a number, which may be 0 or negative. */
    public Step<R, N> add(N increment) {
        return new Step<>(this, increment, null, null);
    }

    /** The step that adds a number, which may be 0 or negative. */
    public Step<R, N> add(long increment) {
        return add(arithmetic.of(increment));
    }

    /** The count in the row. */
    public N value(R row) {
        return Objects.requireNonNull(field.read(row), "get: gave no count");
    }

    /**
     * Takes steps one after another: each goes on from the row that the one before it gave, so several steps of one
     * counter add up. All or none: if one of them fails, there is no row.
     *
     * @return the row after all steps and, for each step, the count right after it
     * @throws CounterOverflowException if one of them is refused
     */
    public static <R, N extends Number> Counted<R, N> count(R row, List<? extends Step<R, ? extends N>> steps) {
        R after = row;
        List<N> values = new ArrayList<>(steps.size());
        for (Step<R, ? extends N> step : steps) {
            values.add(step.value(after));
            after = step.apply(after);
        }
        return new Counted<>(after, values);
    }

    /**
     * What steps have come to.
     *
     * @param row the row after all of them
     * @param values the count after each of them
     */
    public record Counted<R, N extends Number>(R row, List<N> values) {
        public Counted {
            Objects.requireNonNull(row, "row");
            values = List.copyOf(values);
        }
    }

    /** A row like the one given, with another count. */
    @FunctionalInterface
    public interface WithLong<R> {
        R with(R row, long count);
    }

    /**
     * One change of a counter, taken from any row: {@code unit.update(key, VISITS.add(1))}. Immutable.
     *
     * @param <R> the type of the rows
     * @param <N> the type of the numbers
     */
    public static final class Step<R, N extends Number> implements UnaryOperator<R> {
        private final Counter<R, N> counter;
        private final N increment;
        private final @Nullable N threshold;
        private final @Nullable N reset;

        private Step(Counter<R, N> counter, N increment, @Nullable N threshold, @Nullable N reset) {
            this.counter = counter;
            this.increment = Objects.requireNonNull(increment, "increment");
            this.threshold = threshold;
            this.reset = reset;
        }

        /**
         * The step with a limit, as in ETS: if the increment is 0 or more and the result is above the threshold, or the
         * increment is negative and the result is below it, the count becomes the reset value instead.
         */
        public Step<R, N> limit(N threshold, N reset) {
            return new Step<>(
                    counter,
                    increment,
                    Objects.requireNonNull(threshold, "threshold"),
                    Objects.requireNonNull(reset, "reset"));
        }

        /** As {@link #limit(Number, Number)}. */
        public Step<R, N> limit(long threshold, long reset) {
            return limit(counter.arithmetic.of(threshold), counter.arithmetic.of(reset));
        }

        /**
         * The row after the step.
         *
         * @throws CounterOverflowException if the result does not fit the counter
         */
        @Override
        public R apply(R row) {
            return counter.field.write(row, value(row));
        }

        /**
         * The count after the step.
         *
         * @param row the row before the step
         * @throws CounterOverflowException if the result does not fit the counter
         */
        public N value(R row) {
            N before = counter.value(row);
            N sum = counter.arithmetic.sum(before, increment);
            if (threshold != null && reset != null && (sum == null || isBeyond(sum, threshold))) {
                return reset; // a sum that is too large for a long is beyond any threshold that is one
            }
            if (sum == null) {
                throw new CounterOverflowException(before, increment);
            }
            return sum;
        }

        private boolean isBeyond(N sum, N limit) {
            int order = counter.arithmetic.compare(sum, limit);
            return counter.arithmetic.compare(increment, counter.arithmetic.of(0)) < 0 ? order < 0 : order > 0;
        }

        @Override
        public String toString() {
            return "add " + increment + (threshold == null ? "" : ", beyond " + threshold + " reset to " + reset);
        }
    }

    /** What has to be known of a type of numbers. */
    private interface Arithmetic<N> {
        Arithmetic<Long> LONGS = new Arithmetic<>() {
            @Override
            public @Nullable Long sum(Long a, Long b) {
                long sum = a + b;
                return ((a ^ sum) & (b ^ sum)) < 0 ? null : Long.valueOf(sum); // as Math.addExact
            }

            @Override
            public int compare(Long a, Long b) {
                return a.compareTo(b);
            }

            @Override
            public Long of(long number) {
                return number;
            }
        };

        Arithmetic<BigInteger> BIG_INTEGERS = new Arithmetic<>() {
            @Override
            public BigInteger sum(BigInteger a, BigInteger b) {
                return a.add(b);
            }

            @Override
            public int compare(BigInteger a, BigInteger b) {
                return a.compareTo(b);
            }

            @Override
            public BigInteger of(long number) {
                return BigInteger.valueOf(number);
            }
        };

        /** The sum; null if the type cannot hold it. */
        @Nullable
        N sum(N a, N b);

        int compare(N a, N b);

        N of(long number);
    }
}
