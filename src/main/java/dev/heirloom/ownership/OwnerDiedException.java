package dev.heirloom.ownership;

import dev.heirloom.table.NotAppliedException;
import org.jspecify.annotations.Nullable;

/** Says that the owner ended while it ran the request, or that the table lost it; nothing was changed. */
public final class OwnerDiedException extends NotAppliedException {
    public OwnerDiedException(String table, @Nullable Throwable cause) {
        super(
                "the owner of table " + table + " died before it applied the request: nothing was changed, try again",
                cause);
    }
}
