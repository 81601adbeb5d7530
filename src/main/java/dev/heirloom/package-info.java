/**
 * In-memory tables that outlive the task that owns them.
 *
 * <p>This package is what an application declares: {@link dev.heirloom.TableSpec} and {@link dev.heirloom.Table}. What it
 * holds afterwards is a {@link dev.heirloom.ownership.TableRef}. Imports {@code supervision}, {@code ownership} and
 * {@code table} only.
 */
@NullMarked
package dev.heirloom;

import org.jspecify.annotations.NullMarked;
