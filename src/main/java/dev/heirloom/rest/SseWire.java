package dev.heirloom.rest;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletionException;

/** A connection by the server-sent events of JAX-RS. */
final class SseWire implements SseSubscriber.Wire {
    private final SseEventSink sink;
    private final Sse sse;
    private volatile boolean gone;

    SseWire(SseEventSink sink, Sse sse) {
        this.sink = sink;
        this.sse = sse;
    }

    @Override
    public void send(StreamEvent event) {
        OutboundSseEvent.Builder builder =
                sse.newEventBuilder().name(event.name()).data(String.class, event.data());
        send(event.id() == null ? builder : builder.id(event.id()));
    }

    @Override
    public void beat() {
        send(sse.newEventBuilder().comment(""));
    }

    private void send(OutboundSseEvent.Builder builder) {
        try {
            var unused = sink.send(builder.build()).toCompletableFuture().join();
        } catch (CompletionException | IllegalStateException e) { // the client is gone
            gone = true;
            close();
        }
    }

    @Override
    public boolean isClosed() {
        return gone || sink.isClosed();
    }

    @Override
    public void close() {
        try {
            sink.close();
        } catch (RuntimeException e) {
            gone = true;
        }
    }
}
