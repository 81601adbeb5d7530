package dev.heirloom.ets;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The processes of a program: who has which name at the moment, and who had it before. Not thread-safe. */
final class Processes {
    private final Map<String, Life> present = new HashMap<>();

    /** All lives of all processes, by their consumers. */
    private final Map<String, Life> lives = new HashMap<>();

    /** A new life under a name, which the one before it has no more. */
    Life start(String name) {
        Life life = new Life(name, lives.size());
        present.put(name, life);
        lives.put(life.consumer, life);
        return life;
    }

    Life named(String name) {
        return Optional.ofNullable(present.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no process: " + name));
    }

    Collection<Life> all() {
        return present.values();
    }

    /** The name of the process that has a consumer, unless another life has it by now. */
    String print(@Nullable String consumer) {
        Life life = consumer == null ? null : lives.get(consumer);
        return life != null && present.get(life.name) == life ? life.name : "p?";
    }
}
