package dev.heirloom.documents;

import dev.heirloom.table.IndexSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a filter can be found: a few keys, a few keys of an index, a range of keys, or anywhere. The filter
 * still has to be asked of each row found. Immutable.
 */
public sealed interface Plan {
    /** Rows with these keys. */
    record Keys(List<Object> keys) implements Plan {}

    /** Rows with these keys in an index, different ones. */
    record Lookup(IndexSpec<Object, JsonRow> index, List<Object> keys) implements Plan {}

    /** Rows with keys in a range; null is no bound. */
    record Range(@Nullable Bound low, @Nullable Bound high) implements Plan {}

    /** Any row. */
    record Scan() implements Plan {}

    /** The end of a range. */
    record Bound(Object key, boolean included) {}

    /** The best plan for a filter: keys before unique indexes before other indexes before ranges. */
    static Plan of(Filter filter, JsonTable table) {
        List<Condition.Comparison> required = filter.required();
        return required.stream()
                .flatMap(each -> table.byKey(each).stream())
                .findFirst()
                .or(() -> required.stream()
                        .flatMap(each -> table.byIndex(each).stream())
                        .min(Comparator.comparing(each -> !each.index().unique())))
                .or(() -> table.isOrdered() ? range(required, table) : Optional.empty())
                .orElseGet(Scan::new);
    }

    /** The values that a comparison allows, as keys and indexes have them; empty if there may be others. */
    static Optional<Set<Object>> values(Condition.Comparison comparison) {
        boolean equality =
                comparison.operator() == Condition.Operator.EQUAL || comparison.operator() == Condition.Operator.IN;
        if (!equality || comparison.operands().stream().anyMatch(Operand::isPattern)) {
            return Optional.empty();
        }
        Set<Object> values = new LinkedHashSet<>();
        comparison.operands().forEach(each -> values.addAll(each.values()));
        return Optional.of(values);
    }

    private static Optional<Plan> range(List<Condition.Comparison> required, JsonTable table) {
        Bound low = null;
        Bound high = null;
        for (Condition.Comparison each : required) {
            Object key = table.keyIn(each);
            if (key == null) {
                continue;
            }
            switch (each.operator()) {
                case GREATER -> low = higher(low, new Bound(key, false), table);
                case AT_LEAST -> low = higher(low, new Bound(key, true), table);
                case LESS -> high = lower(high, new Bound(key, false), table);
                case AT_MOST -> high = lower(high, new Bound(key, true), table);
                default -> {}
            }
        }
        return low == null && high == null ? Optional.empty() : Optional.of(new Range(low, high));
    }

    private static Bound higher(@Nullable Bound one, Bound other, JsonTable table) {
        return one == null || table.compare(other.key(), one.key()) > 0 ? other : one;
    }

    private static Bound lower(@Nullable Bound one, Bound other, JsonTable table) {
        return one == null || table.compare(other.key(), one.key()) < 0 ? other : one;
    }

    /** For those who build lists of keys. */
    static List<Object> fitting(Set<Object> values, KeyType type) {
        List<Object> keys = new ArrayList<>();
        values.stream().filter(type::fits).forEach(keys::add);
        return keys;
    }
}
