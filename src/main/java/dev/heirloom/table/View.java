package dev.heirloom.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table as one commit shows it at one time of day. Immutable; whoever made it sees to it that the versions it shows
 * stay, or checks afterwards that they have.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
final class View<K, R> {
    private final Storage<K, R> storage;
    private final long commit;
    private final long now;

    View(Storage<K, R> storage, long commit, long now) {
        this.storage = storage;
        this.commit = commit;
        this.now = now;
    }

    /** What a key holds; null if nothing. */
    @Nullable
    Object value(K key) {
        return value(storage.index.get(key));
    }

    @Nullable
    Object value(@Nullable Version<K, Object> newest) {
        Version<K, Object> shown = newest == null ? null : newest.at(commit);
        return shown == null || shown.deadline() <= now ? null : shown.value;
    }

    List<R> lookup(K key) {
        return storage.rows(value(key));
    }

    <I> List<R> lookup(IndexSpec<I, R> by, I key) {
        SecondaryIndex<I, K, R> secondary = storage.secondary(by);
        List<R> found = new ArrayList<>();
        for (K each : secondary.keys(secondary.versions().get(key), commit)) {
            found.addAll(rowsOf(secondary, key, each));
        }
        return List.copyOf(found);
    }

    // ---- neighbours ----

    List<R> first() {
        return storage.index instanceof TreeIndex<K, Object> tree
                ? nearest(tree.ascending(null, true))
                : storage.rows(value(successor(null)));
    }

    List<R> last() {
        return storage.index instanceof TreeIndex<K, Object> tree ? nearest(tree.descending(null, true)) : first();
    }

    List<R> next(K key) {
        return storage.index instanceof TreeIndex<K, Object> tree
                ? nearest(tree.ascending(key, false))
                : storage.rows(value(successor(key)));
    }

    List<R> previous(K key) {
        return storage.index instanceof TreeIndex<K, Object> tree ? nearest(tree.descending(key, false)) : next(key);
    }

    private List<R> nearest(Iterator<Version<K, Object>> versions) {
        while (versions.hasNext()) {
            Object value = value(versions.next());
            if (value != null) {
                return storage.rows(value);
            }
        }
        return List.of();
    }

    /** What follows a key, or is first, in the order of hash codes; keys with equal ones follow as the index has them. */
    private @Nullable Version<K, Object> successor(@Nullable K key) {
        boolean passed = key == null;
        Version<K, Object> best = null;
        for (Iterator<Version<K, Object>> all = storage.index.iterator(); all.hasNext(); ) {
            Version<K, Object> version = all.next();
            int comparison = key == null ? 1 : Integer.compare(version.key.hashCode(), key.hashCode());
            if (comparison < 0 || value(version) == null) {
                continue;
            }
            if (comparison == 0) {
                if (passed) {
                    return version;
                }
                passed = version.key.equals(key);
            } else if (best == null || version.key.hashCode() < best.key.hashCode()) {
                best = version;
            }
        }
        if (!passed && key != null) {
            throw new NoSuchRowException(storage.schema.name(), key);
        }
        return best;
    }

    // ---- queries ----

    /** The rows of a query: in the order of its index, else in the order of the table. */
    Cursor<R> rows(Query<K, R> query) {
        Query.IndexScan<?, R> scan = query.scan();
        if (scan != null) {
            return query.select(Cursor.flat(scanned(scan, query)));
        }
        Comparator<? super K> order = storage.schema.order();
        return query.select(
                order != null && storage.index instanceof TreeIndex<K, Object> tree
                        ? new OrderedRows<>(this, storage.schema.rowType(), tree, order, query)
                        : rows(versions(query)));
    }

    private Cursor<R> rows(Iterator<Version<K, Object>> versions) {
        if (storage.schema.type().isBag()) {
            return Cursor.flat(new Iterator<@Nullable List<R>>() {
                @Override
                public boolean hasNext() {
                    return versions.hasNext();
                }

                @Override
                public List<R> next() {
                    return storage.rows(value(versions.next()));
                }
            });
        }
        return () -> {
            while (versions.hasNext()) {
                Object value = value(versions.next());
                if (value != null) {
                    return storage.row(value);
                }
            }
            return null;
        };
    }

    /** The entries that may hold rows of a query of a table without order. */
    private Iterator<Version<K, Object>> versions(Query<K, R> query) {
        K after = query.after();
        Iterator<Version<K, Object>> all = storage.index.iterator();
        return after == null
                ? all
                : new Filter<>(all, version -> Integer.compare(version.key.hashCode(), after.hashCode()) > 0);
    }

    /** The rows of each of the table's keys that an index has within bounds. */
    private <I> Iterator<List<R>> scanned(Query.IndexScan<I, R> scan, Query<K, R> query) {
        SecondaryIndex<I, K, R> secondary = storage.secondary(scan.index());
        Iterator<Version<I, KeySet<K>>> versions = secondary.within(scan.bounds());
        Comparator<? super I> order = scan.index().order();
        List<List<R>> found = new ArrayList<>();
        while (versions.hasNext()) {
            Version<I, KeySet<K>> version = versions.next();
            if (order != null && !scan.bounds().isBelow(version.key, order)) {
                break;
            }
            for (K key : secondary.keys(version, commit)) {
                if (query.admits(key)) {
                    found.add(rowsOf(secondary, version.key, key));
                }
            }
        }
        return found.iterator();
    }

    /** The rows of a key of the table that have a key in an index: not all that the first has, in a bag. */
    private <I> List<R> rowsOf(SecondaryIndex<I, K, R> secondary, I indexKey, K key) {
        List<R> rows = lookup(key);
        return storage.schema.type().isBag()
                ? rows.stream().filter(row -> secondary.has(row, indexKey)).toList()
                : rows;
    }

    Optional<R> first(Query<K, R> query) {
        return Optional.ofNullable(rows(query).next());
    }

    Page<K, R> page(Query<K, R> query) {
        return Paging.page(rows(query.unlimited()), query);
    }
}
