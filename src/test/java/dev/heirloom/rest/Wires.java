package dev.heirloom.rest;

import java.util.ArrayList;
import java.util.List;

/** A connection that remembers what was sent. */
final class Wires implements SseSubscriber.Wire {
    final List<StreamEvent> sent = new ArrayList<>();
    int beats;
    Runnable whileSending = () -> {};
    boolean closed;

    @Override
    public void send(StreamEvent event) {
        sent.add(event);
        whileSending.run();
    }

    @Override
    public void beat() {
        beats++;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }

    List<String> names() {
        return sent.stream().map(StreamEvent::name).toList();
    }
}
