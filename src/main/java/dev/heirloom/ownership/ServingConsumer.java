package dev.heirloom.ownership;

import java.time.Duration;

/** The built-in consumer: it serves requests and does nothing else. */
public final class ServingConsumer<K, R> implements TableConsumer<K, R> {
    /** What it is called where consumers are named. */
    public static final String NAME = "ServingConsumer";

    private static final Duration LONG = Duration.ofDays(1);

    @Override
    public void consume(OwnedTable<K, R> table, Requests requests) throws InterruptedException {
        while (table.isOwned()) {
            requests.serve(LONG);
        }
    }
}
