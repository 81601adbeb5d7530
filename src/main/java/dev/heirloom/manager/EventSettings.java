package dev.heirloom.manager;

import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/** The settings of event logs and streams. */
final class EventSettings {
    private static final String PREFIX = "heirloom.events.";

    private final Config config;

    EventSettings(Config config) {
        this.config = config;
    }

    EventLog log() {
        return new EventLog(number("buffer", 1_000), number("history", 200));
    }

    Streams.Limits limits() {
        return new Streams.Limits(number("max-subscribers", 64), time("slow-after", 10), time("heartbeat", 15));
    }

    private int number(String name, int standard) {
        return config.getOptionalValue(PREFIX + name, Integer.class).orElse(standard);
    }

    private Duration time(String name, long seconds) {
        return config.getOptionalValue(PREFIX + name, Duration.class).orElse(Duration.ofSeconds(seconds));
    }
}
