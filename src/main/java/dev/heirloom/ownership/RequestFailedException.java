package dev.heirloom.ownership;

import dev.heirloom.table.NotAppliedException;

/** Says that the function of the request threw; the cause is what it threw. Nothing was changed. */
public final class RequestFailedException extends NotAppliedException {
    public RequestFailedException(String table, Throwable cause) {
        super("a request to table " + table + " failed, nothing was changed: " + cause, cause);
    }
}
