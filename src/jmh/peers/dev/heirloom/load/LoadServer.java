package dev.heirloom.load;

import dev.heirloom.TableSpec;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Payara Micro of its own that runs the application, on a free port of the loopback interface. */
final class LoadServer implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Path OPTIONAL = Path.of("target", "optional");
    private static final Path LOOPBACK = Path.of("src", "main", "payara", "loopback.asadmin");
    private static final Pattern MICRO = Pattern.compile("payara-micro-\\d.*\\.jar");
    private static final Pattern CLIENT =
            Pattern.compile("(jedis|commons-pool2|gson|redis-authx-core|slf4j-api)-\\d.*\\.jar");

    private final Process process;
    private final int port;

    /**
     * Returns when it has its rows.
     *
     * @param redis the port of the Redis that it uses
     */
    LoadServer(Path directory, String name, int redis) {
        try {
            port = freePort();
            Path run = Files.createDirectories(directory.resolve(name));
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx1g",
                            "-Dload.redis=" + redis,
                            "-jar",
                            jar(MICRO).toString(),
                            "--nohazelcast",
                            "--prebootcommandfile",
                            LOOPBACK.toAbsolutePath().toString(),
                            "--port",
                            Integer.toString(port),
                            "--contextroot",
                            "/load",
                            "--rootdir",
                            Files.createTempDirectory(run, "root")
                                    .toString(), // in a used one the former is deployed first
                            "--deploy",
                            war(directory.resolve("load")).toString())
                    .directory(run.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(run.resolve("server.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            fill("/load/api/" + name + "/fill");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    /** Has rows be made, once the application is deployed: before, the server answers something else. */
    private void fill(String path) throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try (Connection connection = new Connection(port)) {
                if (connection.send(Connection.request("POST", port, path, "", "")) < 300) {
                    return;
                }
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("the application was not deployed");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    /** The application as a directory. */
    private static Path war(Path war) throws IOException {
        Path classes = war.resolve("WEB-INF/classes");
        Path libraries = Files.createDirectories(war.resolve("WEB-INF/lib"));
        copy(
                classes(TableSpec.class),
                classes,
                path -> !path.startsWith("dev/heirloom/calls") && !path.endsWith("microprofile-config.properties"));
        copy(classes(LoadServer.class), classes, path -> path.startsWith("dev/heirloom/load"));
        try (Stream<Path> optional = Files.list(OPTIONAL)) {
            for (Path each : Stream.concat(optional, classPath().filter(jar -> is(CLIENT, jar)))
                    .toList()) {
                Path copy = libraries.resolve(each.getFileName().toString());
                if (!Files.exists(copy)) {
                    Files.copy(each, copy);
                }
            }
        }
        return war;
    }

    private interface Choice {
        boolean takes(Path path);
    }

    private static void copy(Path from, Path to, Choice choice) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                Path relative = from.relativize(each);
                if (choice.takes(relative)) {
                    Path copy = to.resolve(relative);
                    Files.createDirectories(copy.getParent());
                    Files.write(copy, Files.readAllBytes(each));
                }
            }
        }
    }

    private static Path classes(Class<?> of) {
        try {
            return Path.of(
                    of.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path jar(Pattern name) {
        return classPath().filter(each -> is(name, each)).findFirst().orElseThrow();
    }

    private static boolean is(Pattern name, Path jar) {
        return name.matcher(jar.getFileName().toString()).matches();
    }

    private static Stream<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Processor time that some processes have used so far. */
    static Duration processorTime(List<ProcessHandle> of) {
        return of.stream()
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
