package dev.heirloom.ets;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs programs of table operations. Not thread-safe; to be closed. */
final class Replay implements AutoCloseable {
    private final List<Replayed> lines = new ArrayList<>();
    private @Nullable World world;
    private String program = "";

    /** One line of a program, comments not counted, and what came of it. */
    record Replayed(String program, int number, String input, Answer answer) {
        String output() {
            return answer.text();
        }
    }

    /** Runs programs, and gives what came of each of their lines. */
    static List<Replayed> run(List<String> input) {
        try (Replay replay = new Replay()) {
            input.stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(replay::line);
            return replay.lines;
        }
    }

    private void line(String line) {
        int number = lines.size() + 1;
        if (line.startsWith("program ")) {
            close();
            program = line;
            lines.add(new Replayed(program, number, line, Answer.of(line)));
            return;
        }
        World now = world;
        if (now == null) {
            now = new World();
            world = now;
        }
        try {
            lines.add(new Replayed(program, number, line, now.run(line)));
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(program + ", line " + number + ": " + line, e);
        }
    }

    @Override
    public void close() {
        World last = world;
        world = null;
        if (last != null) {
            last.close();
        }
    }
}
