/**
 * Tables of JSON objects, made at run time by those who have no class for their rows: definitions, rows, filters.
 *
 * <p>Start at {@link dev.heirloom.documents.JsonTables}. Knows nothing of HTTP: {@code rest} shows it. Imports {@code
 * manager} and what lies below it.
 */
@NullMarked
package dev.heirloom.documents;

import org.jspecify.annotations.NullMarked;
