package dev.heirloom.table;

import org.jspecify.annotations.Nullable;

/** The root of every exception that Heirloom throws on its own account. */
public abstract class HeirloomException extends RuntimeException {
    protected HeirloomException(String message) {
        super(message);
    }

    protected HeirloomException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
