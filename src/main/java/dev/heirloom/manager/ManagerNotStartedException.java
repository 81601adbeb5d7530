package dev.heirloom.manager;

import dev.heirloom.table.HeirloomException;
import jakarta.ejb.ApplicationException;
import java.util.List;

/** Says that the table manager could not start, so that there are no tables. */
@ApplicationException // thrown to clients of the EJB as it is
public final class ManagerNotStartedException extends HeirloomException {
    ManagerNotStartedException(List<String> problems) {
        super("the table manager did not start: " + problems);
    }
}
