package dev.heirloom.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a browser and the server, on loopback, and can be cut like a cable. Thread-safe. */
final class Relay implements AutoCloseable {
    private static final int BACKLOG = 50;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    /** @param target the port of the server */
    Relay(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept, "relay");
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Ends all connections, and has none come about. */
    void cut() {
        cut = true;
        open.forEach(Relay::end);
    }

    void mend() {
        cut = false;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }

    private void accept() {
        while (!listener.isClosed()) {
            acceptOne();
        }
    }

    private void acceptOne() {
        try {
            relay(listener.accept());
        } catch (IOException e) {
            return; // closed, or the server is not there: the browser sees as much
        }
    }

    private void relay(Socket browser) throws IOException {
        if (cut) {
            end(browser);
            return;
        }
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
            end(browser);
            throw e;
        }
        open.add(browser);
        open.add(server);
        if (cut) { // between the two looks at it
            open.forEach(Relay::end);
        }
        start(() -> pump(browser, server), "relay-to-server");
        start(() -> pump(server, browser), "relay-to-browser");
    }

    private void pump(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) { // one of the ends is gone: so is the other
            return;
        } finally {
            end(from);
            end(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
