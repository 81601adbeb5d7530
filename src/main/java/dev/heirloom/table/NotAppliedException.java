package dev.heirloom.table;

import org.jspecify.annotations.Nullable;

/** Says that a unit of work was not applied: it changed nothing, and to try again is safe. */
public abstract class NotAppliedException extends HeirloomException {
    protected NotAppliedException(String message) {
        super(message);
    }

    protected NotAppliedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
