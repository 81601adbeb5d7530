/**
 * Heirs beyond the process: how the rows of a table outlive it.
 *
 * <p>Start at {@link dev.heirloom.backup.Backup} for what is kept, and at {@link dev.heirloom.backup.RowFormat} for how rows
 * are written as bytes and as JSON, and read again by later releases of the application. {@code Journal} is the log of one
 * table, {@code Segment} one of its files, {@code Records} what they hold; {@code Recovery} reads them, {@code Cleaner} and
 * {@code Keeper} look after them. JDK and Jakarta JSON Processing; imports {@code table} only.
 */
@NullMarked
package dev.heirloom.backup;

import org.jspecify.annotations.NullMarked;
