package dev.heirloom.peers;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A bag as one makes it of the JDK: a concurrent map of lists that are copied when they change. Thread-safe. */
final class CopyOnWriteBag implements Peer.Bag {
    private final ConcurrentHashMap<Object, CopyOnWriteArrayList<Row>> rows = new ConcurrentHashMap<>();

    @Override
    public void put(Row row) {
        rows.computeIfAbsent(row.key(), none -> new CopyOnWriteArrayList<>()).addIfAbsent(row);
    }

    @Override
    public @Nullable List<Row> get(Object key) {
        return rows.get(key);
    }

    @Override
    public void delete(Row row) {
        rows.computeIfPresent(row.key(), (key, list) -> list.remove(row) && list.isEmpty() ? null : list);
    }

    @Override
    public long scan() {
        long sum = 0;
        for (List<Row> each : rows.values()) {
            for (Row row : each) {
                sum += row.count();
            }
        }
        return sum;
    }
}
