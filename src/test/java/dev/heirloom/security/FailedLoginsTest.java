package dev.heirloom.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow
    private final FailedLogins failures = new FailedLogins(now::get);

    @Test
    void firstFailures_areFree() {
        for (int i = 1; i < FailedLogins.FREE_FOR_USER; i++) {
            assertThat(failures.failed("ann", "a")).isZero();
        }
        assertThat(failures.failed("ann", "a")).isEqualTo(FailedLogins.FIRST);
        assertThat(failures.lockedFor("ann", "b")).isEqualTo(FailedLogins.FIRST);
        assertThat(failures.lockedFor("bob", "a")).isZero();
    }

    @Test
    void eachFurtherFailure_doublesTheTimeUpToTheLongest() {
        fail("ann", FailedLogins.FREE_FOR_USER);
        Duration expected = FailedLogins.FIRST;
        for (int i = 0; i < 30; i++) {
            assertThat(failures.lockedFor("ann", "a")).isEqualTo(expected);
            pass(expected.minusNanos(1));
            assertThat(failures.lockedFor("ann", "a")).isEqualTo(Duration.ofNanos(1));
            pass(Duration.ofNanos(1));
            assertThat(failures.lockedFor("ann", "a")).isZero();
            failures.failed("ann", "address " + i);
            expected = expected.multipliedBy(2);
            if (expected.compareTo(FailedLogins.LONGEST) > 0) {
                expected = FailedLogins.LONGEST;
            }
        }
        assertThat(expected).isEqualTo(FailedLogins.LONGEST);
    }

    @Test
    void addressThatTriesManyNames_isLocked() {
        for (int i = 1; i < FailedLogins.FREE_FOR_ADDRESS; i++) {
            assertThat(failures.failed("user" + i, "a")).isZero();
        }
        assertThat(failures.failed("another", "a")).isEqualTo(FailedLogins.FIRST);
        assertThat(failures.lockedFor("never seen", "a")).isEqualTo(FailedLogins.FIRST);
        assertThat(failures.lockedFor("never seen", "b")).isZero();
    }

    @Test
    void success_forgivesTheUserButNotTheAddress() {
        fail("ann", FailedLogins.FREE_FOR_USER - 1);
        failures.succeeded("ann");
        assertThat(failures.failed("ann", "a")).isZero();
        for (int i = FailedLogins.FREE_FOR_USER + 1; i < FailedLogins.FREE_FOR_ADDRESS; i++) {
            failures.failed("user" + i, "a");
        }
        assertThat(failures.failed("x", "a")).isPositive();
    }

    @Test
    void failures_areForgottenInTime() {
        fail("ann", FailedLogins.FREE_FOR_USER + 10);
        pass(FailedLogins.FORGOTTEN);
        assertThat(failures.failed("ann", "a")).isZero();
    }

    @Test
    void memory_isBounded() {
        for (int i = 0; i < FailedLogins.CAPACITY + 100; i++) {
            failures.failed("user " + i, "address " + i);
        }
        assertThat(failures.size()).isEqualTo(FailedLogins.CAPACITY);
    }

    /** From a new address each time. */
    private void fail(String user, int times) {
        for (int i = 0; i < times; i++) {
            failures.failed(user, user.equals("ann") && times < FailedLogins.FREE_FOR_USER ? "a" : "from " + i);
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
