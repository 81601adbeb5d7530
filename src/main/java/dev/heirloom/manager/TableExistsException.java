package dev.heirloom.manager;

import dev.heirloom.table.HeirloomException;
import jakarta.ejb.ApplicationException;

/** Says that there is a table of that name already; nothing was changed. */
@ApplicationException // thrown to clients of the EJB as it is
public final class TableExistsException extends HeirloomException {
    TableExistsException(String table) {
        super("there is a table called " + table + " already");
    }
}
