package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.ownership.TableConsumer;
import org.jspecify.annotations.Nullable;

/** The consumers that are deployed, by name. */
interface Consumers {
    /** A consumer made for one owner, and how to end it; both on the owner's thread. */
    record Incarnation<K, R>(TableConsumer<K, R> consumer, Runnable destroy) {}

    /** Why the consumer cannot own the table; null if it can. Runs no code of the consumer's. */
    @Nullable
    String whyNotLive(TableSpec<?, ?> spec, String consumer);

    /** Makes a new instance. Runs code of the consumer's: for the owner's thread only. */
    <K, R> Incarnation<K, R> create(TableSpec<K, R> spec, String consumer);
}
