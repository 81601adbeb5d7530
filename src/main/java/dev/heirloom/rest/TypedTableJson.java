package dev.heirloom.rest;

import dev.heirloom.backup.UnreadableRowException;
import dev.heirloom.backup.UnwritableRowException;
import dev.heirloom.documents.Document;
import dev.heirloom.documents.DocumentException;
import dev.heirloom.documents.DocumentReader;
import dev.heirloom.documents.DocumentWriter;
import dev.heirloom.table.RowCodec;
import dev.heirloom.table.Schema;

/** The rows of an application's tables, by their fields. */
final class TypedTableJson<K, R> implements RowJson<K, R> {
    private final Schema<K, R> schema;
    private final TypedKeys<K> keys;
    private final RowCodec<R> codec;
    private final DocumentReader reader;
    private final DocumentReader unlimited;

    /**
     * @param codec writes rows as JSON
     * @param reader reads what clients send
     * @param unlimited reads what the codec writes
     */
    TypedTableJson(
            Schema<K, R> schema,
            TypedKeys<K> keys,
            RowCodec<R> codec,
            DocumentReader reader,
            DocumentReader unlimited) {
        this.schema = schema;
        this.keys = keys;
        this.codec = codec;
        this.reader = reader;
        this.unlimited = unlimited;
    }

    @Override
    public K key(String text) {
        return keys.key(text);
    }

    @Override
    public String text(K key) {
        return keys.text(key);
    }

    @Override
    public Document document(R row) {
        try {
            return unlimited.read(json(row));
        } catch (DocumentException e) {
            throw new ProblemException(unsupported(schema.name(), "a row is no JSON object: " + e.getMessage()));
        }
    }

    @Override
    public String json(R row) {
        try {
            return codec.encode(row);
        } catch (UnwritableRowException e) {
            throw new ProblemException(unsupported(schema.name(), String.valueOf(e.getMessage())));
        }
    }

    static Problem unsupported(String table, String why) {
        return Problem.of(422, "unsupported-rows", "The rows of this table cannot be shown as JSON")
                .withDetail("table " + table + ": " + why);
    }

    @Override
    @SuppressWarnings("CatchingUnchecked")
    public R row(Document document) {
        try {
            return codec.decode(DocumentWriter.toJson(document));
        } catch (UnreadableRowException e) {
            throw new ProblemException(Problems.invalid(String.valueOf(e.getMessage())));
        } catch (Exception e) {
            throw new ProblemException(Problems.invalid("the row cannot be read"));
        }
    }

    @Override
    public R row(Document document, K key) {
        R row = row(document);
        K its = keyOf(row);
        boolean same = schema.order() == null ? its.equals(key) : schema.order().compare(its, key) == 0;
        if (!same) {
            throw new ProblemException(Problems.invalid(
                    "the key of the row is " + its + ", but the one in the URL is " + key + ": a row keeps its key"));
        }
        return row;
    }

    @Override
    public DocumentReader reader() {
        return reader;
    }

    @Override
    public K keyOf(R row) {
        K key = schema.key().apply(row);
        if (key == null) {
            throw new ProblemException(Problems.invalid("the key of the row is null"));
        }
        return key;
    }
}
