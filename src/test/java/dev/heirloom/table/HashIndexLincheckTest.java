package dev.heirloom.table;

import java.util.HashMap;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Who reads the hash index sees what was there at one moment, though one thread writes: where keys have one home, where
 * the table is built anew under the reader (the fourth key makes it), and where slots are emptied and taken again.
 */
@Param(name = "key", gen = IntGen.class, conf = "0:3")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public class HashIndexLincheckTest {
    /** So that the next but two is one more than there is room for. */
    private static final int OTHERS = 5;

    private final HashIndex<HashIndexTest.Key, Integer> index = new HashIndex<>();

    public HashIndexLincheckTest() {
        for (int i = 0; i < OTHERS; i++) {
            index.put(new Version<>(new HashIndexTest.Key(100 + i, 1000 * i), 0));
        }
    }

    /** Two of each hash code, which have one home. */
    private static HashIndexTest.Key key(int number) {
        return new HashIndexTest.Key(number, number / 2);
    }

    @Operation(nonParallelGroup = "writer")
    public int put(@Param(name = "key") int key, @Param(name = "value") int value) {
        Version<HashIndexTest.Key, Integer> replaced = index.put(new Version<>(key(key), value));
        return replaced == null ? 0 : replaced.value;
    }

    @Operation(nonParallelGroup = "writer")
    public int remove(@Param(name = "key") int key) {
        Version<HashIndexTest.Key, Integer> present = index.get(key(key));
        if (present == null) {
            return 0;
        }
        index.remove(present);
        return present.value;
    }

    @Operation
    public int get(@Param(name = "key") int key) {
        Version<HashIndexTest.Key, Integer> present = index.get(key(key));
        return present == null ? 0 : present.value;
    }

    /** The same, one operation after the other. */
    public static final class Model {
        private final Map<Integer, Integer> values = new HashMap<>();

        public int put(int key, int value) {
            return orZero(values.put(key, value));
        }

        public int remove(int key) {
            return orZero(values.remove(key));
        }

        public int get(int key) {
            return orZero(values.get(key));
        }

        private static int orZero(@Nullable Integer value) {
            return value == null ? 0 : value;
        }
    }

    @Test
    void modelChecking() {
        Lincheck.modelChecking(Model.class)
                .threads(2)
                .actorsPerThread(4)
                .actorsBefore(3)
                .actorsAfter(2)
                .iterations(30)
                .invocationsPerIteration(300)
                .check(getClass());
    }

    @Test
    void stress() {
        new StressOptions()
                .sequentialSpecification(Model.class)
                .threads(3)
                .actorsPerThread(4)
                .actorsBefore(3)
                .iterations(20)
                .invocationsPerIteration(1000)
                .check(getClass());
    }
}
