package dev.heirloom.rest;

import dev.heirloom.documents.Document;
import dev.heirloom.documents.DocumentReader;

/**
 * How the rows and keys of one table are written in JSON and URLs. Thread-safe. Where something is not as it must be,
 * methods throw {@link ProblemException}.
 */
interface RowJson<K, R> {
    /** The key that a text is. */
    K key(String text);

    /** A key as a text that {@link #key} reads. */
    String text(K key);

    /** A row as an object. */
    Document document(R row);

    /** A row as JSON. */
    String json(R row);

    /** The row that an object is. */
    R row(Document document);

    /** The row that an object is, which has this key or, if that can be known, none. */
    R row(Document document, K key);

    /** Reads objects within the limits. */
    DocumentReader reader();

    /** The key of a row. */
    K keyOf(R row);
}
