package dev.heirloom.rest;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** Takes what a server sends of its traces by OTLP over HTTP, and keeps it as it is. On loopback. */
final class TraceReceiver {
    private final HttpServer server;
    /** Guarded by itself. */
    private final StringBuilder received = new StringBuilder();

    TraceReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", exchange -> {
            try (exchange) {
                boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
                InputStream body = exchange.getRequestBody();
                byte[] bytes = (zipped ? new GZIPInputStream(body) : body).readAllBytes();
                synchronized (received) {
                    received.append(new String(bytes, StandardCharsets.ISO_8859_1));
                }
                exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The bytes so far, each as a character: protobuf, in which names and values of spans are readable. */
    String received() {
        synchronized (received) {
            return received.toString();
        }
    }

    void stop() {
        server.stop(0);
    }
}
