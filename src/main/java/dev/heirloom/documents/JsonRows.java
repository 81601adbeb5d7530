package dev.heirloom.documents;

import dev.heirloom.table.RowCodec;

/** Makes rows of documents, and texts of rows. Thread-safe. */
public final class JsonRows implements RowCodec<JsonRow> {
    private final String field;
    private final KeyType type;
    private final DocumentLimits limits;
    private final DocumentReader reader;

    /** Of what was accepted once, whatever the limits are by now. */
    private final DocumentReader kept = new DocumentReader(DocumentLimits.NONE);

    JsonRows(String field, KeyType type, DocumentLimits limits) {
        this.field = field;
        this.type = type;
        this.limits = limits;
        this.reader = new DocumentReader(limits);
    }

    public DocumentReader reader() {
        return reader;
    }

    /**
     * The key that a text is, in a URL.
     *
     * @throws DocumentException if it is none
     */
    public Object key(String text) {
        return type.ofText(text, limits.keyLength());
    }

    /**
     * The row that a document is.
     *
     * @throws DocumentException if it has no key, or none of the right type
     */
    public JsonRow row(Document document) {
        return new JsonRow(type.ofValue(document.get(field), field, limits.keyLength()), document);
    }

    /**
     * The row that a document is, which may lack the key.
     *
     * @throws DocumentException if it has another key, or none of the right type
     */
    public JsonRow row(Document document, Object key) {
        if (document.get(field) == null) {
            return new JsonRow(key, reader.sharing(document.withFirst(field, key)));
        }
        JsonRow row = row(document);
        if (!row.key().equals(key)) {
            throw DocumentException.invalid("\"" + field + "\" is " + row.key() + ", but the key in the URL is " + key
                    + ": a row keeps its key");
        }
        return row;
    }

    @Override
    public String encode(JsonRow row) {
        return DocumentWriter.toJson(row.document());
    }

    @Override
    public JsonRow decode(String line) {
        Document document = kept.read(line);
        return new JsonRow(type.ofValue(document.get(field), field, Integer.MAX_VALUE), document);
    }

    @Override
    public String name() {
        return "heirloom-json-rows";
    }
}
