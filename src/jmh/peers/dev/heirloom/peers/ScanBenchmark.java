package dev.heirloom.peers;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Operations that read many rows, and what makes them consistent. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScanBenchmark {
    static final int RANGE = 100;

    /** Reads all rows. */
    @Benchmark
    public long scan(Filled filled) {
        return filled.store().scan();
    }

    /** Reads all rows while another thread overwrites rows as fast as it can. */
    @Benchmark
    public long scanBesideWriter(Filled filled, Writer writer) {
        return filled.store().scan();
    }

    /** Reads the rows of {@link #RANGE} keys from a random one on. */
    @Benchmark
    public long range(Filled filled, Walk walk) {
        return ((Peer.Ordered) filled.store()).range(walk.readKey(), RANGE);
    }

    /** Takes a snapshot and closes it. */
    @Benchmark
    public long snapshot(Filled filled) {
        return ((EnginePeer) filled.store()).snapshot();
    }

    /** A thread that overwrites random rows as fast as it can, for the time of an iteration. */
    @State(Scope.Benchmark)
    public static class Writer {
        private volatile boolean ended;

        @SuppressWarnings("NullAway.Init")
        private Thread thread;

        @Setup(Level.Iteration)
        public void start(Filled filled) {
            ended = false;
            thread = new Thread(() -> write(filled), "writer");
            thread.start();
        }

        @TearDown(Level.Iteration)
        public void end() throws InterruptedException {
            ended = true;
            thread.join();
        }

        private void write(Filled filled) {
            for (int i = 0; !ended; i = (i + 1) % filled.keyCount()) {
                filled.store().put(Row.of(filled.writeKey(i), i));
            }
        }
    }
}
