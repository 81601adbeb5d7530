package dev.heirloom.ownership;

import dev.heirloom.table.HeirloomException;

/** Says that a table cannot be given to that consumer; the giver still owns it. */
public final class GiveAwayRefusedException extends HeirloomException {
    public GiveAwayRefusedException(String table, String to, String why) {
        super("table " + table + " cannot be given to " + to + ": " + why);
    }
}
