package dev.heirloom.peers;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The filling of an empty store, one row at a time. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FillBenchmark {
    /** Inserts all rows, in random order. */
    @Benchmark
    public Object fill(Empty empty) {
        for (Row row : empty.inserted) {
            empty.store.put(row);
        }
        empty.store.filled();
        return empty.store;
    }

    /** A store that holds nothing, and what it is to hold. */
    @State(Scope.Benchmark)
    public static class Empty {
        @Param({"HASH_MAP"})
        public PeerKind peer = PeerKind.HASH_MAP;

        @Param({"LONG"})
        public Keys keys = Keys.LONG;

        @Param({"100000"})
        public int rows;

        @SuppressWarnings("NullAway.Init")
        private Peer store;

        private Row[] inserted = {};

        @Setup(Level.Trial)
        public void prepare() {
            Object[] shuffled = keys.shuffled(rows, 1);
            inserted = new Row[rows];
            for (int i = 0; i < rows; i++) {
                inserted[i] = Row.of(shuffled[i], i);
            }
        }

        @Setup(Level.Invocation)
        public void open() {
            store = peer.open();
        }

        @TearDown(Level.Invocation)
        public void close() {
            store.close();
        }
    }
}
