package dev.heirloom.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** In any interleaving, subscribers get each unit of work whole, in order, and once. */
public final class ChangeFeedLincheckTest {
    private static final int KEPT = 20; // more than a scenario has

    private final ChangeFeed<Integer, Integer> feed = new ChangeFeed<>("rows", KEPT, 0);
    private final Changes<Integer, Integer> one = new Changes<>(feed, 0);
    private final Changes<Integer, Integer> other = new Changes<>(feed, 0);
    private long commits;

    @Operation(nonParallelGroup = "owner")
    public void commit(@Param(gen = IntGen.class, conf = "1:3") int rows) {
        long commit = ++commits;
        List<RowChange<Integer, Integer>> unit = new ArrayList<>();
        for (int row = 1; row <= rows; row++) {
            long sequence = feed.latest() + row;
            unit.add(new RowChange<>(sequence, commit, 1, row, Optional.empty(), Optional.of(row), false));
        }
        feed.append(unit);
        feed.wake();
    }

    @Operation(nonParallelGroup = "one")
    public String poll() {
        return numbers(one);
    }

    @Operation(nonParallelGroup = "other")
    public String pollOther() {
        return numbers(other);
    }

    private static String numbers(Changes<Integer, Integer> changes) {
        StringBuilder numbers = new StringBuilder();
        for (RowChange<Integer, Integer> change : changes.poll()) {
            numbers.append(change.sequence()).append(' ');
        }
        return numbers.toString();
    }

    /** The same, of one thread. */
    public static class Model {
        private long latest;
        private long one;
        private long other;

        public void commit(int rows) {
            latest += rows;
        }

        public String poll() {
            String numbers = numbersAfter(one);
            one = latest;
            return numbers;
        }

        public String pollOther() {
            String numbers = numbersAfter(other);
            other = latest;
            return numbers;
        }

        private String numbersAfter(long seen) {
            StringBuilder numbers = new StringBuilder();
            for (long next = seen + 1; next <= latest; next++) {
                numbers.append(next).append(' ');
            }
            return numbers.toString();
        }
    }

    @Test
    void everyInterleaving_isLinearizable() {
        Lincheck.modelChecking(Model.class)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(1)
                .iterations(10)
                .invocationsPerIteration(100)
                .check(ChangeFeedLincheckTest.class);
    }
}
