package dev.heirloom.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** A duplicate bag with an index: rows come and go while others read them by key, by index and in snapshots. */
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public class BagLincheckTest {
    private static final IndexSpec<Integer, Row> BY_VALUE = IndexSpec.index("byValue", Row::value);

    private final VersionedTable<Integer, Row> table = new VersionedTable<>(
            Schema.duplicateBag("rows", Row.class, Row::key).withIndex(BY_VALUE), 1);

    record Row(int key, int value) {}

    private <T> T write(Work<Integer, Row, T> work) {
        try {
            return table.atomically(1, work, new Commitment<>(), null);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Operation(nonParallelGroup = "owner")
    public void insert(@Param(name = "key") int key, @Param(name = "value") int value) {
        write(unit -> unit.insert(new Row(key, value)));
    }

    @Operation(nonParallelGroup = "owner")
    public boolean deleteRow(@Param(name = "key") int key, @Param(name = "value") int value) {
        return write(unit -> unit.deleteRow(new Row(key, value)));
    }

    /** Appends to an array that a later unit appends to as well. */
    @Operation(nonParallelGroup = "owner")
    public void insertInVain(@Param(name = "key") int key) {
        try {
            table.atomically(
                    1,
                    unit -> {
                        unit.insert(new Row(key, 9));
                        throw new IllegalStateException("no");
                    },
                    new Commitment<>(),
                    null);
        } catch (Exception e) {
            // as asked for
        }
    }

    @Operation
    public String lookup(@Param(name = "key") int key) {
        return table.lookup(key).stream().map(Row::value).toList().toString();
    }

    @Operation
    public int byIndex(@Param(name = "value") int value) {
        return table.lookup(BY_VALUE, value).stream().mapToInt(Row::key).sum();
    }

    @Operation
    public String all() {
        Map<Integer, List<Integer>> rows = new TreeMap<>();
        try (Snapshot<Integer, Row> snapshot = table.snapshot()) {
            snapshot.stream()
                    .forEach(row -> rows.computeIfAbsent(row.key(), key -> new ArrayList<>())
                            .add(row.value()));
            return snapshot.size() + rows.toString();
        }
    }

    /** The same, of one thread. */
    public static class Model {
        private final Map<Integer, List<Integer>> rows = new TreeMap<>();

        public void insert(int key, int value) {
            rows.computeIfAbsent(key, unseen -> new ArrayList<>()).add(value);
        }

        public boolean deleteRow(int key, int value) {
            List<Integer> values = rows.getOrDefault(key, new ArrayList<>());
            boolean deleted = values.removeIf(each -> each == value);
            if (values.isEmpty()) {
                rows.remove(key);
            }
            return deleted;
        }

        public void insertInVain(int key) {
            // nothing
        }

        public String lookup(int key) {
            return rows.getOrDefault(key, List.of()).toString();
        }

        public int byIndex(int value) {
            return rows.entrySet().stream()
                    .mapToInt(row -> row.getKey()
                            * (int) row.getValue().stream()
                                    .filter(each -> each == value)
                                    .count())
                    .sum();
        }

        public String all() {
            return rows.values().stream().mapToInt(List::size).sum() + rows.toString();
        }
    }

    @Test
    void everyInterleaving_isLinearizable() {
        Lincheck.modelChecking(Model.class)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(1)
                .iterations(6)
                .invocationsPerIteration(80)
                .check(getClass());
    }

    @Test
    void underStress_isLinearizable() {
        new StressOptions()
                .sequentialSpecification(Model.class)
                .threads(3)
                .actorsPerThread(3)
                .iterations(10)
                .invocationsPerIteration(500)
                .check(getClass());
    }
}
