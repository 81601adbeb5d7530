package dev.heirloom.rest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection that remembers what was sent. */
final class Wires implements SseSubscriber.Wire {
    final List<StreamEvent> sent = new ArrayList<>();
    final List<String> comments = new ArrayList<>();
    final List<String> positions = new ArrayList<>();
    Runnable whileSending = () -> {};
    boolean closed;

    @Override
    public void send(StreamEvent event) {
        sent.add(event);
        whileSending.run();
    }

    @Override
    public void comment(String text, @Nullable String id) {
        comments.add(text);
        if (id != null) {
            positions.add(id);
        }
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
