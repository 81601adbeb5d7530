package dev.heirloom.manager;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The latest changes of ownership of all tables, numbered. Thread-safe; nothing blocks for longer than it takes to copy
 * what is asked for.
 */
public final class EventLog {
    private final String start = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private final AtomicLong tables = new AtomicLong();
    private final int capacity;
    private final int perTable;

    /** The oldest first. Guarded by itself. */
    private final Deque<LoggedEvent> latest = new ArrayDeque<>();

    private volatile long count;

    /**
     * @param capacity how many events are kept of all tables together
     * @param perTable how many each table keeps for its history
     */
    EventLog(int capacity, int perTable) {
        this.capacity = requirePositive(capacity, "capacity");
        this.perTable = requirePositive(perTable, "perTable");
    }

    private static int requirePositive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " is not positive");
        }
        return value;
    }

    /** What tells the numbers of this start of the application from those of others: letters and digits. */
    public String start() {
        return start;
    }

    /** The number of the latest event, 0 before the first. */
    public long count() {
        return count;
    }

    /** The number before that of the oldest event that is kept. */
    public long beforeOldest() {
        synchronized (latest) {
            LoggedEvent oldest = latest.peek();
            return oldest == null ? count : oldest.number() - 1;
        }
    }

    /** What is kept after an event, the oldest first. */
    public List<LoggedEvent> after(long number) {
        if (number >= count) {
            return List.of();
        }
        List<LoggedEvent> found = new ArrayList<>();
        synchronized (latest) {
            for (LoggedEvent each : latest) {
                if (each.number() > number) {
                    found.add(each);
                }
            }
        }
        return found;
    }

    LoggedEvent append(TableEvent event) {
        synchronized (latest) {
            LoggedEvent logged = new LoggedEvent(count + 1, Instant.now(), event);
            if (latest.size() == capacity) {
                latest.remove();
            }
            latest.add(logged);
            count = logged.number();
            return logged;
        }
    }

    int perTable() {
        return perTable;
    }

    /** What tells a table from all others that have, or had, its name: also after a new start. */
    String newTable() {
        return start + "." + Long.toString(tables.incrementAndGet(), Character.MAX_RADIX);
    }
}
