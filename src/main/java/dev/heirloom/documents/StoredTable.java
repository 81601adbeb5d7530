package dev.heirloom.documents;

/**
 * A JSON table as it is written down, so that it is there again after a restart. Immutable.
 *
 * @param id different for every table that was ever made
 */
record StoredTable(String name, String id, Definition definition) {
    StoredTable with(Definition changed) {
        return new StoredTable(name, id, changed);
    }
}
