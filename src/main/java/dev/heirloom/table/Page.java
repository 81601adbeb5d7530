package dev.heirloom.table;

import java.util.List;
import java.util.Optional;

/**
 * Some rows of a table, and where to go on: {@code query.after(page.last().get())}. Immutable.
 *
 * @param rows the rows; those of one key of a bag are never split between two pages, so a page may exceed its limit
 * @param last the key of the last of them if there may be more; empty at the end
 */
public record Page<K, R>(List<R> rows, Optional<K> last) {
    public Page {
        rows = List.copyOf(rows);
    }
}
