package dev.heirloom.documents;

import dev.heirloom.table.IndexSpec;
import dev.heirloom.table.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A way to the rows that have something in a field: the key of the table, or an index. Immutable.
 *
 * @param field the way to the value in the JSON of a row
 * @param index the index; null for the key of the table
 * @param values what the field has
 */
record AccessPath(String field, @Nullable IndexSpec<?, ?> index, Values values) {
    /** Those of a table of records: its key and its indexes, where it is declared of which field they are. */
    static List<AccessPath> of(Schema<?, ?> schema) {
        List<AccessPath> paths = new ArrayList<>();
        add(paths, schema, schema.keyField(), null);
        schema.indexes().forEach(index -> add(paths, schema, index.field(), index));
        return List.copyOf(paths);
    }

    private static void add(
            List<AccessPath> paths, Schema<?, ?> schema, @Nullable String field, @Nullable IndexSpec<?, ?> index) {
        if (field != null) {
            valuesOf(schema.rowType(), field).ifPresent(values -> paths.add(new AccessPath(field, index, values)));
        }
    }

    private static Optional<Values> valuesOf(Class<?> rowType, String field) {
        return Arrays.stream(rowType.getRecordComponents())
                .filter(component -> component.getName().equals(field))
                .map(RecordComponent::getType)
                .findFirst()
                .flatMap(Values::of);
    }

    boolean isKey() {
        return index == null;
    }

    boolean isOf(Condition.Comparison comparison) {
        return comparison.selector().path().equals(field);
    }
}
