package dev.heirloom.table;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Deletes and replaces many rows in one unit of work. Not thread-safe. */
final class Bulk<K, R> {
    private final Buffer<K, R> buffer;
    private final Storage<K, R> storage;
    private final Schema<K, R> schema;

    Bulk(Buffer<K, R> buffer) {
        this.buffer = buffer;
        this.storage = buffer.storage();
        this.schema = storage.schema;
    }

    /** Deletes rows, told by identity in a bag; returns how many. */
    long delete(List<R> rows) {
        if (schema.type().isBag()) {
            deleteFromGroups(rows);
        } else {
            rows.forEach(row -> buffer.change(schema.keyOf(row)).delete());
        }
        buffer.written();
        return rows.size();
    }

    private void deleteFromGroups(List<R> rows) {
        Map<K, List<R>> byKey = new HashMap<>();
        rows.forEach(row -> byKey.computeIfAbsent(schema.keyOf(row), unseen -> new ArrayList<>())
                .add(row));
        byKey.forEach((key, gone) -> {
            Expiry own = buffer.ownExpiry(key);
            Group<R> left = storage.group(buffer.current(key)).withoutSame(gone);
            buffer.change(key).set(key, left.isEmpty() ? null : left, own);
        });
    }

    /** Replaces rows by what a function makes of them, all or none; returns how many. */
    long replace(List<R> rows, UnaryOperator<R> change) {
        if (schema.type() == TableType.BAG) { // equal rows might come of different ones
            throw new WrongTypeException(schema.name(), schema.type(), "replaceAll");
        }
        List<R> changed = new ArrayList<>(rows.size());
        for (R row : rows) {
            R after = change.apply(row);
            schema.requireSameKey(schema.keyOf(row), after);
            changed.add(after);
        }
        if (schema.type().isBag()) {
            replaceInGroups(rows, changed);
        } else {
            for (R row : changed) {
                K key = schema.keyOf(row);
                Expiry own = buffer.ownExpiry(key);
                buffer.change(key).set(key, row, own);
            }
        }
        buffer.written();
        return changed.size();
    }

    private void replaceInGroups(List<R> before, List<R> after) {
        IdentityHashMap<R, Deque<R>> successors = new IdentityHashMap<>();
        Set<K> keys = new LinkedHashSet<>();
        for (int i = 0; i < before.size(); i++) {
            keys.add(schema.keyOf(before.get(i)));
            successors
                    .computeIfAbsent(before.get(i), unseen -> new ArrayDeque<>())
                    .add(after.get(i));
        }
        for (K key : keys) {
            Expiry own = buffer.ownExpiry(key);
            Group<R> changed = storage.group(buffer.current(key)).replacing(successors);
            buffer.change(key).set(key, changed, own);
        }
    }
}
