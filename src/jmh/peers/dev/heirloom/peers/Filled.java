package dev.heirloom.peers;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A store that holds its rows, and the keys to ask it for. Rows were inserted in random order. The keys are equal to
 * those in the store, but other objects, as callers have them; those written are not those read.
 */
@State(Scope.Benchmark)
public class Filled {
    @Param({"HASH_MAP"})
    public PeerKind peer = PeerKind.HASH_MAP;

    @Param({"LONG"})
    public Keys keys = Keys.LONG;

    @Param({"100000"})
    public int rows;

    /** More than one in a bag. */
    @Param({"1"})
    public int rowsPerKey;

    @SuppressWarnings("NullAway.Init")
    private Peer store;

    private Object[] readKeys = {};
    private Object[] writeKeys = {};

    @Setup(Level.Trial)
    public void fill() {
        int count = rows / rowsPerKey;
        store = peer.open();
        Object[] inserted = keys.shuffled(count, 1);
        for (int i = 0; i < rowsPerKey; i++) {
            for (Object key : inserted) {
                store.put(Row.of(key, i));
            }
        }
        store.filled();
        readKeys = keys.shuffled(count, 2);
        writeKeys = keys.shuffled(count, 3);
    }

    @TearDown(Level.Trial)
    public void close() {
        store.close();
    }

    Peer store() {
        return store;
    }

    Object readKey(int position) {
        return readKeys[position];
    }

    Object writeKey(int position) {
        return writeKeys[position];
    }

    int keyCount() {
        return readKeys.length;
    }
}
