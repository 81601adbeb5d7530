package dev.heirloom.rest;

import dev.heirloom.backup.UnsupportedRowException;
import dev.heirloom.ownership.RequestFailedException;
import dev.heirloom.table.InvalidRowException;
import dev.heirloom.table.TableFileException;
import java.io.IOException;
import java.time.Duration;

/** The problem that a failure of an export or import is; those that are not of files are {@link Problems}'. */
final class FileProblems {
    private static final Duration LATER = Duration.ofSeconds(30);

    private FileProblems() {}

    /** The problem that an exception is; logs it if it is a defect. */
    static Problem of(Throwable thrown) {
        Throwable why =
                thrown instanceof RequestFailedException && thrown.getCause() != null ? thrown.getCause() : thrown;
        String detail = String.valueOf(why.getMessage());
        if (why instanceof ProblemException e) {
            return e.problem();
        }
        if (why instanceof TableFileException e) {
            return Problem.of(400, "bad-table-file", "The body is not the whole, undamaged file of a table")
                    .withDetail(detail)
                    .with("line", e.line());
        }
        if (why instanceof UnsupportedRowException) {
            return Problem.of(422, "unsupported-rows", "Rows of this type cannot be written")
                    .withDetail(detail);
        }
        if (why instanceof InvalidRowException) {
            return unfit(detail);
        }
        if (why instanceof OutOfMemoryError) {
            return Problem.of(503, "no-memory", "There is not enough memory").withRetryAfter(LATER);
        }
        if (why instanceof IOException) {
            return Problem.of(503, "files-unavailable", "Files of the server cannot be read or written")
                    .withDetail(why.getClass().getSimpleName() + ": " + detail)
                    .withRetryAfter(LATER);
        }
        return ProblemMapper.problemOf(thrown);
    }

    /** The file is one of a table, but not of such a table. */
    static Problem unfit(String detail) {
        return Problem.of(422, "unfit-table-file", "The rows of the file cannot be rows of the table")
                .withDetail(detail);
    }

    static ProblemException badParameter(String parameter, String detail) {
        return new ProblemException(Problem.of(400, "bad-parameter", "A parameter is wrong")
                .withDetail(detail)
                .with("parameter", parameter));
    }
}
