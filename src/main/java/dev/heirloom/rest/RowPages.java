package dev.heirloom.rest;

import dev.heirloom.documents.Filter;
import dev.heirloom.documents.JsonLimits;
import dev.heirloom.documents.Plan;
import dev.heirloom.table.IndexSpec;
import dev.heirloom.table.Page;
import dev.heirloom.table.Query;
import dev.heirloom.table.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads rows page by page, by filter, at bounded cost. For one request. */
final class RowPages<K, R> {
    static final int DEFAULT_ROWS = 50;
    static final int MOST_ROWS = 1_000;

    /** A page ends when it has so many characters of JSON. */
    private static final int MOST_CHARACTERS = 8 << 20;

    private static final int ROWS_A_LOOK_AT_THE_CLOCK = 256;

    private final HttpTable<K, R> table;
    private final JsonLimits limits;

    RowPages(HttpTable<K, R> table, JsonLimits limits) {
        this.table = table;
        this.limits = limits;
    }

    /**
     * What is asked for.
     *
     * @param after the key to go on from, as a text
     */
    record Asked(
            @Nullable Filter filter,
            boolean descending,
            int limit,
            @Nullable String after) {}

    /**
     * Some rows.
     *
     * @param json the rows as an array
     * @param next the key to go on from, as a text; null at the end
     */
    record Shown(String json, @Nullable String next) {}

    /** @throws ProblemException if it cannot be done, or costs too much */
    Shown read(Asked asked) {
        if (asked.descending() && table.schema().order() == null) {
            throw new ProblemException(Problems.invalid("order: the table is not an ordered set"));
        }
        Page<K, R> page = page(asked);
        return shown(page);
    }

    private Page<K, R> page(Asked asked) {
        Filter filter = asked.filter();
        if (filter == null) {
            return limited(table.ref().query(), asked).page();
        }
        try (Snapshot<K, R> snapshot = table.ref().snapshot()) { // so that no row is looked at twice
            Plan plan = table.planner().plan(filter, new Sizes(snapshot));
            Query<K, R> query = limited(snapshot.query(), asked);
            Predicate<R> chosen = new Bounded(filter);
            if (plan instanceof Plan.Keys keys) {
                return chosen(keys(snapshot, keys), chosen, query, asked);
            }
            if (plan instanceof Plan.Lookup lookup) {
                return chosen(found(snapshot, lookup), chosen, query, asked);
            }
            Query<K, R> within = plan instanceof Plan.Range range ? within(query, range) : query;
            return within.where(chosen).page();
        }
    }

    private Query<K, R> limited(Query<K, R> all, Asked asked) {
        Query<K, R> query = asked.descending() ? all.descending() : all;
        query = query.limit(asked.limit());
        return asked.after() == null ? query : query.after(table.json().key(asked.after()));
    }

    @SuppressWarnings("unchecked") // plans have keys as the table has them
    private K key(Object planned) {
        return (K) planned;
    }

    private Query<K, R> within(Query<K, R> query, Plan.Range range) {
        Query<K, R> within = query;
        Plan.Bound low = range.low();
        Plan.Bound high = range.high();
        if (low != null) {
            within = low.included() ? within.from(key(low.key())) : within.above(key(low.key()));
        }
        if (high != null) {
            within = high.included() ? within.to(key(high.key())) : within.below(key(high.key()));
        }
        return within;
    }

    private List<R> keys(Snapshot<K, R> snapshot, Plan.Keys plan) {
        List<R> rows = new ArrayList<>();
        plan.keys().forEach(each -> rows.addAll(snapshot.lookup(key(each))));
        return rows;
    }

