package dev.heirloom.peers;

import org.jspecify.annotations.Nullable;

/** A table of the engine with a snapshot open since it was filled: the table has to keep every row that the snapshot shows. */
final class PinnedPeer implements Peer {
    private final EnginePeer table;
    private @Nullable AutoCloseable snapshot;

    PinnedPeer(EnginePeer table) {
        this.table = table;
    }

    @Override
    public void filled() {
        snapshot = table.openSnapshot();
    }

    @Override
    public void put(Row row) {
        table.put(row);
    }

    @Override
    public @Nullable Object get(Object key) {
        return table.get(key);
    }

    @Override
    public long scan() {
        return table.scan();
    }

    @Override
    public void close() {
        try {
            if (snapshot != null) {
                snapshot.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
