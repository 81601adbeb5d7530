package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written to one client, and when it is the end. */
class SseSubscriberTest {
    private static final long HEARTBEAT = 1_000;

    private final Wires wire = new Wires();
    private final Deque<StreamEvent> events = new ArrayDeque<>();
    private final SseSubscriber subscriber = new SseSubscriber(
            new Feed() {
                @Override
                public String position() {
                    return "s-0";
                }

                @Override
                public boolean isReady() {
                    return !events.isEmpty();
                }

                @Override
                public List<StreamEvent> next() {
                    return List.of(events.remove());
                }
            },
            wire,
            HEARTBEAT);

    private void add(String id) {
        events.add(StreamEvent.of(id, "change", "{}"));
    }

    @Test
    void opening_saysWhereTheClientStands() {
        assertThat(subscriber.isDue(0)).isTrue();
        subscriber.write(0);
        assertThat(wire.sent).containsExactly(StreamEvent.of("s-0", "position", "{}"));
        assertThat(subscriber.isDue(HEARTBEAT - 1)).isFalse();
    }

    @Test
    void heartbeat_isSentWhenNothingHappens() {
        subscriber.write(0);
        int before = wire.beats;
        assertThat(subscriber.isDue(HEARTBEAT)).isTrue();
        subscriber.write(HEARTBEAT);
        assertThat(wire.beats).isEqualTo(before + 1);
        add("s-1");
        assertThat(subscriber.isDue(HEARTBEAT + 1)).isTrue();
        subscriber.write(HEARTBEAT + 1);
        assertThat(wire.beats).isEqualTo(before + 1);
        assertThat(subscriber.isDue(2 * HEARTBEAT)).isFalse(); // the event was a sign of life
    }

    @Test
    void lastEvent_closesTheConnection() {
        events.add(StreamEvent.last("ended", "{}"));
        add("never");
        subscriber.write(0);
        assertThat(wire.names()).containsExactly("position", "ended");
        assertThat(wire.closed).isTrue();
        assertThat(subscriber.isOver()).isTrue();
    }

    @Test
    void slowClient_isDropped_withoutWhatWaits() {
        subscriber.write(0);
        add("s-1");
        add("s-2");
        wire.whileSending = subscriber::tooSlow;
        subscriber.write(0);
        assertThat(wire.names()).containsExactly("position", "change", "dropped");
        assertThat(wire.closed).isTrue();
        assertThat(subscriber.isOver()).isTrue();
    }

    @Test
    void clientThatIsGone_isForgotten() {
        subscriber.write(0);
        add("s-1");
        add("s-2");
        wire.whileSending = wire::close;
        subscriber.write(0);
        assertThat(wire.names()).containsExactly("position", "change");
        assertThat(subscriber.isOver()).isTrue();
    }

    @Test
    void stop_isTheEnd_forAnIdleClientToo() {
        subscriber.write(0);
        subscriber.stop();
        assertThat(subscriber.isDue(1)).isTrue();
        subscriber.write(1);
        assertThat(wire.names()).containsExactly("position");
        assertThat(wire.closed).isTrue();
        assertThat(subscriber.isOver()).isTrue();
    }

    @Test
    void failure_endsTheStream_andNothingElse() {
        add("s-1");
        wire.whileSending = () -> {
            throw new IllegalStateException("expected");
        };
        subscriber.write(0);
        assertThat(subscriber.isOver()).isTrue();
        assertThat(wire.closed).isTrue();
    }

    @Test
    void endlessEvents_giveTheThreadBack() {
        wire.whileSending = () -> add("s");
        add("s");
        subscriber.write(0);
        assertThat(wire.sent.size()).isBetween(2, 100);
        assertThat(subscriber.isOver()).isFalse();
    }
}
