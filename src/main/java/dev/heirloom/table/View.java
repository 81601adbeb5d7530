package dev.heirloom.table;

import java.util.ArrayList;
import java.util.Comparator;
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

    Revision<R> revision(K key) {
        Version<K, Object> newest = storage.index.get(key);
        Version<K, Object> shown = newest == null ? null : newest.at(commit);
        Object value = value(newest);
        return shown == null || value == null ? Revision.absent() : shown.revision(storage.rows(value));
    }

    <I> List<R> lookup(IndexSpec<I, R> by, I key) {
        SecondaryIndex<I, K, R> secondary = storage.secondary(by);
        List<R> found = new ArrayList<>();
        for (K each : secondary.keys(secondary.versions().get(key), commit)) {
            found.addAll(rowsOf(secondary, key, each));
        }
        return List.copyOf(found);
    }

    <I> int keys(IndexSpec<I, R> by, I key) {
        SecondaryIndex<I, K, R> secondary = storage.secondary(by);
        return secondary.keys(secondary.versions().get(key), commit).size();
    }

    // ---- neighbours ----

    List<R> first() {
        return nearest(storage.index.ascending(null, true));
    }

    List<R> last() {
        return storage.index instanceof TreeIndex<K, Object> tree ? nearest(tree.descending(null, true)) : first();
    }

    List<R> next(K key) {
        return nearest(
                storage.index instanceof TreeIndex<K, Object> tree ? tree.ascending(key, false) : unorderedAfter(key));
    }

    List<R> previous(K key) {
        return storage.index instanceof TreeIndex<K, Object> tree ? nearest(tree.descending(key, false)) : next(key);
    }

    private List<R> nearest(Entries<K, Object> entries) {
        for (Version<K, Object> version = entries.next(); version != null; version = entries.next()) {
            Object value = value(version);
            if (value != null) {
                return storage.rows(value);
            }
        }
        return List.of();
    }

    /** What follows a key of a table without order, other keys of its hash code included. */
    private Entries<K, Object> unorderedAfter(K key) {
        Entries<K, Object> entries = storage.index.ascending(key, true);
        Version<K, Object> version;
        do {
            version = entries.next();
            if (version == null || version.key.hashCode() != key.hashCode()) {
                throw new NoSuchRowException(storage.schema.name(), key);
            }
        } while (!version.key.equals(key));
        if (value(version) == null) {
            throw new NoSuchRowException(storage.schema.name(), key);
        }
        return entries;
    }

    // ---- queries ----

    /** The rows of a query: in the order of its index, else in the order of the table. */
    Cursor<R> rows(Query<K, R> query) {
        Query.IndexScan<?, R> scan = query.scan();
        if (scan != null) {
            return query.select(Cursor.flat(scanned(scan, query)));
        }
        return query.select(
                storage.schema.type().isBag()
                        ? groups(entries(query))
                        : new BatchedRows<>(this, storage.schema, entries(query), query));
    }

    private Cursor<R> groups(Entries<K, Object> entries) {
        return Cursor.flat(() -> {
            Version<K, Object> next = entries.next();
            return next == null ? null : storage.rows(value(next));
        });
    }

    /** The entries from where a query begins on. */
    private Entries<K, Object> entries(Query<K, R> query) {
        K after = query.after();
        Comparator<? super K> order = storage.schema.order();
        if (order == null || !(storage.index instanceof TreeIndex<K, Object> tree)) {
            return storage.index.ascending(after, false);
        }
        Bounds<K> bounds = query.bounds();
        if (query.isDescending()) {
            Bounds<K> left = after == null ? bounds : bounds.narrowedTo(after, false, order);
            return tree.descending(left.high(), left.highIncluded());
        }
        Bounds<K> left = after == null ? bounds : bounds.narrowedFrom(after, false, order);
        return tree.ascending(left.low(), left.lowIncluded());
    }

    /** The rows of each of the table's keys that an index has within bounds. */
    private <I> Cursor<List<R>> scanned(Query.IndexScan<I, R> scan, Query<K, R> query) {
        SecondaryIndex<I, K, R> secondary = storage.secondary(scan.index());
        Cursor<Version<I, KeySet<K>>> versions = secondary.within(scan.bounds());
        Comparator<? super I> order = scan.index().order();
        List<List<R>> found = new ArrayList<>();
        for (Version<I, KeySet<K>> version = versions.next(); version != null; version = versions.next()) {
            if (order != null && !scan.bounds().isBelow(version.key, order)) {
                break;
            }
            for (K key : secondary.keys(version, commit)) {
                if (query.admits(key)) {
                    found.add(rowsOf(secondary, version.key, key));
                }
            }
        }
        return Cursor.of(found.iterator());
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
