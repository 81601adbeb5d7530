package dev.heirloom.backup;

import dev.heirloom.table.HeirloomException;

/**
 * Says that a row that was written before cannot be read: because its type has changed since in a way that its {@link
 * Evolution} does not tell, or because it is damaged. The message names the fields that could be read.
 */
public final class UnreadableRowException extends HeirloomException {
    UnreadableRowException(String table, String type, PathException at) {
        super(
                "table " + table + ": a row cannot be read: " + type + at.path() + ": " + at.why()
                        + (at.read() == null ? "" : "; read of it: " + at.read()),
                at.getCause());
    }

    /** For all rows of a file. */
    UnreadableRowException(String table, String why) {
        super("table " + table + ": its rows cannot be read: " + why);
    }
}
