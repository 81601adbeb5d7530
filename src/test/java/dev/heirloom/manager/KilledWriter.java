package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.backup.Durability;
import dev.heirloom.ownership.TableRef;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** The process that {@link KilledProcessTest} kills. Needs nothing but Heirloom's classes. */
final class KilledWriter {
    static final int KEYS = 500;

    private static final int UNDER_WAY = 64;

    /** A row; that of key {@code last} has the number of the latest unit of work. */
    record Entry(String key, long unit, String text) {
        static Entry of(long unit) {
            return new Entry("k" + unit % KEYS, unit, "x".repeat((int) (unit % 100)));
        }
    }

    private KilledWriter() {}

    static TableSpec<String, Entry> spec(Durability durability) {
        return TableSpec.set("entries", Entry.class, Entry::key)
                .durability(durability)
                .timeout(Duration.ofMinutes(2)); // for machines that are busy with something else
    }

    /**
     * Writes for as long as it lives, and prints the number of each unit of work that was acknowledged.
     *
     * @param args the directory and the durability
     */
    public static void main(String[] args) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
        TableSpec<String, Entry> spec = spec(Durability.valueOf(args[1]));
        try (TestTables tables = TestTables.in(Path.of(args[0]), spec)) {
            TableRef<String, Entry> entries = tables.ref(spec);
            long unit = entries.call(t -> t.find("last")).map(Entry::unit).orElse(0L);
            print(out, "epoch " + tables.status(spec).epoch());
            Semaphore room = new Semaphore(UNDER_WAY);
            while (true) {
                long next = ++unit;
                room.acquire();
                var unused = entries.ask(t -> {
                            t.insert(Entry.of(next));
                            t.delete("k" + (next + KEYS / 2) % KEYS);
                            return t.insert(new Entry("last", next, ""));
                        })
                        .thenAccept(row -> {
                            print(out, Long.toString(row.unit()));
                            room.release();
                        });
            }
        }
    }

    private static void print(PrintStream out, String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }
}
