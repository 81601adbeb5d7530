package dev.heirloom.peers;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** How a thread goes through the keys of a store: each thread begins elsewhere. */
@State(Scope.Thread)
public class Walk {
    /** Of every so many operations of a mix, summed over its threads, one is a write. */
    private static final int WRITE_EVERY = 10;

    @SuppressWarnings("NullAway.Init")
    private Filled filled;

    private int position;
    private long step;
    private long writeEvery;

    @Setup(Level.Trial)
    public void start(Filled filled, ThreadParams thread) {
        this.filled = filled;
        position = (int) ((long) filled.keyCount() * thread.getThreadIndex() / thread.getThreadCount());
        boolean owner = thread.getThreadIndex() == 0;
        writeEvery = owner ? WRITE_EVERY / thread.getThreadCount() : Long.MAX_VALUE;
    }

    Object readKey() {
        return filled.readKey(next());
    }

    /** A row of a random key, unlike the one before it. */
    Row row() {
        return Row.of(filled.writeKey(next()), step);
    }

    /** A row that is in the store, as it was filled. */
    Row filledRow() {
        return Row.of(filled.readKey(next()), step % filled.rowsPerKey);
    }

    /** Whether the next operation of a mix is a write. Only the first thread, the owner, writes: so it does more of it. */
    boolean writes() {
        return (step + 1) % writeEvery == 0;
    }

    private int next() {
        step++;
        int now = position;
        position = now + 1 == filled.keyCount() ? 0 : now + 1;
        return now;
    }
}
