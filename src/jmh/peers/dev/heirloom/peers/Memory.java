package dev.heirloom.peers;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Measures the memory of stores, each in a process of its own, as heap in use after a full collection. */
final class Memory {
    private final Map<Measured, Bytes> figures = new HashMap<>();
    private final String heap;

    private record Measured(PeerKind peer, Case of) {}

    /** Bytes a row, before anything is overwritten and after every row was overwritten once. */
    record Bytes(double full, double overwritten) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.1f / %.1f", full, overwritten);
        }
    }

    /** @param heap the size of the heap as the JVM takes it, such as 8g */
    Memory(String heap) {
        this.heap = heap;
    }

    void measure(PeerKind peer, Case of) {
        List<String> printed = Commands.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + heap,
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:MarkSweepAlwaysCompactCount=1", // else a collection may leave 5 % of the heap uncollected
                "-classpath",
                System.getProperty("java.class.path"),
                MemoryProbe.class.getName(),
                peer.name(),
                of.keys().name(),
                Integer.toString(of.rows()),
                Integer.toString(of.rowsPerKey())));
        figures.put(
                new Measured(peer, of),
                new Bytes(Double.parseDouble(printed.get(0)), Double.parseDouble(printed.get(1))));
    }

    Optional<Bytes> bytes(PeerKind peer, Case of) {
        return Optional.ofNullable(figures.get(new Measured(peer, of)));
    }
}
