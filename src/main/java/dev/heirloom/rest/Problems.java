package dev.heirloom.rest;

import dev.heirloom.backup.UnwritableRowException;
import dev.heirloom.documents.DocumentException;
import dev.heirloom.manager.NoSuchTableException;
import dev.heirloom.ownership.DeadlineException;
import dev.heirloom.ownership.GiveAwayRefusedException;
import dev.heirloom.ownership.MailboxFullException;
import dev.heirloom.ownership.NoOwnerException;
import dev.heirloom.ownership.OwnerDiedException;
import dev.heirloom.ownership.RequestFailedException;
import dev.heirloom.table.AccessDeniedException;
import dev.heirloom.table.ConflictException;
import dev.heirloom.table.CounterOverflowException;
import dev.heirloom.table.HeirloomException;
import dev.heirloom.table.InvalidRowException;
import dev.heirloom.table.KeyChangedException;
import dev.heirloom.table.NoSuchIndexException;
import dev.heirloom.table.NoSuchRowException;
import dev.heirloom.table.NotAppliedException;
import dev.heirloom.table.NotOwnerException;
import dev.heirloom.table.NotUniqueException;
import dev.heirloom.table.OutcomeUnknownException;
import dev.heirloom.table.ReadOnlyTableException;
import dev.heirloom.table.SnapshotExpiredException;
import dev.heirloom.table.TableClosedException;
import dev.heirloom.table.TableFullException;
import dev.heirloom.table.TableNotLoadedException;
import dev.heirloom.table.WrongTypeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The problem that each exception of Heirloom's is. A failed request says whether it was applied in a member
 * {@code outcome}: "not applied" or "in doubt".
 */
final class Problems {
    /** Owners are replaced within milliseconds, but the header knows only seconds. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** Wrappers in wrappers, at most; a chain of causes may have a loop. */
    private static final int DEPTH = 8;

    private Problems() {}

    /**
     * The problem that an exception stands for, or one that it wraps: requests and stages wrap what their code throws.
     * Empty for a defect, of which the caller learns nothing.
     */
    static Optional<Problem> of(Throwable thrown) {
        Throwable each = thrown;
        for (int i = 0; i < DEPTH && each != null; i++) {
            if (each instanceof ProblemException e) {
                return Optional.of(e.problem());
            }
            if (each instanceof DocumentException e) {
                return Optional.of(of(e));
            }
            if (each instanceof HeirloomException e && !(e instanceof RequestFailedException)) {
                return ofHeirloom(e);
            }
            if (!isWrapper(each)) {
                return Optional.empty();
            }
            each = each.getCause();
        }
        return Optional.empty();
    }

    /** What is wrong with what a client has sent. */
    static Problem of(DocumentException e) {
        return switch (e.kind()) {
            case MALFORMED ->
                Problem.of(400, "malformed", "What was sent cannot be read").withDetail(message(e));
            case LIMIT -> Problem.of(422, "limit", "What was sent is too large").withDetail(message(e));
            case INVALID -> invalid(message(e));
        };
    }

    private static String message(Throwable e) {
        return String.valueOf(e.getMessage());
    }

    /** Something that can be read and makes no sense. */
    static Problem invalid(String detail) {
        return Problem.of(422, "invalid", "What was sent makes no sense here").withDetail(detail);
    }

    /** What it gives, or the problem of its failure. */
    static <T> T told(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (DocumentException e) {
            throw new ProblemException(of(e));
        }
    }

    private static boolean isWrapper(Throwable thrown) {
        return thrown instanceof RequestFailedException
                || thrown instanceof CompletionException
                || thrown instanceof ExecutionException;
    }

    private static Optional<Problem> ofHeirloom(HeirloomException e) {
        Problem kind = kindOf(e);
        if (kind == null) {
            return Optional.empty();
        }
        Problem told = kind.withDetail(String.valueOf(e.getMessage()));
        if (e instanceof NotAppliedException) {
            return Optional.of(told.with("outcome", "not applied"));
        }
        return Optional.of(e instanceof OutcomeUnknownException ? told.with("outcome", "in doubt") : told);
    }

    /** That there is no table of a name. */
    static Problem noSuchTable(String name) {
        return Problem.of(404, "no-such-table", "There is no such table")
                .withDetail("there is no table called " + name);
    }

    private static @Nullable Problem kindOf(HeirloomException e) {
        if (e instanceof OwnerDiedException || e instanceof NotOwnerException) {
            return Problem.of(503, "owner-died", "The owner of the table died").withRetryAfter(SOON);
        }
        if (e instanceof MailboxFullException) {
            return Problem.of(503, "mailbox-full", "Too many requests wait for the owner of the table")
                    .withRetryAfter(SOON);
        }
        if (e instanceof NoOwnerException) {
            return Problem.of(503, "no-owner", "The table has no owner, and none is coming");
        }
        if (e instanceof DeadlineException) {
            return Problem.of(503, "deadline", "The request was not begun in time")
                    .withRetryAfter(SOON);
        }
        if (e instanceof TableNotLoadedException) {
            return Problem.of(503, "not-loaded", "The table is not loaded").withRetryAfter(SOON);
        }
        if (e instanceof ReadOnlyTableException) {
            return Problem.of(503, "read-only", "The table is read-only");
        }
        if (e instanceof TableClosedException) {
            return Problem.of(503, "table-closed", "The table is closed");
        }
        if (e instanceof ConflictException) {
            return Problem.of(503, "conflict", "Other writers got in the way").withRetryAfter(SOON);
        }
        if (e instanceof SnapshotExpiredException) {
            return Problem.of(503, "snapshot-expired", "Reading took too long").withRetryAfter(SOON);
        }
        if (e instanceof OutcomeUnknownException) {
            return Problem.of(504, "outcome-unknown", "Nobody knows whether the request was applied");
        }
        if (e instanceof AccessDeniedException) {
            return Problem.of(403, "access-denied", "The table does not allow this");
        }
        if (e instanceof NoSuchTableException) {
            return Problem.of(404, "no-such-table", "There is no such table");
        }
        if (e instanceof NoSuchRowException) {
            return Problem.of(404, "no-such-row", "The table has no such row");
        }
        if (e instanceof NotUniqueException) {
            return Problem.of(409, "not-unique", "Another row has this key of a unique index");
        }
        if (e instanceof TableFullException) {
            return Problem.of(507, "table-full", "The table has as many rows as it may have");
        }
        if (e instanceof CounterOverflowException) {
            return Problem.of(422, "counter-overflow", "The counter cannot hold the count");
        }
        if (e instanceof WrongTypeException) {
            return Problem.of(422, "wrong-type", "Tables of this type cannot do this");
        }
        if (e instanceof NoSuchIndexException) {
            return Problem.of(422, "no-such-index", "The table has no such index");
        }
        if (e instanceof InvalidRowException
                || e instanceof KeyChangedException
                || e instanceof UnwritableRowException) {
            return Problem.of(422, "invalid", "What was sent makes no sense here");
        }
        if (e instanceof GiveAwayRefusedException) {
            return Problem.of(409, "give-away-refused", "The table cannot be given away like this");
        }
        return null; // the rest are mistakes of the code that called
    }
}
