package dev.heirloom.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VerifiedCredentialsTest {
    private final AtomicLong now = new AtomicLong();
    private final VerifiedCredentials verified = new VerifiedCredentials(now::get);
    private final Caller ann = Caller.of("ann", Set.of("writer"));

    @Test
    void onlyTheVeryCredentials_areKnown() {
        verified.add("ann", "secret", ann);
        assertThat(verified.find("ann", "secret")).isEqualTo(ann);
        assertThat(verified.find("ann", "Secret")).isNull();
        assertThat(verified.find("anns", "ecret")).isNull();
        assertThat(verified.find("annsecret", "")).isNull();
    }

    @Test
    void credentials_areForgottenInTime() {
        verified.add("ann", "secret", ann);
        now.addAndGet(VerifiedCredentials.KEPT.toNanos() - 1);
        assertThat(verified.find("ann", "secret")).isEqualTo(ann);
        now.incrementAndGet(); // to have been asked for does not make it longer
        assertThat(verified.find("ann", "secret")).isNull();
        assertThat(verified.size()).isZero();
    }

    @Test
    void forget_isOfOneUser() {
        Caller bob = Caller.of("bob", Set.of());
        verified.add("ann", "secret", ann);
        verified.add("bob", "secret", bob);
        verified.forget("ann");
        assertThat(verified.find("ann", "secret")).isNull();
        assertThat(verified.find("bob", "secret")).isEqualTo(bob);
    }

    @Test
    void memory_isBounded() {
        for (int i = 0; i < VerifiedCredentials.CAPACITY + 10; i++) {
            verified.add("ann", "secret " + i, ann);
        }
        assertThat(verified.size()).isEqualTo(VerifiedCredentials.CAPACITY);
        assertThat(verified.find("ann", "secret 0")).isNull();
    }
}
