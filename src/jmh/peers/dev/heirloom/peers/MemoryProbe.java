package dev.heirloom.peers;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** A program that prints how many bytes of heap a store takes for each row, over those of the rows and their keys. */
final class MemoryProbe {
    private static final int WARM_UP = 1_000;
    private static final int COLLECTIONS = 3;

    private MemoryProbe() {}

    /**
     * Measures one store.
     *
     * @param args the store, the kind of keys, how many rows, how many a key
     */
    public static void main(String[] args) {
        PeerKind kind = PeerKind.valueOf(args[0]);
        Keys keys = Keys.valueOf(args[1]);
        int rows = Integer.parseInt(args[2]);
        int rowsPerKey = Integer.parseInt(args[3]);
        measure(kind, rows(keys, WARM_UP * rowsPerKey, rowsPerKey)); // loads the classes
        double[] bytes = measure(kind, rows(keys, rows, rowsPerKey));
        System.out.printf(Locale.ROOT, "%.2f%n%.2f%n", bytes[0], bytes[1]);
    }

    /** Bytes a row, before anything is overwritten and after every row was overwritten once. */
    private static double[] measure(PeerKind kind, Row[] rows) {
        long before = used();
        try (Peer store = kind.open()) {
            for (Row row : rows) {
                store.put(row);
            }
            long full = used();
            overwrite(store, rows);
            long overwritten = used();
            return new double[] {(full - before) / (double) rows.length, (overwritten - before) / (double) rows.length};
        }
    }

    private static void overwrite(Peer store, Row[] rows) {
        for (int i = 0; i < rows.length; i++) {
            Row next = rows[i].next();
            if (store instanceof Peer.Bag bag) {
                bag.delete(rows[i]);
            }
            store.put(next);
            rows[i] = next;
        }
    }

    private static Row[] rows(Keys keys, int count, int rowsPerKey) {
        Object[] shuffled = keys.shuffled(count / rowsPerKey, 1);
        Row[] rows = new Row[count];
        for (int i = 0; i < count; i++) {
            rows[i] = Row.of(shuffled[i % shuffled.length], 2L * (i / shuffled.length)); // the next row is another one
        }
        return rows;
    }

    /** The least of some full collections, which leave nothing that is not reachable, with the options Memory gives. */
    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc(); // does nothing at all if it finds native code in an array
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
