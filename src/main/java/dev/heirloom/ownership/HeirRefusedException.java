package dev.heirloom.ownership;

import dev.heirloom.table.HeirloomException;

/** Says that a consumer cannot be the heir of a table; the heir is the same as before. */
public final class HeirRefusedException extends HeirloomException {
    public HeirRefusedException(String table, Heir heir, String why) {
        super(heir.label() + " cannot be the heir of table " + table + ": " + why);
    }
}
