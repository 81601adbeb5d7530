package dev.heirloom.manager;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A table's status, taken anew for each attribute that is read. Thread-safe. */
final class ShownTable implements TableMXBean {
    private final Supplier<TableStatus> status;

    ShownTable(Supplier<TableStatus> status) {
        this.status = status;
    }

    @Override
    public String getState() {
        return status.get().state();
    }

    @Override
    public @Nullable String getWhy() {
        return status.get().why();
    }

    @Override
    public @Nullable String getOwner() {
        return status.get().owner();
    }

    @Override
    public long getEpoch() {
        return status.get().epoch();
    }

    @Override
    public long getRows() {
        return status.get().rows();
    }

    @Override
    public long getMemoryBytes() {
        return status.get().memoryBytes();
    }

    @Override
    public int getMailbox() {
        return status.get().mailbox();
    }

    @Override
    public int getMailboxCapacity() {
        return status.get().mailboxCapacity();
    }

    @Override
    public long getRequests() {
        return status.get().requests();
    }

    @Override
    public long getChanges() {
        return status.get().changes();
    }

    @Override
    public long getHandOvers() {
        return status.get().handOvers();
    }

    @Override
    public long getLastHandOverMicros() {
        Duration last = status.get().lastHandOver();
        return last == null ? -1 : TimeUnit.NANOSECONDS.toMicros(last.toNanos());
    }

    @Override
    public long getRestarts() {
        return status.get().restarts();
    }

    @Override
    public List<String> getZombies() {
        return status.get().zombies();
    }

    @Override
    public @Nullable String getReadOnly() {
        return status.get().readOnly();
    }
}
