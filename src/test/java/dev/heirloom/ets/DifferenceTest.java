package dev.heirloom.ets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.ets.Replay.Replayed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each {@link Difference}, and what is no difference though it looks like one. */
@ExtendWith(Quiet.class)
class DifferenceTest {
    private static List<Answer> answers(String program) {
        return Replay.run(program.lines().toList()).stream()
                .map(Replayed::answer)
                .toList();
    }

    private static Answer last(String program) {
        List<Answer> answers = answers(program);
        return answers.get(answers.size() - 1);
    }

    @Test
    void publicTable_deletedByAnother_isRefused_whereEtsSaysTrue() {
        String deleted = """
                new t0 set public 1
                @p1 delete t0
                """;
        assertThat(last(deleted)).isEqualTo(new Answer("!badarg", Difference.PUBLIC_TABLE_DELETED_BY_ANOTHER));
        assertThat(last(deleted + "info t0 owner")).isEqualTo(Answer.of("undefined")); // by the manager
        assertThat(last(deleted + "@p1 delete t0")).isEqualTo(Answer.of("!badarg"));
    }

    @Test
    void protectedTable_deletedByAnother_isRefusedByBoth() {
        assertThat(last("""
                new t0 set protected 1
                @p1 delete t0
                """)).isEqualTo(Answer.of("!badarg"));
    }

    @Test
    void deadHeir_isNotShown_whereEtsShowsIt() {
        String dead = """
                new t0 set public 1
                heir t0 p1 ad
                kill p1
                """;
        assertThat(last(dead + "info t0 heir")).isEqualTo(new Answer("none", Difference.DEAD_HEIR_SHOWN));
        assertThat(last(dead + "spawn p1\ninfo t0 heir")).isEqualTo(new Answer("none", Difference.DEAD_HEIR_SHOWN));
        assertThat(last(dead + "kill p0\n@p2 info t0 size")).isEqualTo(Answer.of("undefined"));
    }

    @Test
    void deadHeirThatAnotherReplaces_isForgotten() {
        assertThat(last("""
                new t0 set public 1
                heir t0 p1 ad
                kill p1
                heir t0 p2 ad
                info t0 heir
                """)).isEqualTo(Answer.of("p2"));
    }
}
