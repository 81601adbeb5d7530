/**
 * Heirs beyond the process: how rows outlive it.
 *
 * <p>Start at {@link dev.heirloom.backup.RowFormat} for how rows are written as bytes and as JSON, and read again by later
 * releases of the application. JDK and Jakarta JSON Processing; imports {@code table} only.
 */
@NullMarked
package dev.heirloom.backup;

import org.jspecify.annotations.NullMarked;
