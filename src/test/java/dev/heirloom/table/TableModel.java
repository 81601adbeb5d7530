package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a table is meant to be, as simple as can be: a map of lists, for one thread. The engine is compared with it. */
final class TableModel {
    /** The rows of a key and when they end. */
    private record Entry(List<Item> rows, @Nullable Expiry own, long deadline) {}

    private final Schema<String, Item> schema;
    private final LongSupplier now;
    private final NavigableMap<String, Entry> entries;

    TableModel(Schema<String, Item> schema) {
        this(schema, () -> 0);
    }

    /** @param now the time of day in milliseconds */
    TableModel(Schema<String, Item> schema, LongSupplier now) {
        this(schema, now, new TreeMap<>(schema.order()));
    }

    private TableModel(Schema<String, Item> schema, LongSupplier now, NavigableMap<String, Entry> entries) {
        this.schema = schema;
        this.now = now;
        this.entries = entries;
    }

    TableModel copy() {
        return new TableModel(schema, now, new TreeMap<>(entries));
    }

    /** As a snapshot that is taken now will show it. */
    TableModel frozen() {
        long moment = now.getAsLong();
        return new TableModel(schema, () -> moment, new TreeMap<>(entries));
    }

    // ---- writing ----

    void insert(Item row) {
        List<Item> before = lookup(row.id());
        if (schema.type() == TableType.BAG && before.contains(row)) {
            return;
        }
        List<Item> after = schema.type().isBag() ? new ArrayList<>(before) : new ArrayList<>();
        after.add(row);
        put(row.id(), after, null);
    }

    boolean insertNew(List<Item> rows) {
        if (rows.stream().anyMatch(row -> !lookup(row.id()).isEmpty())) {
            return false;
        }
        rows.forEach(this::insert);
        return true;
    }

    /** In a set, by what becomes of a row. */
    void update(String key, Item initial, UnaryOperator<Item> change) {
        Item before = lookup(key).stream().findFirst().orElse(initial);
        put(key, List.of(change.apply(before)), own(key));
    }

    void expire(String key, Expiry expiry) {
        boolean over = expiry.deadline(now.getAsLong()) <= now.getAsLong();
        put(key, over ? List.of() : lookup(key), expiry);
    }

    List<Item> takeAll(String key) {
        List<Item> rows = lookup(key);
        if (!rows.isEmpty()) {
            entries.remove(key);
        }
        return rows;
    }

    long deleteIf(Predicate<Item> condition) {
        List<Item> gone = all().stream().filter(condition).toList();
        for (String key : gone.stream().map(Item::id).distinct().toList()) {
            List<Item> left = lookup(key).stream().filter(condition.negate()).toList();
            put(key, left, own(key));
        }
        return gone.size();
    }

    void removeExpired() {
        entries.values().removeIf(this::isExpired);
    }

    private void put(String key, List<Item> rows, @Nullable Expiry own) {
        entries.remove(key); // with the key object, if it is another
        if (!rows.isEmpty()) {
            Expiry effective = own == null ? schema.expiry() : own;
            entries.put(key, new Entry(List.copyOf(rows), own, effective.deadline(now.getAsLong())));
        }
    }

    private @Nullable Expiry own(String key) {
        Entry entry = entries.get(key);
        return entry == null || isExpired(entry) ? null : entry.own;
    }

    private boolean isExpired(Entry entry) {
        return entry.deadline <= now.getAsLong();
    }

    // ---- reading ----

    List<Item> lookup(String key) {
        Entry entry = entries.get(key);
        return entry == null || isExpired(entry) ? List.of() : entry.rows;
    }

    /** In the order of keys, if the table has one. */
    List<Item> all() {
        return all(entries.values());
    }

    private List<Item> all(Collection<Entry> some) {
        return some.stream()
                .filter(entry -> !isExpired(entry))
                .flatMap(entry -> entry.rows.stream())
                .toList();
    }

    /** The number of rows, those that have expired and were not removed included. */
    long size() {
        return entries.values().stream().mapToInt(entry -> entry.rows.size()).sum();
    }

    boolean violatesUnique() {
        return schema.indexes().stream().filter(IndexSpec::unique).anyMatch(this::violates);
    }

    private <I> boolean violates(IndexSpec<I, Item> index) {
        Map<I, Item> seen = new TreeMap<>(index.order());
        return all().stream()
                .anyMatch(row ->
                        index.key().apply(row) != null && seen.put(index.key().apply(row), row) != null);
    }

    // ---- comparing ----

    /** Rows read as this model, in every way there is. */
    void assertAlike(Rows<String, Item> rows, Collection<String> keys) {
        assertThat(rows.size()).isEqualTo(size());
        assertThat(rows.stream()).containsExactlyInAnyOrderElementsOf(all());
        for (String key : keys) {
            assertThat(rows.lookup(key)).isEqualTo(lookup(key));
            assertThat(rows.contains(key)).isEqualTo(!lookup(key).isEmpty());
            if (schema.type().isBag()) {
                assertThatThrownBy(() -> rows.find(key)).isInstanceOf(WrongTypeException.class);
            } else {
                assertThat(rows.find(key)).isEqualTo(lookup(key).stream().findFirst());
            }
        }
        if (schema.order() == null) {
            assertWalk(rows);
        } else {
            assertThat(rows.stream()).isEqualTo(all());
            assertNeighbours(rows, keys);
        }
        schema.indexes().forEach(index -> assertIndex(rows, index));
    }

    /** From row to row and from page to page, every row comes once. */
    private void assertWalk(Rows<String, Item> rows) {
        List<Item> walked = new ArrayList<>();
        for (Optional<Item> row = rows.first();
                row.isPresent();
                row = rows.next(row.get().id())) {
            walked.addAll(lookup(row.get().id()));
        }
        assertThat(walked).containsExactlyInAnyOrderElementsOf(all());
        List<Item> paged = new ArrayList<>();
        Query<String, Item> query = rows.query().limit(3);
        Optional<String> last;
        do {
            Page<String, Item> page = query.page();
            paged.addAll(page.rows());
            last = page.last();
            query = last.isPresent() ? query.after(last.get()) : query;
        } while (last.isPresent());
        assertThat(paged).containsExactlyInAnyOrderElementsOf(all());
    }

    private void assertNeighbours(Rows<String, Item> rows, Collection<String> keys) {
        List<Item> all = all();
        assertThat(rows.first()).isEqualTo(all.stream().findFirst());
        assertThat(rows.last()).isEqualTo(lastOf(all));
        for (String key : keys) {
            List<Item> above = all(entries.tailMap(key, false).values());
            List<Item> below = all(entries.headMap(key, false).values());
            assertThat(rows.next(key)).isEqualTo(above.stream().findFirst());
            assertThat(rows.previous(key)).isEqualTo(lastOf(below));
            assertThat(rows.query().above(key).stream()).isEqualTo(above);
            assertThat(rows.query().below(key).count()).isEqualTo(below.size());
        }
    }

    private static Optional<Item> lastOf(List<Item> rows) {
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(rows.size() - 1));
    }

    private <I> void assertIndex(Rows<String, Item> rows, IndexSpec<I, Item> index) {
        for (I key : new HashSet<>(all().stream().<I>map(index.key()).toList())) {
            if (key != null) {
                assertThat(rows.lookup(index, key)).containsExactlyInAnyOrderElementsOf(having(index, key));
            }
        }
    }

    private <I> List<Item> having(IndexSpec<I, Item> index, I key) {
        Stream<Item> rows = all().stream().filter(row -> {
            I its = index.key().apply(row);
            return its != null && index.sameKey(its, key);
        });
        return rows.toList();
    }
}
