package dev.heirloom.backup;

import dev.heirloom.table.HeirloomException;
import java.nio.file.Path;

/** The directory for tables that are kept belongs to another process, or to another application of this one. */
public final class DirectoryInUseException extends HeirloomException {
    DirectoryInUseException(Path directory, String holder) {
        super("the data directory " + directory + " is in use by " + holder);
    }
}
