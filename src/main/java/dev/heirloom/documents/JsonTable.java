package dev.heirloom.documents;

import dev.heirloom.TableSpec;
import dev.heirloom.table.Expiry;
import dev.heirloom.table.IndexSpec;
import dev.heirloom.table.Schema;
import dev.heirloom.table.TableType;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table of JSON objects: its definition, and what follows from it. Immutable, but for the names that rows share. */
public final class JsonTable {
    @SuppressWarnings("unchecked") // the keys of a table are all texts, or all numbers
    private static final Comparator<Object> ORDER =
            (Comparator<Object>) (Comparator<?>) Comparator.<String>naturalOrder();

    private final StoredTable stored;
    private final JsonRows rows;
    private final List<IndexSpec<Object, JsonRow>> indexes;
    private final TableSpec<Object, JsonRow> spec;

    JsonTable(StoredTable stored, JsonLimits limits) {
        this(
                stored,
                new JsonRows(stored.definition().key(), stored.definition().keyType(), limits.rows()),
                stored.definition().indexes().stream().map(JsonTable::index).toList());
    }

    private JsonTable(StoredTable stored, JsonRows rows, List<IndexSpec<Object, JsonRow>> indexes) {
        this(stored, rows, indexes, spec(stored.name(), stored.definition(), indexes, rows));
    }

    private JsonTable(
            StoredTable stored,
            JsonRows rows,
            List<IndexSpec<Object, JsonRow>> indexes,
            TableSpec<Object, JsonRow> spec) {
        this.stored = stored;
        this.rows = rows;
        this.indexes = indexes;
        this.spec = spec;
    }

    /** The same table, for other readers and writers. */
    JsonTable with(StoredTable changed) {
        return new JsonTable(changed, rows, indexes, spec);
    }

    private static IndexSpec<Object, JsonRow> index(Definition.Index index) {
        return new IndexSpec<>(index.name(), new Selector(index.field()), index.unique(), null);
    }

    private static TableSpec<Object, JsonRow> spec(
            String name, Definition definition, List<IndexSpec<Object, JsonRow>> indexes, JsonRows rows) {
        TableSpec<Object, JsonRow> spec = switch (definition.type()) {
            case SET -> TableSpec.set(name, JsonRow.class, JsonRow::key);
            case ORDERED_SET -> TableSpec.orderedSet(name, JsonRow.class, JsonRow::key, ORDER);
            case BAG -> TableSpec.bag(name, JsonRow.class, JsonRow::key);
            case DUPLICATE_BAG -> TableSpec.duplicateBag(name, JsonRow.class, JsonRow::key);
        };
        spec = spec.access(definition.access())
                .immutable(JsonRow.class)
                .codec(rows)
                .durability(definition.durability())
                .changeBuffer(definition.changeBuffer());
        for (IndexSpec<Object, JsonRow> index : indexes) {
            spec = spec.index(index);
        }
        Duration idle = definition.expireAfterWrite();
        Long most = definition.maxRows();
        spec = idle == null ? spec : spec.expiry(Expiry.afterWrite(idle));
        return most == null ? spec : spec.maxRows(most);
    }

    public String name() {
        return stored.name();
    }

    /** Different for every table that was ever made, also of one name. */
    public String id() {
        return stored.id();
    }

    public Definition definition() {
        return stored.definition();
    }

    /** The definition as JSON. */
    public String toJson() {
        return DocumentWriter.toJson(DefinitionWriter.write(definition()));
    }

    public JsonRows rows() {
        return rows;
    }

    public Schema<Object, JsonRow> schema() {
        return spec.schema();
    }

    StoredTable stored() {
        return stored;
    }

    TableSpec<Object, JsonRow> spec() {
        return spec;
    }

    // ---- for plans ----

    boolean isOrdered() {
        return definition().type() == TableType.ORDERED_SET;
    }

    int compare(Object one, Object other) {
        return ORDER.compare(one, other);
    }

    /** The keys that a comparison allows, if it is one of the key. */
    Optional<Plan> byKey(Condition.Comparison comparison) {
        return isOfKey(comparison)
                ? Plan.values(comparison)
                        .map(values ->
                                new Plan.Keys(Plan.fitting(values, definition().keyType())))
                : Optional.empty();
    }

    /** The keys of an index that a comparison allows, if there is an index of the field. */
    Optional<Plan.Lookup> byIndex(Condition.Comparison comparison) {
        Optional<Set<Object>> values = Plan.values(comparison);
        return values.flatMap(keys -> indexes.stream()
                .filter(index -> index.key().equals(comparison.selector()))
                .min(Comparator.comparing(index -> !index.unique()))
                .map(index -> new Plan.Lookup(index, List.copyOf(keys))));
    }

    /** The key with which a comparison compares the key; null if it does not, or with what is no key. */
    @Nullable
    Object keyIn(Condition.Comparison comparison) {
        if (!isOfKey(comparison) || comparison.operands().size() != 1) {
            return null;
        }
        Operand operand = comparison.operands().get(0);
        if (definition().keyType() == KeyType.STRING) {
            return operand.text();
        }
        Object number = operand.number() == null ? null : Document.normal(operand.number());
        return number instanceof Long ? number : null;
    }

    private boolean isOfKey(Condition.Comparison comparison) {
        return comparison.selector().path().equals(definition().key());
    }
}
