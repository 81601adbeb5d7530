package dev.heirloom.manager;

import dev.heirloom.backup.Durability;
import dev.heirloom.ownership.Heir;
import dev.heirloom.table.Access;
import dev.heirloom.table.TableType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a table at one moment. Immutable.
 *
 * @param state Loading, Unloaded, Vacant, Starting, Owned, BackingOff, Orphaned, Stuck or Closed
 * @param stateSince since when
 * @param why what brought it into a state without an owner; null with one
 * @param owner the consumer that owns it or is about to; null if there is none
 * @param home the consumer that is restarted when owners end
 * @param heir who would inherit if the owner ended now: never a consumer that is not live, nor the owner itself
 * @param epoch the epoch of the table
 * @param memoryBytes about what its rows take
 * @param restarts how many owners were followed by a restart
 * @param handOvers how many owners have held the table
 * @param lastHandOver how long the last hand-over took
 * @param notStarted whether the owner's task should run by now and does not
 * @param zombies names of the tasks that were replaced and still run
 * @param lastFailure what the last owner died of
 * @param required whether readiness depends on it
 * @param durability what it promises of changes that it has acknowledged
 * @param loaded how much of it is loaded, from 0 to 1; null unless it is being loaded
 * @param readOnly why nothing can be changed: what it keeps cannot be written; null if all is well
 * @param changes how many rows came, went or were replaced since the application was started
 * @param requests how many requests were applied since then
 * @param reads about how many reads there were since then, outside of units of work
 */
public record TableStatus(
        String name,
        TableType type,
        Access access,
        String state,
        Instant stateSince,
        @Nullable String why,
        @Nullable String owner,
        String home,
        Heir heir,
        long epoch,
        long rows,
        long memoryBytes,
        int mailbox,
        int mailboxCapacity,
        long restarts,
        long handOvers,
        @Nullable Duration lastHandOver,
        boolean notStarted,
        List<String> zombies,
        @Nullable Failure lastFailure,
        boolean required,
        Durability durability,
        @Nullable Double loaded,
        @Nullable String readOnly,
        long changes,
        long requests,
        long reads) {
    /** What an owner died of. */
    public record Failure(String type, @Nullable String message, Instant when, String consumer) {}

    public boolean isOwned() {
        return state.equals("Owned");
    }

    public boolean isVacant() {
        return state.equals("Vacant");
    }

    public boolean isLoading() {
        return state.equals("Loading");
    }

    public boolean isUnloaded() {
        return state.equals("Unloaded");
    }

    /** Whether an administrator can do something about it. */
    public boolean isRevivable() {
        return isOrphaned() || isVacant() || isUnloaded() || readOnly != null;
    }

    public boolean isClosed() {
        return state.equals("Closed");
    }

    public boolean isOrphaned() {
        return state.equals("Orphaned");
    }
}
