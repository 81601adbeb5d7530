package dev.heirloom.rest;

import dev.heirloom.documents.Document;
import dev.heirloom.documents.DocumentReader;
import dev.heirloom.documents.JsonRow;
import dev.heirloom.documents.JsonRows;

/** The rows of JSON tables, which are what they look like. */
final class JsonTableJson implements RowJson<Object, JsonRow> {
    private final JsonRows rows;

    JsonTableJson(JsonRows rows) {
        this.rows = rows;
    }

    @Override
    public Object key(String text) {
        return Problems.told(() -> rows.key(text));
    }

    @Override
    public String text(Object key) {
        return key.toString();
    }

    @Override
    public Document document(JsonRow row) {
        return row.document();
    }

    @Override
    public String json(JsonRow row) {
        return rows.encode(row);
    }

    @Override
    public JsonRow row(Document document) {
        return Problems.told(() -> rows.row(document));
    }

    @Override
    public JsonRow row(Document document, Object key) {
        return Problems.told(() -> rows.row(document, key));
    }

    @Override
    public DocumentReader reader() {
        return rows.reader();
    }

    @Override
    public Object keyOf(JsonRow row) {
        return row.key();
    }
}
