package dev.heirloom.manager;

import dev.heirloom.table.HeirloomException;
import java.util.Collection;

/** Says that no table of that name was made from that spec. */
public final class NoSuchTableException extends HeirloomException {
    NoSuchTableException(String table, Collection<String> tables) {
        super("there is no table " + table + " of that spec; there are: " + tables);
    }
}
