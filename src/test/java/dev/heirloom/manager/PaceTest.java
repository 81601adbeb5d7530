package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void isDue_onceAnInterval_andNotAtTheBeginning() {
        Pace pace = new Pace(Long.MAX_VALUE - 5, 10); // a clock of nanoseconds may begin anywhere
        assertThat(LongStream.rangeClosed(0, 35).filter(i -> pace.isDue(Long.MAX_VALUE - 5 + i)))
                .containsExactly(10L, 20L, 30L);
    }

    @Test
    void isDue_lateOnce_isNotMadeUpFor() {
        Pace pace = new Pace(0, 10);
        assertThat(pace.isDue(45)).isTrue();
        assertThat(pace.isDue(54)).isFalse();
        assertThat(pace.isDue(55)).isTrue();
    }
}
