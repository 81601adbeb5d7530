/**
 * What a table is: rows found by key, who may touch them, units of work and snapshots.
 *
 * <p>Start at {@link dev.heirloom.table.Rows} for what can be read and at {@link dev.heirloom.table.UnitOfWork} for
 * what can be changed; {@link dev.heirloom.table.VersionedTable} is the engine. Pure JDK; imports no other package of
 * Heirloom.
 */
@NullMarked
package dev.heirloom.table;

import org.jspecify.annotations.NullMarked;
