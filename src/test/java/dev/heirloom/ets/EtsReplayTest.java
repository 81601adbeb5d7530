package dev.heirloom.ets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.heirloom.ets.Replay.Replayed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Our tables answer as those of ETS do, but for each {@link Difference}: programs that real ETS has run, line by line.
 * The README beside the programs says what is in them.
 *
 * <p>Any other program: {@code mvn test -Dtest=EtsReplayTest -Dets.program=FILE -Dets.out=FILE}.
 */
@ExtendWith(Quiet.class)
class EtsReplayTest {
    @Test
    void data_isAsInEts() throws IOException {
        assertThat(replay("data")).isEmpty();
    }

    @Test
    void own_isAsInEts_butForWhatDiffersOnPurpose() throws IOException {
        assertThat(replay("own")).containsOnly(entry(Difference.PUBLIC_TABLE_DELETED_BY_ANOTHER, 2));
    }

    @Test
    void mixed_isAsInEts() throws IOException {
        assertThat(replay("mixed")).isEmpty();
    }

    @Test
    @EnabledIfSystemProperty(named = "ets.program", matches = ".+")
    void anyProgram_isReplayed() throws IOException {
        List<Replayed> lines = Replay.run(Files.readAllLines(Path.of(System.getProperty("ets.program")), ISO_8859_1));
        Path out = Path.of(System.getProperty("ets.out", System.getProperty("ets.program") + ".out"));
        Files.write(out, lines.stream().map(Replayed::output).toList(), ISO_8859_1);
        System.out.printf(
                "ets.program: %d lines, answers in %s; may differ on purpose: %s%n", lines.size(), out, reasons(lines));
    }

    /** Fails if an answer is another than the recorded one for no reason; otherwise counts the reasons. */
    private static Map<Difference, Integer> replay(String mode) throws IOException {
        List<Replayed> lines = Replay.run(resource("golden-" + mode + ".program"));
        List<String> expected = resource("golden-" + mode + ".expected");
        assertThat(lines).hasSameSizeAs(expected);
        List<Replayed> differing = IntStream.range(0, lines.size())
                .filter(i -> !lines.get(i).output().equals(expected.get(i)))
                .mapToObj(lines::get)
                .toList();
        List<String> wrong = differing.stream()
                .filter(line -> line.answer().difference() == null)
                .map(line -> "%s, line %d: %s%n  ETS:  %s%n  ours: %s"
                        .formatted(
                                line.program(),
                                line.number(),
                                line.input(),
                                expected.get(line.number() - 1),
                                line.output()))
                .toList();
        Map<Difference, Integer> reasons = reasons(differing);
        System.out.printf("%s: %d lines, %d wrong, differ on purpose: %s%n", mode, lines.size(), wrong.size(), reasons);
        assertThat(wrong).isEmpty();
        return reasons;
    }

    private static Map<Difference, Integer> reasons(List<Replayed> lines) {
        Map<Difference, Integer> counts = new EnumMap<>(Difference.class);
        lines.stream()
                .map(line -> line.answer().difference())
                .filter(Objects::nonNull)
                .forEach(difference -> counts.merge(difference, 1, Integer::sum));
        return counts;
    }

    private static List<String> resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(EtsReplayTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), ISO_8859_1)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
