package dev.heirloom.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("UnnecessaryAssignment") // no container injects anything here
class LoginsTest {
    private final AtomicLong now = new AtomicLong();
    private final List<String> noted = new ArrayList<>();
    private final Logins logins = new Logins();

    /** Counts how often a hash was made. */
    private final AtomicLong hashed = new AtomicLong();

    @BeforeEach
    void open() {
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "heirloom.users.admin.password-hash",
                PasswordHash.of("root", 1_000).toString());
        settings.put(
                "heirloom.users.ann.password-hash",
                PasswordHash.of("secret", 1_000).toString());
        logins.config = new Settings(settings);
        logins.nanos = now::get;
        logins.hashing = new Semaphore(1) {
            private static final long serialVersionUID = 1;

            @Override
            public void release() {
                hashed.incrementAndGet();
                super.release();
            }
        };
        logins.audit = new Audit() {
            @Override
            public void note(String who, String what, String outcome, String from) {
                noted.add(who + " " + what + ": " + outcome + " from " + from);
            }
        };
        logins.open();
    }

    @Test
    void rightPassword_isAdmittedAndNoted() {
        assertThat(login("ann", "secret")).isEqualTo(new Admission.Admitted(Caller.of("ann", Set.of("reader"))));
        assertThat(noted).containsExactly("ann log in: admitted from a");
    }

    @Test
    void wrongPasswordAndUnknownUser_areToldTheSame() {
        assertThat(login("ann", "wrong")).isEqualTo(login("nobody", "wrong")).isInstanceOf(Admission.Refused.class);
        assertThat(login("", "")).isInstanceOf(Admission.Refused.class);
        assertThat(hashed).hasValue(3); // an unknown user takes as much work
    }

    @Test
    void credentialsThatWereRight_areNotHashedAgain_forAWhile() {
        login("ann", "secret");
        login("ann", "secret");
        assertThat(hashed).hasValue(1);
        now.addAndGet(VerifiedCredentials.KEPT.toNanos());
        login("ann", "secret");
        assertThat(hashed).hasValue(2);
    }

    @Test
    void lockedOut_evenWithTheRightPassword_untilTheTimeIsOver() {
        login("ann", "secret");
        for (int i = 0; i < FailedLogins.FREE_FOR_USER; i++) {
            assertThat(login("ann", "wrong " + i)).isInstanceOf(Admission.Refused.class);
        }
        assertThat(noted).last().isEqualTo("ann log in: refused, locked out from a");
        assertThat(login("ann", "secret")).isEqualTo(new Admission.LockedOut(Duration.ofSeconds(1)));
        assertThat(login("admin", "root")).isInstanceOf(Admission.Admitted.class);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        long before = hashed.get();
        assertThat(login("ann", "secret")).isInstanceOf(Admission.Admitted.class);
        assertThat(hashed).hasValue(before + 1); // what was known before is not trusted any more
    }

    @Test
    void lockedOut_costsNoHash() {
        for (int i = 0; i < FailedLogins.FREE_FOR_USER; i++) {
            login("ann", "wrong");
        }
        long before = hashed.get();
        for (int i = 0; i < 100; i++) {
            assertThat(login("ann", "wrong")).isInstanceOf(Admission.LockedOut.class);
        }
        assertThat(hashed).hasValue(before);
    }

    @Test
    void oversizedNamesAndPasswords_areRefusedUnseen() {
        assertThat(login("x".repeat(65), "secret")).isInstanceOf(Admission.Refused.class);
        assertThat(login("ann", "x".repeat(1_025))).isInstanceOf(Admission.Refused.class);
        assertThat(hashed).hasValue(0);
    }

    @Test
    void interruptedCaller_isAskedToTryAgain() {
        Thread.currentThread().interrupt();
        assertThat(login("ann", "secret")).isInstanceOf(Admission.LockedOut.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private Admission login(String user, String password) {
        return logins.login(user, password, "a");
    }
}
