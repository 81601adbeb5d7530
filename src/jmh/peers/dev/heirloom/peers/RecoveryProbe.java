package dev.heirloom.peers;

import dev.heirloom.backup.Durability;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** A process that loads a table of ours, and prints how long that took. */
final class RecoveryProbe {
    private RecoveryProbe() {}

    /**
     * Prints the seconds from the beginning of the load to the first owner, those from the start of the JVM to it, and
     * the number of rows.
     *
     * @param args the directory
     */
    public static void main(String[] args) {
        long start = System.nanoTime();
        try (DurableTable table = new DurableTable(Path.of(args[0]), Durability.EVERY_SECOND)) {
            double seconds = (System.nanoTime() - start) / 1e9;
            double sinceStart = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
            System.out.println(seconds + " " + sinceStart + " " + table.size());
        }
    }
}
