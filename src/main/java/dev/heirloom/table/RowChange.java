package dev.heirloom.table;

import java.util.Optional;

/**
 * What a committed unit of work did to one row: it came, it went, or another took its place. Immutable.
 *
 * <p>A row is told by its identity: one that was written again as it is has not changed, one that an equal row took the
 * place of has. In a bag no row takes another's place: each that went and each that came is a change of its own.
 *
 * @param sequence its number: every change of a table has the next higher one
 * @param commit the number of the commit it is part of: changes of one unit of work have the same
 * @param epoch the epoch of the table when it was committed
 * @param key the key of the row
 * @param before the row that is gone; empty if there was none
 * @param after the row that is there now; empty if there is none
 * @param expired whether the row is gone because its time was over
 */
public record RowChange<K, R>(
        long sequence, long commit, long epoch, K key, Optional<R> before, Optional<R> after, boolean expired) {}
