package dev.heirloom.peers;

import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** A map of rows. Thread-safe if the map is. */
class MapPeer implements Peer {
    private final Map<Object, Row> map;
    private final Runnable end;

    MapPeer(Map<Object, Row> map) {
        this(map, () -> {});
    }

    /** @param end ends what the map needs */
    MapPeer(Map<Object, Row> map, Runnable end) {
        this.map = map;
        this.end = end;
    }

    @Override
    public void put(Row row) {
        map.put(row.key(), row);
    }

    @Override
    public @Nullable Object get(Object key) {
        return map.get(key);
    }

    @Override
    public long scan() {
        long sum = 0;
        for (Row row : map.values()) {
            sum += row.count();
        }
        return sum;
    }

    @Override
    public void close() {
        end.run();
    }

    /** A sorted one. */
    static final class Sorted extends MapPeer implements Ordered {
        private final NavigableMap<Object, Row> map;

        Sorted(NavigableMap<Object, Row> map) {
            super(map);
            this.map = map;
        }

        @Override
        public long range(Object from, int rows) {
            long sum = 0;
            int left = rows;
            for (Row row : map.tailMap(from, true).values()) {
                sum += row.count();
                if (--left == 0) {
                    break;
                }
            }
            return sum;
        }
    }
}
