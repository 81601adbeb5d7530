package dev.heirloom.documents;

/**
 * A row of a JSON table. Immutable.
 *
 * @param key a {@code String} or a {@code Long}: the value of the key field
 */
public record JsonRow(Object key, Document document) {}
