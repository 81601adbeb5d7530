package dev.heirloom.peers;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Operations on one random key that the store has. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PointBenchmark {
    /** Looks a key up; in a bag, all of its rows. */
    @Benchmark
    public @Nullable Object read(Filled filled, Walk walk) {
        return filled.store().get(walk.readKey());
    }

    /** Puts a new row in the place of an old one, on the owner's thread. */
    @Benchmark
    public Row overwrite(Filled filled, Walk walk) {
        Row row = walk.row();
        filled.store().put(row);
        return row;
    }

    /** Nine reads to one overwrite. */
    @Benchmark
    public @Nullable Object mixed(Filled filled, Walk walk) {
        return walk.writes() ? overwrite(filled, walk) : read(filled, walk);
    }

    /** Deletes a row of a bag and inserts it again: two operations. */
    @Benchmark
    public Row replaceInBag(Filled filled, Walk walk) {
        Peer.Bag bag = (Peer.Bag) filled.store();
        Row row = walk.filledRow();
        bag.delete(row);
        bag.put(row);
        return row;
    }
}
