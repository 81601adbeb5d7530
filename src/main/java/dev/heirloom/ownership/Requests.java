package dev.heirloom.ownership;

import dev.heirloom.table.NotOwnerException;
import java.time.Duration;

/**
 * The requests that wait in a table's mailbox, as its owner sees them. Not thread-safe: for the owner's thread only.
 */
public final class Requests {
    private final Owner<?, ?> owner;

    Requests(Owner<?, ?> owner) {
        this.owner = owner;
    }

    /**
     * Serves the requests that wait and those that come, in the order they came, each as one unit of work, until the
     * time is over. Zero serves what waits now. A request that throws an {@code Exception} fails alone; one that throws
     * an {@code Error} takes the owner along.
     *
     * @return how many were served
     * @throws NotOwnerException when the table has another owner by now: let it escape
     * @throws InterruptedException when the thread is interrupted while it waits
     */
    public int serve(Duration atMost) throws InterruptedException {
        return owner.serve(atMost.toNanos());
    }
}
