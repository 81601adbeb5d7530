package dev.heirloom.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the page of a query among all of its rows. */
final class Paging {
    private Paging() {}

    /** @param rows the rows of the query, but for its limit */
    static <K, R> Page<K, R> page(Cursor<R> rows, Query<K, R> query) {
        Comparator<? super K> order = query.pageOrder();
        TreeMap<K, List<R>> nearest = new TreeMap<>(order); // keys with the same place in the order stay together
        boolean more = false;
        int count = 0;
        for (R row = rows.next(); row != null; row = rows.next()) {
            K key = query.keyOf(row);
            if (count >= query.limit() && order.compare(key, nearest.lastKey()) > 0) {
                more = true;
                if (query.comesInPageOrder()) {
                    break;
                }
                continue;
            }
            nearest.computeIfAbsent(key, unseen -> new ArrayList<>(1)).add(row);
            count++;
            while (count - nearest.lastEntry().getValue().size() >= query.limit()) {
                count -= nearest.pollLastEntry().getValue().size();
                more = true;
            }
        }
        List<R> page = nearest.values().stream().flatMap(List::stream).toList();
        return new Page<>(page, more ? Optional.of(nearest.lastKey()) : Optional.empty());
    }
}
