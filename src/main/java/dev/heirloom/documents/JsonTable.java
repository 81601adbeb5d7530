package dev.heirloom.documents;

import dev.heirloom.TableSpec;
import dev.heirloom.table.Expiry;
import dev.heirloom.table.IndexSpec;
import dev.heirloom.table.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A table of JSON objects: its definition, and what follows from it. Immutable, but for the names that rows share. */
public final class JsonTable {
    @SuppressWarnings("unchecked") // the keys of a table are all texts, or all numbers
    private static final Comparator<Object> ORDER =
            (Comparator<Object>) (Comparator<?>) Comparator.<String>naturalOrder();

    private final StoredTable stored;
    private final JsonRows rows;
    private final TableSpec<Object, JsonRow> spec;
    private final Planner planner;

    JsonTable(StoredTable stored, JsonLimits limits) {
        Definition definition = stored.definition();
        this.stored = stored;
        this.rows = new JsonRows(definition.key(), definition.keyType(), limits.rows());
        List<IndexSpec<Object, JsonRow>> indexes = new ArrayList<>();
        List<AccessPath> paths = new ArrayList<>();
        paths.add(new AccessPath(definition.key(), null, definition.keyType().keys()));
        for (Definition.Index each : definition.indexes()) {
            IndexSpec<Object, JsonRow> index = each.unique()
                    ? IndexSpec.uniqueIndex(each.name(), new Selector(each.field()))
                    : IndexSpec.index(each.name(), new Selector(each.field()));
            indexes.add(index);
            paths.add(new AccessPath(each.field(), index, Values.ANY));
        }
        this.spec = spec(stored.name(), definition, indexes, rows);
        this.planner = new Planner(spec.schema(), paths);
    }

    private JsonTable(StoredTable stored, JsonRows rows, TableSpec<Object, JsonRow> spec, Planner planner) {
        this.stored = stored;
        this.rows = rows;
        this.spec = spec;
        this.planner = planner;
    }

    /** The same table, for other readers and writers. */
    JsonTable with(StoredTable changed) {
        return new JsonTable(changed, rows, spec, planner);
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

    /** Finds where the rows of filters are. */
    public Planner planner() {
        return planner;
    }
}
