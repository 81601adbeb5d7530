/**
 * The manager: it creates the tables, is their heir, hands them to consumers on managed threads and takes them back.
 *
 * <p>Start at {@link dev.heirloom.manager.TableManager}; {@link dev.heirloom.manager.Custodian} looks after one table;
 * {@link dev.heirloom.manager.TestTables} does the same without a container. The only code that knows of EJB and
 * Jakarta Concurrency. Imports everything below it, never {@code rest} or {@code calls}.
 */
@NullMarked
package dev.heirloom.manager;

import org.jspecify.annotations.NullMarked;
