package dev.heirloom.table;

import java.util.Map;
import java.util.TreeMap;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** The owner and anybody write a public table, with an index, as if one after the other. */
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public class PublicTableLincheckTest {
    private static final long OWNER = 1;
    private static final IndexSpec<Integer, Row> BY_VALUE = IndexSpec.index("byValue", Row::value);

    private final VersionedTable<Integer, Row> table = new VersionedTable<>(
            Schema.set("rows", Row.class, Row::key).withAccess(Access.PUBLIC).withIndex(BY_VALUE), OWNER);

    record Row(int key, int value) {}

    private <T> T write(long writer, Work<Integer, Row, T> work) {
        while (true) {
            try {
                return table.atomically(writer, work, new Commitment<>(), null);
            } catch (ConflictException e) {
                Thread.onSpinWait(); // nothing was changed: again
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Operation(nonParallelGroup = "owner")
    public int ownerAdds(@Param(name = "key") int key) {
        return write(OWNER, unit -> unit.update(key, new Row(key, 0), row -> new Row(key, row.value() + 1)))
                .value();
    }

    @Operation
    public int addByUpdate(@Param(name = "key") int key) {
        return write(
                        VersionedTable.ANYBODY,
                        unit -> unit.update(key, new Row(key, 0), row -> new Row(key, row.value() + 1)))
                .value();
    }

    @Operation
    public int addByFindAndInsert(@Param(name = "key") int key) {
        return write(VersionedTable.ANYBODY, unit -> {
            int before = unit.find(key).map(Row::value).orElse(0);
            return unit.insert(new Row(key, before + 1)).value();
        });
    }

    @Operation
    public void put(@Param(name = "key") int key, @Param(name = "value") int value) {
        write(VersionedTable.ANYBODY, unit -> unit.insert(new Row(key, value)));
    }

    @Operation
    public boolean delete(@Param(name = "key") int key) {
        return write(VersionedTable.ANYBODY, unit -> unit.delete(key));
    }

    @Operation
    public void swap() {
        write(VersionedTable.ANYBODY, unit -> {
            int one = unit.find(1).map(Row::value).orElse(0);
            int two = unit.find(2).map(Row::value).orElse(0);
            unit.insert(new Row(1, two));
            return unit.insert(new Row(2, one));
        });
    }

    @Operation
    public long sizeInAUnit() {
        return write(VersionedTable.ANYBODY, UnitOfWork::size);
    }

    @Operation
    public int find(@Param(name = "key") int key) {
        return table.find(key).map(Row::value).orElse(0);
    }

    @Operation
    public int byIndex(@Param(name = "value") int value) {
        return table.lookup(BY_VALUE, value).stream().mapToInt(Row::key).sum();
    }

    @Operation
    public int byIndexInAUnit(@Param(name = "value") int value) {
        return write(
                VersionedTable.ANYBODY,
                unit -> unit.lookup(BY_VALUE, value).stream().mapToInt(Row::key).sum());
    }

    /** The same, of one thread. */
    public static class Model {
        private final Map<Integer, Integer> rows = new TreeMap<>();

        public int ownerAdds(int key) {
            return rows.merge(key, 1, Integer::sum);
        }

        public int addByUpdate(int key) {
            return rows.merge(key, 1, Integer::sum);
        }

        public int addByFindAndInsert(int key) {
            return rows.merge(key, 1, Integer::sum);
        }

        public void put(int key, int value) {
            rows.put(key, value);
        }

        public boolean delete(int key) {
            return rows.remove(key) != null;
        }

        public void swap() {
            int one = find(1);
            rows.put(1, find(2));
            rows.put(2, one);
        }

        public long sizeInAUnit() {
            return rows.size();
        }

        public int find(int key) {
            return rows.getOrDefault(key, 0);
        }

        public int byIndex(int value) {
            return rows.entrySet().stream()
                    .filter(row -> row.getValue() == value)
                    .mapToInt(Map.Entry::getKey)
                    .sum();
        }

        public int byIndexInAUnit(int value) {
            return byIndex(value);
        }
    }

    @Test
    void everyInterleaving_isLinearizable() {
        Lincheck.modelChecking(Model.class)
                .threads(3)
                .actorsPerThread(1)
                .actorsBefore(2)
                .actorsAfter(1)
                .iterations(10)
                .invocationsPerIteration(150)
                .check(getClass());
    }

    @Test
    void underStress_isLinearizable() {
        new StressOptions()
                .sequentialSpecification(Model.class)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(2)
                .actorsAfter(1)
                .iterations(10)
                .invocationsPerIteration(500)
                .check(getClass());
    }
}
