package dev.heirloom.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
    private static final int FEW = 1_000;

    @Test
    void hash_matchesItsPasswordOnly() {
        PasswordHash hash = PasswordHash.of("pässword", FEW);
        assertThat(hash.matches("pässword")).isTrue();
        assertThat(hash.matches("passwort")).isFalse();
        assertThat(hash.matches("")).isFalse();
        assertThat(hash.matches("pässword ")).isFalse();
    }

    @Test
    void hash_isSaltedAndOutlivesItsText() {
        PasswordHash hash = PasswordHash.of("secret", FEW);
        assertThat(hash.toString())
                .isNotEqualTo(PasswordHash.of("secret", FEW).toString())
                .doesNotContain("secret");
        assertThat(PasswordHash.parse(hash + "\n").matches("secret")).isTrue();
    }

    @Test
    void hash_isAsCostlyAsOwaspAsks() {
        assertThat(PasswordHash.of("secret").toString()).startsWith("PBKDF2WithHmacSHA512:210000:");
    }

    /** From Python: hashlib.pbkdf2_hmac('sha256', b'password', b'saltsalt', 1000). */
    @Test
    void hash_ofAnotherImplementation() {
        PasswordHash hash = PasswordHash.parse(
                "PBKDF2WithHmacSHA256:1000:c2FsdHNhbHQ=:E196ZhRPzw+wA84EjzHwJO1cv/MFJdO6C/sxmUeTYqY=");
        assertThat(hash.matches("password")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "PBKDF2WithHmacSHA512:1000:AAAAAAAAAAAAAAAAAAAAAA==",
                "PBKDF2WithHmacSHA1:1000:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAA==",
                "PBKDF2WithHmacSHA512:many:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAA==",
                "PBKDF2WithHmacSHA512:999:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAA==",
                "PBKDF2WithHmacSHA512:10000001:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAA==",
                "PBKDF2WithHmacSHA512:1000:AAAA:AAAAAAAAAAAAAAAAAAAAAA==",
                "PBKDF2WithHmacSHA512:1000:AAAAAAAAAAAAAAAAAAAAAA==:",
                "PBKDF2WithHmacSHA512:1000:AAAAAAAAAAAAAAAAAAAAAA==:no base64 at all!",
            })
    void malformedHash_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PasswordHash.parse(text));
    }
}
