package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class BodyLimitTest {
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
    void limit_isPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BodyLimit(0))
                .withMessageContaining("heirloom.http.max-body");
    }

    private static InputStream body(int bytes, long most) {
        return new BodyLimit(most).limited(new ByteArrayInputStream(new byte[bytes]));
    }
}