    @SuppressWarnings("unchecked") // as above
    private List<R> found(Snapshot<K, R> snapshot, Plan.Lookup plan) {
        IndexSpec<Object, R> index = (IndexSpec<Object, R>) plan.index();
        List<R> rows = new ArrayList<>();
        for (Object each : plan.keys()) {
            for (R row : snapshot.lookup(index, each)) {
                if (plan.range().has(table.json().keyOf(row))) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    /** The page of rows that come in any order; the filter is asked of no more than it takes to fill the page. */
    private Page<K, R> chosen(List<R> rows, Predicate<R> filter, Query<K, R> query, Asked asked) {
        Comparator<? super K> order = query.pageOrder();
        K after = asked.after() == null ? null : table.json().key(asked.after());
        List<R> sorted = rows.stream()
                .filter(row -> after == null || order.compare(table.json().keyOf(row), after) > 0)
                .sorted((one, other) ->
                        order.compare(table.json().keyOf(one), table.json().keyOf(other)))
                .toList();
        List<R> page = new ArrayList<>();
        for (R row : sorted) {
            if (!filter.test(row)) {
                continue;
            }
            R last = page.isEmpty() ? row : page.get(page.size() - 1);
            // the rows of a key stay together, and those of keys between which nothing can be said
            if (page.size() >= asked.limit() && !isSamePlace(order, last, row)) {
                return new Page<>(page, Optional.of(table.json().keyOf(last)));
            }
            page.add(row);
        }
        return new Page<>(page, Optional.empty());
    }

    private boolean isSamePlace(Comparator<? super K> order, R one, R other) {
        return order.compare(table.json().keyOf(one), table.json().keyOf(other)) == 0;
    }

    /** The page as JSON, cut where it is too large. */
    private Shown shown(Page<K, R> page) {
        StringBuilder text = new StringBuilder("[");
        K before = null;
        for (R row : page.rows()) {
            K key = table.json().keyOf(row);
            if (before != null && text.length() > MOST_CHARACTERS && !before.equals(key)) {
                return new Shown(text.append(']').toString(), table.json().text(before));
            }
            text.append(text.length() > 1 ? "," : "").append(table.json().json(row));
            before = key;
        }
        return new Shown(
                text.append(']').toString(), page.last().map(table.json()::text).orElse(null));
    }

    /** All of some rows as an array. */
    static <R> String array(HttpTable<?, R> table, List<R> rows) {
        StringBuilder text = new StringBuilder("[");
        for (R row : rows) {
            text.append(text.length() > 1 ? "," : "").append(table.json().json(row));
        }
        return text.append(']').toString();
    }

    /** How much there is in a snapshot. */
    private record Sizes(Snapshot<?, ?> snapshot) implements Plan.Sizes {
        @Override
        public long rows() {
            return snapshot.size();
        }

        @Override
        public long keys(IndexSpec<?, ?> index, Object key) {
            return keys(snapshot, index, key);
        }

        @SuppressWarnings("unchecked") // plans have keys as the table has them
        private static <R> long keys(Snapshot<?, R> snapshot, IndexSpec<?, ?> index, Object key) {
            return snapshot.keys((IndexSpec<Object, R>) index, key);
        }
    }

    /** A filter that looks at so many rows, for so long, and no more. */
    private final class Bounded implements Predicate<R> {
        private final Filter filter;
        private final long begun = System.nanoTime();
        private int looked;

        Bounded(Filter filter) {
            this.filter = filter;
        }

        @Override
        public boolean test(R row) {
            if (++looked > limits.scannedRows()) {
                throw tooMuch("it had to look at more than " + limits.scannedRows() + " rows (setting "
                        + JsonLimits.SCANNED_ROWS + ")");
            }
            if (looked % ROWS_A_LOOK_AT_THE_CLOCK == 0
                    && System.nanoTime() - begun > limits.scanMillis() * 1_000_000L) {
                throw tooMuch(
                        "it took longer than " + limits.scanMillis() + " ms (setting " + JsonLimits.SCAN_MILLIS + ")");
            }
            return filter.test(table.json().document(row));
        }

        private ProblemException tooMuch(String why) {
            return new ProblemException(Problem.of(422, "filter-too-expensive", "The filter needs too many rows")
                    .withDetail(why + ": ask for a key, a range of keys of an ordered set, or a field with an index"));
        }
    }
}
