package dev.heirloom.manager;

import dev.heirloom.backup.KeptTable;
import dev.heirloom.ownership.Sabotage;
import dev.heirloom.ownership.Transfer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells of the changes of one table's ownership: one event and one log line each. A crash of user code is a warning with
 * its stack trace once; the same again, and crashes that were asked for, come without it.
 *
 * <p>What happens is noted at once and told later, since the log and the observers take longer than a table needs to
 * change hands. Noted by one thread at a time; told by any.
 *
 * <p>Each log record has as its last parameter a map of {@code table}, {@code epoch}, and where they apply {@code event},
 * {@code consumer} and {@code cause}: Payara's JSON log has them as fields.
 */
final class Chronicle {
    private static final Logger LOG = Logger.getLogger("dev.heirloom");

    /** Of how many classes deaths are counted. */
    static final int CLASSES = 20;

    /** What the rest is counted as. */
    static final String OTHER = "other";

    private final Supplier<String> table;
    private final LongSupplier epoch;
    private final Machinery machinery;
    private final SerialQueue untold = new SerialQueue();
    private long sequence;
    private String lastCrash = "";
    private volatile TableStatus.@Nullable Failure lastFailure;
    private final String id;
    private final ConcurrentMap<String, Long> deaths = new ConcurrentHashMap<>();

    /** The latest events, the oldest first. Guarded by itself. */
    private final Deque<LoggedEvent> history = new ArrayDeque<>();

