package dev.heirloom.ownership;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator wants of an owner, to be done between two requests: to give the table away, or to end so that
 * its successor starts. Nothing is lost by it: requests that wait stay in the mailbox. Thread-safe.
 */
public final class Order {
    private final @Nullable String to;
    private final CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();

    private Order(@Nullable String to) {
        this.to = to;
    }

    /** To give the table to another consumer. */
    public static Order giveAway(String to) {
        return new Order(to);
    }

    /** To end, in an orderly way, and be followed by the next owner. */
    public static Order restart() {
        return new Order(null);
    }

    /** Whom to give the table to; null for a restart. */
    @Nullable
    String to() {
        return to;
    }

    /**
     * What became of it: {@link GiveAwayRefusedException} if the table cannot be given away like this, {@link
     * NoOwnerException} if the owner ended of something else first.
     */
    public CompletionStage<@Nullable Void> outcome() {
        return outcome.minimalCompletionStage();
    }

    public void done() {
        outcome.complete(null);
    }

    public void fail(RuntimeException why) {
        outcome.completeExceptionally(why);
    }
}
