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

    /** The best plan for a filter: keys before unique indexes before other indexes before ranges. */
    public Plan plan(Filter filter) {
        List<Condition.Comparison> required = filter.required();
        return required.stream()
                .flatMap(each -> paths.stream().flatMap(path -> equal(each, path).stream()))
                .min(Comparator.comparing(Planner::rank))
                .or(() -> range(required))
                .orElseGet(Plan.Scan::new);
    }

    private static int rank(Plan plan) {
        return plan instanceof Plan.Lookup lookup ? lookup.index().unique() ? 1 : 2 : 0;
    }

    /** The rows that a comparison allows, if it is one of the field of a path, and names all that equal. */
    private Optional<Plan> equal(Condition.Comparison comparison, AccessPath path) {
        boolean equality =
                comparison.operator() == Condition.Operator.EQUAL || comparison.operator() == Condition.Operator.IN;
        if (!equality
                || !path.isOf(comparison)
                || comparison.operands().stream().anyMatch(Operand::isPattern)) {
            return Optional.empty();
        }
        Set<Object> keys = path.values().equal(comparison.operands());
        IndexSpec<?, ?> index = path.index();
        return Optional.of(
                index == null
                        ? new Plan.Keys(distinct(keys, order))
                        : new Plan.Lookup(index, distinct(keys, index.order())));
    }

    /** Without those that are one key to an order, lest its rows be found twice. */
    @SuppressWarnings("unchecked") // it orders keys of this kind
    private static List<Object> distinct(Set<Object> keys, @Nullable Comparator<?> order) {
        if (order == null) {
            return List.copyOf(keys);
        }
        Set<Object> distinct = new TreeSet<>((Comparator<Object>) order);
        distinct.addAll(keys);
        return List.copyOf(distinct);
    }

    private Optional<Plan> range(List<Condition.Comparison> required) {
        if (!Comparator.naturalOrder().equals(order)) {
            return Optional.empty(); // what filters compare is in another order
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
        return low == null && high == null ? Optional.empty() : Optional.of(new Plan.Range(low, high));
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
        return one == null || compare(one, other) < 0 ? other : one;
    }

    private static Bound lower(@Nullable Bound one, Bound other) {
        return one == null || compare(one, other) > 0 ? other : one;
    }

    @SuppressWarnings("unchecked") // keys of one table, which have a natural order
    private static int compare(Bound one, Bound other) {
        return ((Comparable<Object>) one.key()).compareTo(other.key());
    }
}
