package dev.heirloom.documents;

import java.math.BigDecimal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way to a value in a document: the name of a member, or names with dots between them for one of a nested object. A
 * member whose own name has the dots comes first. As a function, it gives the value as an index has it: texts, truth
 * values and numbers, in the one form that equal numbers have; nothing else is in an index.
 */
record Selector(String path) implements Function<JsonRow, @Nullable Object> {
    /** The value; null if there is none. */
    @Nullable
    Object in(Document document) {
        Object direct = document.get(path);
        if (direct != null || path.indexOf('.') < 0) {
            return direct;
        }
        Object at = document;
        for (int from = 0; from <= path.length(); ) {
            int dot = path.indexOf('.', from);
            int end = dot < 0 ? path.length() : dot;
            if (!(at instanceof Document object)) {
                return null;
            }
            at = object.get(path.substring(from, end));
            from = end + 1;
        }
        return at;
    }

    @Override
    public @Nullable Object apply(JsonRow row) {
        Object value = in(row.document());
        if (value instanceof BigDecimal) {
            return Document.normal(value);
        }
        return value instanceof String || value instanceof Long || value instanceof Boolean ? value : null;
    }
}