    Chronicle(Supplier<String> table, LongSupplier epoch, Machinery machinery) {
        this.table = table;
        this.epoch = epoch;
        this.machinery = machinery;
        this.id = machinery.events().newTable();
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

    /** What tells the table from others of its name. */
    String id() {
        return id;
    }

    /** The latest events, the oldest first. */
    List<LoggedEvent> history() {
        synchronized (history) {
            return List.copyOf(history);
        }
    }

    /** How many owners died, by the class of what they died of. */
    Map<String, Long> deaths() {
        return Map.copyOf(deaths);
    }

    TableStatus.@Nullable Failure lastFailure() {
        return lastFailure;
    }

    void created() {
        log(Level.INFO, "created", Map.of("event", "Created"));
        fire(new TableEvent.Created(name(), now(), ++sequence));
    }

    void loaded(KeptTable.Loaded what, Duration took) {
        boolean whole = what.cut() == 0;
        log(
                whole ? Level.INFO : Level.WARNING,
                "loaded " + what.rows() + " rows, " + what.bytes() + " bytes, in " + took.toMillis() + " ms"
                        + (whole
                                ? ""
                                : "; cut off " + what.cut() + " bytes at the end that a crash had left incomplete"),
                Map.of("event", "Loaded"));
        fire(new TableEvent.Loaded(name(), now(), ++sequence, what.rows(), what.bytes(), took));
    }

    void loading(double done, Duration since) {
        log(
                Level.INFO,
                "is being loaded, " + Math.round(100 * done) + " % after " + since.toSeconds() + " s",
                Map.of("event", "Loading"));
    }

    void setAside(Path where) {
        log(Level.WARNING, "begins anew: what was kept of it is in " + where, Map.of("event", "SetAside"));
    }

    void notLoaded(String why) {
        log(Level.SEVERE, "not loaded: " + why, Map.of("event", "NotLoaded", "cause", why));
        fire(new TableEvent.NotLoaded(name(), now(), ++sequence, why));
    }

    void notFlushed(Exception why) {
        String reason = Loading.reason(why);
        log(
                Level.SEVERE,
                "closed, and it is not certain that its last changes are kept: " + reason,
                Map.of("cause", reason));
    }

    void readOnly(String why) {
        log(Level.SEVERE, "is read-only: " + why, Map.of("event", "ReadOnly", "cause", why));
        fire(new TableEvent.ReadOnly(name(), now(), ++sequence, why));
    }

    void writable() {
        log(Level.INFO, "kept again: it is no longer read-only", Map.of("event", "Writable"));
        fire(new TableEvent.Writable(name(), now(), ++sequence));
    }

    void stillReadOnly(Exception why) {
        String reason = Loading.reason(why);
        log(Level.SEVERE, "still read-only: " + reason, Map.of("cause", reason));
    }

    void handedOver(String consumer, Transfer.Reason reason, Duration took) {
        log(
                reason == Transfer.Reason.INHERITED ? Level.INFO : Level.FINE,
                "handed over to " + consumer,
                Map.of("event", "HandedOver", "consumer", consumer));
        fire(new TableEvent.HandedOver(name(), now(), ++sequence, consumer, reason, took));
    }

    void givenAway(String from, String to) {
        log(Level.FINE, "given away by " + from + " to " + to, Map.of("event", "GivenAway", "consumer", from));
        fire(new TableEvent.GivenAway(name(), now(), ++sequence, from, to));
    }

    /** The owner made way for the next, because somebody asked for that. */
    void restarted(String consumer) {
        String why = "a restart was asked for";
        log(Level.INFO, "taken back from " + consumer + ": " + why, Map.of("event", "Reclaimed", "consumer", consumer));
        fire(new TableEvent.Reclaimed(name(), now(), ++sequence, consumer, why, null));
    }

    /** @param obstacle what kept its heir from inheriting, if anything, as the end of a sentence */
    void reclaimed(String consumer, @Nullable Throwable cause, String obstacle) {
        String why = (cause == null ? "it returned" : describe(cause)) + obstacle;
        Map<String, String> fields = Map.of("event", "Reclaimed", "consumer", consumer, "cause", why);
        if (cause == null) {
            log(
                    obstacle.isEmpty() ? Level.FINE : Level.WARNING,
                    "reclaimed from " + consumer + ", which returned" + obstacle,
                    fields);
        } else {
            lastFailure = failure(consumer, cause);
            count(cause);
            String crash = consumer + origin(cause);
            boolean known = crash.equals(lastCrash) || Sabotage.isInjected(cause);
            log(Level.WARNING, "reclaimed from " + consumer + ", which died of " + why, fields, known ? null : cause);
            lastCrash = crash;
        }
        String type = cause == null ? null : cause.getClass().getName();
        fire(new TableEvent.Reclaimed(name(), now(), ++sequence, consumer, why, type));
    }

    private void count(Throwable cause) {
        String type = cause.getClass().getName();
        deaths.merge(deaths.containsKey(type) || deaths.size() < CLASSES ? type : OTHER, 1L, Long::sum);
    }

    void rejected(String consumer, String why) {
        log(
                Level.WARNING,
                "has no thread for " + consumer + ": " + why,
                Map.of("event", "Rejected", "consumer", consumer, "cause", why));
        fire(new TableEvent.Rejected(name(), now(), ++sequence, consumer, why));
    }

    void notStarted(String consumer, String task) {
        log(
                Level.WARNING,
                "waits for " + consumer + ": the executor has not started the task \"" + task + "\"",
                Map.of("event", "NotStarted", "consumer", consumer));
        fire(new TableEvent.NotStarted(name(), now(), ++sequence, consumer));
    }

    void stuck(String consumer) {
        log(
                Level.SEVERE,
                "is stuck: its lock is held, it cannot be taken from " + consumer,
                Map.of("event", "Stuck", "consumer", consumer));
        fire(new TableEvent.Stuck(name(), now(), ++sequence, consumer));
    }

    void vacated(String why) {
        log(Level.INFO, "has no owner: " + why, Map.of("event", "Vacated", "cause", why));
        fire(new TableEvent.Vacated(name(), now(), ++sequence, why));
    }

    void orphaned(String why) {
        log(Level.SEVERE, "is " + why, Map.of("event", "Orphaned", "cause", why));
        fire(new TableEvent.Orphaned(name(), now(), ++sequence, why));
    }

    void revived() {
        log(Level.INFO, "revived", Map.of("event", "Revived"));
        fire(new TableEvent.Revived(name(), now(), ++sequence));
    }

    void zombieEnded(String consumer) {
        log(
                Level.FINE,
                "a former owner, " + consumer + ", has ended",
                Map.of("event", "ZombieEnded", "consumer", consumer));
        fire(new TableEvent.ZombieEnded(name(), now(), ++sequence, consumer));
    }

    void renamed(String from, String to) {
        log(Level.INFO, "was called " + from + " before", Map.of("event", "Renamed"));
        fire(new TableEvent.Renamed(to, now(), ++sequence, from));
    }

    void closed(String why) {
        log(Level.INFO, why, Map.of("event", "Closed"));
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
        LoggedEvent logged = machinery.events().append(event);
        synchronized (history) {
            if (history.size() == machinery.events().perTable()) {
                history.remove();
            }
            history.add(logged);
        }
        untold.put(() -> machinery.fire(event));
    }

    private void log(Level level, String what, Map<String, String> fields) {
        log(level, what, fields, null);
    }

    private void log(Level level, String what, Map<String, String> fields, @Nullable Throwable thrown) {
        if (LOG.isLoggable(level)) {
            String at = String.valueOf(now());
            Map<String, String> all = new LinkedHashMap<>();
            all.put("table", name());
            all.put("epoch", at);
            all.putAll(fields);
            LogRecord record = new LogRecord(level, "Table {0}, epoch {1}: {2}");
            record.setLoggerName(LOG.getName());
            record.setSourceClassName(null); // nobody need look for it on the stack
            record.setParameters(new Object[] {name(), at, what, all});
            record.setThrown(thrown);
            untold.put(() -> LOG.log(record));
        }
    }
}
