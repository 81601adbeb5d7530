package dev.heirloom.manager;

import dev.heirloom.table.HeirloomException;

/** What an owner died of that hung. Its stack trace is that of the owner's thread when it was found. */
public final class OwnerHungException extends HeirloomException {
    OwnerHungException(String table, String consumer, String in, StackTraceElement[] where) {
        super("the owner " + consumer + " of table " + table + " hangs in " + in);
        setStackTrace(where);
    }
}
