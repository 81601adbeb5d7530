package dev.heirloom.manager;

import dev.heirloom.backup.KeptTable;
import dev.heirloom.ownership.Sabotage;
import dev.heirloom.ownership.Transfer;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells of the changes of one table's ownership: one event and one log line each. A crash of user code is a warning with
 * its stack trace once; the same again, and crashes that were asked for, come without it.
 *
 * <p>What happens is noted at once and told later, since the log and the observers take longer than a table needs to
 * change hands. Noted by one thread at a time; told by any.
 */
final class Chronicle {
    private static final System.Logger LOG = System.getLogger("dev.heirloom");

    private final Supplier<String> table;
    private final LongSupplier epoch;
    private final Machinery machinery;
    private final SerialQueue untold = new SerialQueue();
    private long sequence;
    private String lastCrash = "";
    private volatile TableStatus.@Nullable Failure lastFailure;

    Chronicle(Supplier<String> table, LongSupplier epoch, Machinery machinery) {
        this.table = table;
        this.epoch = epoch;
        this.machinery = machinery;
    }

    /** Tells what was noted, unless another thread does. */
    void tell() {
        untold.run();
    }

    /** Has what was noted told by another thread. */
    void tellElsewhere() {
        if (untold.isIdle()) {
            machinery.schedule(this::tell, 0);
        }
    }

    TableStatus.@Nullable Failure lastFailure() {
        return lastFailure;
    }

    void created() {
        log(Level.INFO, "created");
        fire(new TableEvent.Created(name(), now(), ++sequence));
    }

    void loaded(KeptTable.Loaded what, Duration took) {
        log(
                what.cut() == 0 ? Level.INFO : Level.WARNING,
                "loaded " + what.rows() + " rows, " + what.bytes() + " bytes, in " + took.toMillis() + " ms"
                        + (what.cut() == 0
                                ? ""
                                : "; cut off " + what.cut() + " bytes at the end that a crash had left incomplete"));
    }

    void loading(double done, Duration since) {
        log(Level.INFO, "is being loaded, " + Math.round(100 * done) + " % after " + since.toSeconds() + " s");
    }

    void setAside(Path where) {
        log(Level.WARNING, "begins anew: what was kept of it is in " + where);
    }

    void notLoaded(String why) {
        log(Level.ERROR, "not loaded: " + why);
    }

    void notFlushed(Exception why) {
        log(Level.ERROR, "closed, and it is not certain that its last changes are kept: " + Loading.reason(why));
    }

    void writable() {
        log(Level.INFO, "kept again: it is no longer read-only");
    }

    void stillReadOnly(Exception why) {
        log(Level.ERROR, "still read-only: " + Loading.reason(why));
    }

    void handedOver(String consumer, Transfer.Reason reason, Duration took) {
        log(reason == Transfer.Reason.INHERITED ? Level.INFO : Level.DEBUG, "handed over to " + consumer);
        fire(new TableEvent.HandedOver(name(), now(), ++sequence, consumer, reason, took));
    }

    void givenAway(String from, String to) {
        log(Level.DEBUG, "given away by " + from + " to " + to);
        fire(new TableEvent.GivenAway(name(), now(), ++sequence, from, to));
    }

    /** @param obstacle what kept its heir from inheriting, if anything, as the end of a sentence */
    void reclaimed(String consumer, @Nullable Throwable cause, String obstacle) {
        String why = (cause == null ? "it returned" : describe(cause)) + obstacle;
        if (cause == null) {
            log(
                    obstacle.isEmpty() ? Level.DEBUG : Level.WARNING,
                    "reclaimed from " + consumer + ", which returned" + obstacle);
        } else {
            lastFailure = failure(consumer, cause);
            String crash = consumer + origin(cause);
            String message = "reclaimed from " + consumer + ", which died of " + why;
            if (crash.equals(lastCrash) || Sabotage.isInjected(cause)) {
                log(Level.WARNING, message);
            } else {
                log(Level.WARNING, message, cause);
            }
            lastCrash = crash;
        }
        fire(new TableEvent.Reclaimed(name(), now(), ++sequence, consumer, why));
    }

    void rejected(String consumer, String why) {
        log(Level.WARNING, "has no thread for " + consumer + ": " + why);
        fire(new TableEvent.Rejected(name(), now(), ++sequence, consumer, why));
    }

    void notStarted(String consumer, String task) {
        log(Level.WARNING, "waits for " + consumer + ": the executor has not started the task \"" + task + "\"");
        fire(new TableEvent.NotStarted(name(), now(), ++sequence, consumer));
    }

    void stuck(String consumer) {
        log(Level.ERROR, "is stuck: its lock is held, it cannot be taken from " + consumer);
        fire(new TableEvent.Stuck(name(), now(), ++sequence, consumer));
    }

    void vacated(String why) {
        log(Level.INFO, "has no owner: " + why);
        fire(new TableEvent.Vacated(name(), now(), ++sequence, why));
    }

    void orphaned(String why) {
        log(Level.ERROR, "is " + why);
        fire(new TableEvent.Orphaned(name(), now(), ++sequence, why));
    }

    void revived() {
        log(Level.INFO, "revived");
        fire(new TableEvent.Revived(name(), now(), ++sequence));
    }

    void zombieEnded(String consumer) {
        log(Level.DEBUG, "a former owner, " + consumer + ", has ended");
        fire(new TableEvent.ZombieEnded(name(), now(), ++sequence, consumer));
    }

    void renamed(String from, String to) {
        log(Level.INFO, "was called " + from + " before");
        fire(new TableEvent.Renamed(to, now(), ++sequence, from));
    }

    void closed(String why) {
        log(Level.INFO, why);
        fire(new TableEvent.Closed(name(), now(), ++sequence));
    }

    /** In words, though the exception is the user's and may fail at that. */
    static String describe(@Nullable Throwable cause) {
        if (cause == null) {
            return "no reason given";
        }
        try {
            return String.valueOf(cause);
        } catch (RuntimeException | StackOverflowError e) {
            return cause.getClass().getName();
        }
    }

    /** What tells one defect from another: messages often differ for the same. */
    private static String origin(Throwable cause) {
        try {
            StackTraceElement[] trace = cause.getStackTrace();
            return cause.getClass().getName() + (trace.length == 0 ? "" : trace[0]);
        } catch (RuntimeException | StackOverflowError e) {
            return cause.getClass().getName(); // the exception is the user's
        }
    }

    private static TableStatus.Failure failure(String consumer, Throwable cause) {
        String message;
        try {
            message = cause.getMessage();
        } catch (RuntimeException | StackOverflowError e) {
            message = null; // the exception is the user's
        }
        return new TableStatus.Failure(cause.getClass().getName(), message, Instant.now(), consumer);
    }

    private String name() {
        return table.get();
    }

    private long now() {
        return epoch.getAsLong();
    }

    private void fire(TableEvent event) {
        untold.put(() -> machinery.fire(event));
    }

    private void log(Level level, String what) {
        if (LOG.isLoggable(level)) {
            String called = name();
            String at = String.valueOf(now());
            untold.put(() -> LOG.log(level, "Table {0}, epoch {1}: {2}", called, at, what));
        }
    }

    private void log(Level level, String what, Throwable cause) {
        String message = "Table " + name() + ", epoch " + now() + ": " + what;
        untold.put(() -> LOG.log(level, message, cause));
    }
}
