package dev.heirloom.documents;

import dev.heirloom.documents.Plan.Bound;
import dev.heirloom.table.IndexSpec;
import dev.heirloom.table.Schema;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Plans where the rows of filters over one table are looked for. Immutable. */
public final class Planner {
    /** So many rows are always looked up. */
    private static final int FEW = 1_000;

    /** And so large a part of all of them, since a search ends when it has found as many as are asked for. */
    private static final int PART = 4;

    private final @Nullable Comparator<?> order;
    private final List<AccessPath> paths;

    /** @param paths the ways to rows by a field */
    Planner(Schema<?, ?> schema, List<AccessPath> paths) {
        this.order = schema.order();
        this.paths = List.copyOf(paths);
    }

    /** For a table of records, by the key and the indexes that are declared to be of a field. */
    public static Planner of(Schema<?, ?> schema) {
        return new Planner(schema, AccessPath.of(schema));
    }

    /**
     * The best plan for a filter: keys before an index before a range of keys. Of indexes, that which has the fewest keys;
     * none that has so many that a search for as many rows as are asked for mostly ends sooner.
     */
    public Plan plan(Filter filter, Plan.Sizes sizes) {
        List<Condition.Comparison> required = filter.required();
        Plan.Range range = range(required);
        return required.stream()
                .flatMap(each -> paths.stream().flatMap(path -> equal(each, path, range).stream()))
                .filter(plan -> size(plan, sizes) <= Math.max(FEW, sizes.rows() / PART))
                .min(Comparator.comparingLong(plan -> size(plan, sizes)))
                .orElse(range.equals(Plan.Range.ALL) ? new Plan.Scan() : range);
    }

    /** About how many rows it has to look at; 0 for keys, which are found at once. */
    private static long size(Plan plan, Plan.Sizes sizes) {
        return plan instanceof Plan.Lookup lookup
                ? lookup.keys().stream()
                        .mapToLong(key -> sizes.keys(lookup.index(), key))
                        .sum()
                : 0;
    }

    /** The rows that a comparison allows, if it is one of the field of a path, and names all that equal. */
    private Optional<Plan> equal(Condition.Comparison comparison, AccessPath path, Plan.Range range) {
        boolean equality =
                comparison.operator() == Condition.Operator.EQUAL || comparison.operator() == Condition.Operator.IN;
        if (!equality
                || !path.isOf(comparison)
                || comparison.operands().stream().anyMatch(Operand::isPattern)) {
            return Optional.empty();
        }
        Set<Object> keys = path.values().equal(comparison.operands());
        IndexSpec<?, ?> index = path.index();
        return index == null
                ? distinct(keys, order).map(Plan.Keys::new)
                : distinct(keys, index.order()).map(each -> new Plan.Lookup(index, each, range));
    }

    /** Without those that are one key to an order, lest its rows be found twice; empty if it cannot order them. */
    @SuppressWarnings("unchecked") // it orders keys of this kind
    private static Optional<List<Object>> distinct(Set<Object> keys, @Nullable Comparator<?> order) {
        if (order == null) {
            return Optional.of(List.copyOf(keys));
        }
        Set<Object> distinct = new TreeSet<>((Comparator<Object>) order);
        try {
            distinct.addAll(keys);
        } catch (RuntimeException e) { // an order of the application's, made for keys as its rows have them
            return Optional.empty();
        }
        return Optional.of(List.copyOf(distinct));
    }

    /** The range of keys that the comparisons of the key leave. */
    private Plan.Range range(List<Condition.Comparison> required) {
        if (!Comparator.naturalOrder().equals(order)) {
            return Plan.Range.ALL; // what filters compare is in another order
        }
        Bound low = null;
        Bound high = null;
        for (Condition.Comparison each : required) {
            Object key = bound(each);
            if (key == null) {
                continue;
            }
            switch (each.operator()) {
                case GREATER -> low = higher(low, new Bound(key, false));
                case AT_LEAST -> low = higher(low, new Bound(key, true));
                case LESS -> high = lower(high, new Bound(key, false));
                case AT_MOST -> high = lower(high, new Bound(key, true));
                default -> {}
            }
        }
        return new Plan.Range(low, high);
    }

    /** The key with which a comparison compares the key; null if it does not, or with what is no key. */
    private @Nullable Object bound(Condition.Comparison comparison) {
        return paths.stream()
                .filter(path -> path.isKey() && path.isOf(comparison))
                .findFirst()
                .map(path -> path.values().bound(comparison.operands().get(0)))
                .orElse(null);
    }

    private static Bound higher(@Nullable Bound one, Bound other) {
        return one == null || one.compare(other.key()) < 0 ? other : one;
    }

    private static Bound lower(@Nullable Bound one, Bound other) {
        return one == null || one.compare(other.key()) > 0 ? other : one;
    }
}
