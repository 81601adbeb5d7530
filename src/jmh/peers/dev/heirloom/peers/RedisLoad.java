package dev.heirloom.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** Redis under load: that of its own program, {@code redis-benchmark}, which costs the least that a client can. */
final class RedisLoad {
    static final String PROGRAM = "redis-benchmark";

    private static final int BATCH = 1_000;
    private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

    private RedisLoad() {}

    /** Sets random keys to values of 200 bytes, by so many connections, each of which waits for its answer. */
    static Load sets(RedisServer server, int keys, int count, int clients) {
        List<String> printed = Commands.run(List.of(
                PROGRAM,
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(server.port()),
                "-t",
                "set",
                "-d",
                "200",
                "-r",
                Integer.toString(keys),
                "-n",
                Integer.toString(count),
                "-c",
                Integer.toString(clients),
                "--csv"));
        String[] cells = printed.stream()
                .filter(line -> line.startsWith("\"SET\""))
                .reduce((one, other) -> other)
                .orElseThrow(() -> new IllegalStateException(PROGRAM + " printed " + printed))
                .replace("\"", "")
                .split(",", -1);
        return new Load(Double.parseDouble(cells[1]), Double.parseDouble(cells[4]), Double.parseDouble(cells[6]));
    }

    /**
     * Writes rows, and has Redis rewrite its file.
     *
     * @param hashes whether each row is a hash of named fields; otherwise it is a string, packed
     */
    static void fill(Path directory, int rows, boolean hashes) {
        try (RedisServer server = RedisServer.appending(directory, "everysec");
                Jedis client = server.connect()) {
            Pipeline pipeline = client.pipelined();
            for (int i = 0; i < rows; i++) {
                Kept row = Kept.of(i, 0);
                if (hashes) {
                    pipeline.hset(row.id(), fields(row));
                } else {
                    pipeline.set(
                            row.id().getBytes(StandardCharsets.ISO_8859_1),
                            RedisFormat.value(new Row(row.id(), row.text(), row.count(), row.share(), row.status())));
                }
                if (i % BATCH == 0) {
                    pipeline.sync();
                }
            }
            pipeline.sync();
            client.bgrewriteaof();
            while (!client.info("persistence").contains("aof_rewrite_in_progress:0")
                    || !client.info("persistence").contains("aof_rewrite_scheduled:0")) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private static Map<String, String> fields(Kept row) {
        return Map.of(
                "text", row.text(),
                "count", Long.toString(row.count()),
                "share", Double.toString(row.share()),
                "status", row.status().name());
    }

    /** Seconds from its start until it answers. */
    static double start(Path directory, int rows) {
        long start = System.nanoTime();
        try (RedisServer server = RedisServer.appending(directory, "everysec");
                Jedis client = server.connect()) {
            double seconds = (System.nanoTime() - start) / 1e9;
            if (client.dbSize() != rows) {
                throw new UncheckedIOException(new IOException("Redis has loaded " + client.dbSize() + " keys"));
            }
            return seconds;
        }
    }
}
