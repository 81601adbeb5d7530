package dev.heirloom.table;

import org.jspecify.annotations.Nullable;

/**
 * Says that the file of a table cannot be read: truncated, damaged, of another version or type; or that a row cannot be
 * written to one. The message names the line, never what is in it: rows may be personal data.
 */
public final class TableFileException extends HeirloomException {
    private final long line;

    /** @param source what the file is called; empty if it has no name */
    TableFileException(String source, long line, String why, @Nullable Throwable cause) {
        super((source.isEmpty() ? "" : source + ", ") + "line " + line + ": " + why, cause);
        this.line = line;
    }

    /** The line, counted from 1, that the message is about. */
    public long line() {
        return line;
    }
}
