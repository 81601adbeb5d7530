package dev.heirloom.manager;

import java.util.List;
import javax.management.MXBean;
import org.jspecify.annotations.Nullable;

/** A table as JMX shows it, by {@code dev.heirloom:type=Table,application=...,name="..."}. To be read only. */
@MXBean
public interface TableMXBean {
    /** Loading, Unloaded, Vacant, Starting, Owned, BackingOff, Orphaned, Stuck or Closed. */
    String getState();

    /** What brought it into a state without an owner; null with one. */
    @Nullable
    String getWhy();

    /** The consumer that owns it or is about to; null if there is none. */
    @Nullable
    String getOwner();

    /** The generation of ownership. */
    long getEpoch();

    long getRows();

    /** About what the rows take. */
    long getMemoryBytes();

    /** Requests that wait for the owner. */
    int getMailbox();

    int getMailboxCapacity();

    /** Requests that were applied since the application was started. */
    long getRequests();

    /** Rows that came, went or were replaced since then. */
    long getChanges();

    /** Owners that have held it. */
    long getHandOvers();

    /** How long the last hand-over took; -1 if there was none. */
    long getLastHandOverMicros();

    /** Owners that were followed by a restart. */
    long getRestarts();

    /** The names of replaced tasks that still run. */
    List<String> getZombies();

    /** Why nothing can be changed; null if all is well. */
    @Nullable
    String getReadOnly();
}
