package dev.heirloom.table;

import org.jspecify.annotations.Nullable;

/**
 * A function that reads and changes a table in one unit of work: all of its changes appear together, or none does.
 *
 * <p>It may run more than once on a {@link Access#PUBLIC public} table (each time on a fresh unit, of which at most one
 * is applied), so it should have no effect but on the table.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface Work<K, R, T extends @Nullable Object> {
    /**
     * Runs on the thread of whoever applies the unit of work: the owner's for a request.
     *
     * @param table the unit of work; dead as soon as this method ends
     * @throws Exception anything; the changes are dropped then
     */
    T apply(UnitOfWork<K, R> table) throws Exception;
}
