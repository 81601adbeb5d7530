package dev.heirloom.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** A Redis server of our own: on a free port of the loopback interface. Ends with the JVM at the latest. */
public final class RedisServer implements AutoCloseable {
    public static final String PROGRAM = "redis-server";

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration START = Duration.ofSeconds(60);
    private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

    private final Process process;
    private final int port;

    /** One without persistence. */
    public RedisServer() {
        this("--appendonly", "no");
    }

    private RedisServer(String... options) {
        port = freePort();
        process = start(port, options);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        awaitAnswer();
    }

    /**
     * One that appends to a file, and has answered when it has loaded what there is.
     *
     * @param policy of its fsync: always or everysec
     */
    static RedisServer appending(Path directory, String policy) {
        return new RedisServer("--dir", directory.toString(), "--appendonly", "yes", "--appendfsync", policy);
    }

    public int port() {
        return port;
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    Jedis connect() {
        return new Jedis(LOOPBACK, port);
    }

    private void awaitAnswer() {
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try (Jedis client = connect()) {
                client.ping();
                return;
            } catch (JedisConnectionException | JedisDataException e) { // the latter while it loads
                if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                    process.destroy();
                    throw e;
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(START.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Process start(int port, String... options) {
        ProcessBuilder command = new ProcessBuilder(new ArrayList<>());
        command.command()
                .addAll(List.of(
                        PROGRAM,
                        "--bind",
                        LOOPBACK,
                        "--port",
                        Integer.toString(port),
                        "--save",
                        "",
                        "--daemonize",
                        "no"));
        command.command().addAll(List.of(options));
        command.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return command.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
