package dev.heirloom.backup;

import java.io.IOException;

/** A file of a journal is not what was written, and it is not the end that a crash has torn off. */
public final class DamagedException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedException(String file, long offset, String why) {
        super(file + ", at byte " + offset + ": " + why);
    }
}
