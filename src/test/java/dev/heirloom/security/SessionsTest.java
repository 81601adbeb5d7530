package dev.heirloom.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final Sessions sessions = new Sessions(now::get);
    private final Caller ann = Caller.of("ann", Set.of("operator"));

    @Test
    void session_isFoundByItsIdUntilItIsEnded() {
        Sessions.Begun begun = sessions.begin(ann);
        assertThat(sessions.find(begun.id())).contains(begun.caller());
        assertThat(begun.caller().roles()).contains("operator", "writer", "reader");
        assertThat(begun.caller().csrf()).isNotBlank().isNotEqualTo(begun.id());
        assertThat(sessions.find(begun.id() + "x")).isEmpty();
        assertThat(sessions.find("")).isEmpty();
        sessions.end(begun.id());
        assertThat(sessions.find(begun.id())).isEmpty();
        sessions.end(begun.id());
    }

    @Test
    void idsAndTokens_areNeverTheSame() {
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Sessions.Begun begun = sessions.begin(ann);
            secrets.add(begun.id());
            secrets.add(String.valueOf(begun.caller().csrf()));
        }
        assertThat(secrets).hasSize(200).allMatch(secret -> secret.length() == 43); // 256 bits
    }

    @Test
    void unusedSession_ends() {
        String id = sessions.begin(ann).id();
        pass(Sessions.IDLE.minusNanos(1));
        assertThat(sessions.find(id)).isPresent();
        pass(Sessions.IDLE.minusNanos(1));
        assertThat(sessions.find(id)).isPresent();
        pass(Sessions.IDLE);
        assertThat(sessions.find(id)).isEmpty();
        assertThat(sessions.size()).isZero();
    }

    @Test
    void usedSession_endsAllTheSame() {
        String id = sessions.begin(ann).id();
        Duration step = Sessions.IDLE.dividedBy(2);
        for (Duration age = step; age.compareTo(Sessions.LONGEST) < 0; age = age.plus(step)) {
            pass(step);
            assertThat(sessions.find(id)).isPresent();
        }
        pass(step);
        assertThat(sessions.find(id)).isEmpty();
    }

    @Test
    void number_isBounded() {
        String first = sessions.begin(ann).id();
        String second = sessions.begin(ann).id();
        sessions.find(first);
        for (int i = 1; i < Sessions.CAPACITY; i++) {
            sessions.begin(ann);
        }
        assertThat(sessions.size()).isEqualTo(Sessions.CAPACITY);
        assertThat(sessions.find(first)).isPresent();
        assertThat(sessions.find(second)).isEmpty();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
