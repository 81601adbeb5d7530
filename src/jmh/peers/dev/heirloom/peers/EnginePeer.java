package dev.heirloom.peers;

import dev.heirloom.table.Schema;
import dev.heirloom.table.Snapshot;
import dev.heirloom.table.VersionedTable;
import dev.heirloom.table.Work;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Heirloom's table engine; nothing else here knows it. Each {@link #put} is a unit of work of its own, as one request
 * is. Reads are thread-safe, writes are the owner's.
 */
class EnginePeer implements Peer.Ordered {
    private static final long EPOCH = 1;

    final VersionedTable<Object, Row> table;

    static EnginePeer set() {
        return new EnginePeer(Schema.set("rows", Row.class, Row::key));
    }

    @SuppressWarnings("unchecked") // all keys of a table are Long, or all are String
    static EnginePeer orderedSet() {
        Comparator<Object> order = (Comparator<Object>) (Comparator<?>) Comparator.naturalOrder();
        return new EnginePeer(Schema.orderedSet("rows", Row.class, Row::key, order));
    }

    static EnginePeer bag() {
        return new OfRowsPerKey(Schema.bag("rows", Row.class, Row::key));
    }

    static EnginePeer duplicateBag() {
        return new OfRowsPerKey(Schema.duplicateBag("rows", Row.class, Row::key));
    }

    private EnginePeer(Schema<Object, Row> schema) {
        this.table = new VersionedTable<>(schema, EPOCH);
    }

    @Override
    public void put(Row row) {
        write(unit -> unit.insert(row));
    }

    final <T extends @Nullable Object> void write(Work<Object, Row, T> work) {
        try {
            table.atomically(EPOCH, work, null, null);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public @Nullable Object get(Object key) {
        return table.find(key).orElse(null);
    }

    @Override
    public long scan() {
        return table.stream().mapToLong(Row::count).sum();
    }

    @Override
    public long range(Object from, int rows) {
        try (Stream<Row> found = table.query().from(from).limit(rows).stream()) {
            return found.mapToLong(Row::count).sum();
        }
    }

    /** Takes a snapshot and closes it. @return the number of its commit */
    long snapshot() {
        try (Snapshot<Object, Row> snapshot = table.snapshot()) {
            return snapshot.commit();
        }
    }

    /** A snapshot that stays open; to close it fails if it has expired before. */
    AutoCloseable openSnapshot() {
        Snapshot<Object, Row> opened = table.snapshot();
        return () -> {
            try (opened) {
                opened.size();
            }
        };
    }

    /** A bag: a look-up gives all rows of a key. */
    private static final class OfRowsPerKey extends EnginePeer implements Peer.Bag {
        OfRowsPerKey(Schema<Object, Row> schema) {
            super(schema);
        }

        @Override
        public Object get(Object key) {
            return table.lookup(key);
        }

        @Override
        public void delete(Row row) {
            write(unit -> unit.deleteRow(row));
        }
    }
}
