package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.table.HeirloomException;
import jakarta.ejb.ApplicationException;
import java.util.Collection;

/** Says that there is no table of that name, or none that was made from that spec. */
@ApplicationException // thrown to clients of the EJB as it is
public final class NoSuchTableException extends HeirloomException {
    NoSuchTableException(String table, Collection<String> tables) {
        super("there is no table " + table + "; there are: " + tables);
    }

    NoSuchTableException(TableSpec<?, ?> spec, Collection<String> tables) {
        super("there is no table that was made from the spec of " + spec.name() + "; there are: " + tables);
    }
}
