package dev.heirloom.rest;

import dev.heirloom.documents.Planner;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.Revision;
import dev.heirloom.table.Schema;

/**
 * A table as the API reads and writes it. Immutable.
 *
 * @param name what it is called now
 * @param tag what the ETags of its rows end with: another one for a table whose commits are numbered anew
 * @param planner finds where the rows of a filter are
 */
record HttpTable<K, R>(
        String name, TableRef<K, R> ref, Schema<K, R> schema, RowJson<K, R> json, String tag, Planner planner) {
    /** The ETag of what a key holds: the number of its commit, and whose. */
    String etag(Revision<R> revision) {
        return '"' + Long.toString(revision.commit()) + tag + '"';
    }

    boolean isBag() {
        return schema.type().isBag();
    }
}
