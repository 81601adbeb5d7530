package dev.heirloom;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A Payara Micro as a command starts it: a process of its own, on a free port of the loopback interface. */
public final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final URI base;
    private final Path log;

    private ServerProcess(Process process, URI base, Path log) {
        this.process = process;
        this.base = base;
        this.log = log;
    }

    /**
     * Starts it; it answers some time later.
     *
     * @param directory its working directory, where its log is, and what it needs for this start
     * @param war what is deployed
     * @param contextRoot where; begins with a slash
     * @param javaOptions options of the JVM
     * @param serverOptions options of the server
     */
    public static ServerProcess start(
            Path directory, File war, String contextRoot, List<String> javaOptions, List<String> serverOptions)
            throws IOException {
        int port = freePort();
        Path log = directory.resolve("server.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", System.getProperty("payara.microJar"), "--nohazelcast"));
        command.addAll(List.of("--prebootcommandfile", System.getProperty("heirloom.loopback")));
        command.addAll(List.of("--port", Integer.toString(port)));
        // Another each time: from a used one the server deploys the application of before first.
        command.addAll(List.of(
                "--rootdir", Files.createTempDirectory(directory, "root").toString()));
        command.addAll(serverOptions);
        command.addAll(List.of("--contextroot", contextRoot, "--deploy", war.toString()));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        String path = contextRoot.endsWith("/") ? contextRoot : contextRoot + "/";
        return new ServerProcess(process, URI.create("http://127.0.0.1:" + port + path), log);
    }

    /** The archive as a file. */
    public static File export(WebArchive archive, Path directory) {
        File war = directory.resolve("application.war").toFile();
        archive.as(ZipExporter.class).exportTo(war, true);
        return war;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Where the application is, with a slash at the end. */
    public URI base() {
        return base;
    }

    /** What it has said so far; of all that were started in its directory. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it with SIGKILL, and does not wait. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Kills it, and waits until it is gone. */
    @Override
    public void close() {
        kill();
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the server does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
