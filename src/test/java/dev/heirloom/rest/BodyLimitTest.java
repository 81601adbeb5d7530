package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BodyLimitTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private long now;

    @Test
    void body_upToTheLimitIsRead() throws IOException {
        assertThat(body(10, 10).readAllBytes()).hasSize(10);
        assertThat(body(0, 10).readAllBytes()).isEmpty();
        assertThat(body(0, 10).read()).isEqualTo(-1);
    }

    @Test
    void body_beyondTheLimitIsRefusedHoweverItIsRead() throws IOException {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> body(11, 10).readAllBytes())
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(413));
        InputStream slowly = body(11, 10);
        for (int i = 0; i < 10; i++) {
            slowly.read();
        }
        assertThatExceptionOfType(ProblemException.class).isThrownBy(slowly::read);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> body(11, 10).skip(11));
        assertThat(body(11, 10).markSupported()).isFalse();
    }

    @Test
    void body_thatComesTooSlowlyIsRefused_aLongOneHasMoreTime() throws IOException {
        InputStream slow = body(5_000, 10_000);
        assertThat(slow.readNBytes(10)).hasSize(10);
        now = TIMEOUT.toNanos();
        assertThat(slow.read()).isZero();
        now++;
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(slow::read)
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(408));

        InputStream steady = body(5_000, 10_000);
        steady.readNBytes(2_000);
        now += TIMEOUT.plusSeconds(2).toNanos();
        assertThat(steady.readNBytes(100)).hasSize(100);
        now++;
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> steady.readNBytes(100));
    }

    @Test
    void limits_arePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BodyLimit(0, TIMEOUT, () -> now))
                .withMessageContaining("heirloom.http.max-body");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BodyLimit(1, Duration.ZERO, () -> now))
                .withMessageContaining("heirloom.http.body-timeout");
    }

    private InputStream body(int bytes, long most) {
        return new BodyLimit(most, TIMEOUT, () -> now).limited(new ByteArrayInputStream(new byte[bytes]), most);
    }
}
