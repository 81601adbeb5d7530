package dev.heirloom.ownership;

import dev.heirloom.table.NotAppliedException;

/** Says that the owner of a table was about to wait for itself; nothing was changed. */
public final class SelfRequestException extends NotAppliedException {
    public SelfRequestException(String table) {
        super("the owner of table " + table + " cannot wait for a request to its own table: change the table directly");
    }
}
