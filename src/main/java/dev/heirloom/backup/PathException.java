package dev.heirloom.backup;

import org.jspecify.annotations.Nullable;

/** Where in a row something went wrong, gathered on the way up, and what was read of it before. */
final class PathException extends RuntimeException {
    private final StringBuilder path = new StringBuilder();
    private @Nullable OldRow read;

    private PathException(Throwable cause) {
        super(null, cause, false, false);
    }

    /**
     * One step further up.
     *
     * @throws Error if it is one
     */
    static PathException at(String step, Throwable why) {
        if (why instanceof Error error) {
            throw error;
        }
        PathException at = why instanceof PathException known ? known : new PathException(why);
        at.path.insert(0, step);
        return at;
    }

    /** Of all records around, the outermost counts. */
    PathException having(OldRow read) {
        this.read = read;
        return this;
    }

    /** The fields that were read before; null if there are none. */
    @Nullable
    OldRow read() {
        return read;
    }

    String path() {
        return path.toString();
    }

    String why() {
        Throwable cause = getCause();
        if (cause instanceof MalformedException malformed && malformed.getMessage() != null) {
            return malformed.getMessage();
        }
        return String.valueOf(cause);
    }
}
