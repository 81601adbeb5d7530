package dev.heirloom.peers;

import java.nio.ByteBuffer;
import java.util.Comparator;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** H2's B-tree map, in memory. Thread-safe. */
final class MvStorePeer extends MapPeer implements Peer.Ordered {
    private final MVMap<Object, Row> map;

    @SuppressWarnings("unchecked") // all keys of a store are Long, or all are String
    static MvStorePeer open() {
        Comparator<Object> order = (Comparator<Object>) (Comparator<?>) Comparator.naturalOrder();
        MVStore store = MVStore.open(null);
        return new MvStorePeer(
                store,
                store.openMap(
                        "rows",
                        new MVMap.Builder<Object, Row>()
                                .keyType(new InMemory<>(order))
                                .valueType(new InMemory<>(Comparator.comparingLong(Row::count)))));
    }

    private MvStorePeer(MVStore store, MVMap<Object, Row> map) {
        super(map, store::closeImmediately);
        this.map = map;
    }

    @Override
    public long range(Object from, int rows) {
        long sum = 0;
        Cursor<Object, Row> cursor = map.cursor(from);
        for (int i = 0; i < rows && cursor.hasNext(); i++) {
            cursor.next();
            sum += cursor.getValue().count();
        }
        return sum;
    }

    /** Objects that are never written to a page, so that none of the time goes into encoding them. */
    private static final class InMemory<T> extends BasicDataType<T> {
        private static final int NOMINAL_BYTES = 40;

        private final Comparator<? super T> order;

        InMemory(Comparator<? super T> order) {
            this.order = order;
        }

        @Override
        public int compare(T a, T b) {
            return order.compare(a, b);
        }

        @Override
        public int getMemory(T value) {
            return NOMINAL_BYTES;
        }

        @Override
        public void write(WriteBuffer buffer, T value) {
            throw new UnsupportedOperationException("in memory only");
        }

        @Override
        public T read(ByteBuffer buffer) {
            throw new UnsupportedOperationException("in memory only");
        }

        @Override
        @SuppressWarnings("unchecked") // an array for the store to fill, as in H2's own types for any object
        public T[] createStorage(int size) {
            return (T[]) new Object[size];
        }
    }
}
