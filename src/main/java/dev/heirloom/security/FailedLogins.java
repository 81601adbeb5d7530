package dev.heirloom.security;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How often logging in failed, for each user name and each address, and for how long nobody may try again. Thread-safe.
 *
 * <p>Some failures are free; each further one doubles the time. An address has more of them than a user name, since many
 * users may share it, and keeps them when somebody from there logs in: who has one password must not get more guesses at
 * another. Of names and addresses only the {@value #CAPACITY} latest are remembered.
 */
final class FailedLogins {
    static final int FREE_FOR_USER = 5;
    static final int FREE_FOR_ADDRESS = 20;
    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofMinutes(15);
    static final Duration FORGOTTEN = Duration.ofHours(1);
    static final int CAPACITY = 10_000;

    private static final int DOUBLINGS = 20; // beyond the longest time, within a long

    private final LongSupplier nanos;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > CAPACITY;
        }
    };

    private record Failures(int count, long last) {}

    FailedLogins(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** For how long this user, or anybody at this address, may not try; zero if they may. */
    synchronized Duration lockedFor(String user, String address) {
        Duration ofUser = left(user(user), FREE_FOR_USER);
        Duration ofAddress = left(address(address), FREE_FOR_ADDRESS);
        return ofUser.compareTo(ofAddress) > 0 ? ofUser : ofAddress;
    }

    /** Counts a failure; tells for how long nobody may try again, zero if that was a free one. */
    synchronized Duration failed(String user, String address) {
        count(user(user));
        count(address(address));
        return lockedFor(user, address);
    }

    /** Forgets the failures of a user, not those of the address. */
    synchronized void succeeded(String user) {
        failures.remove(user(user));
    }

    synchronized int size() {
        return failures.size();
    }

    private void count(String key) {
        Failures before = remembered(key);
        int count = before == null ? 1 : Math.min(before.count + 1, FREE_FOR_ADDRESS + DOUBLINGS);
        failures.put(key, new Failures(count, nanos.getAsLong()));
    }

    private Duration left(String key, int free) {
        Failures now = remembered(key);
        if (now == null || now.count < free) {
            return Duration.ZERO;
        }
        Duration whole = FIRST.multipliedBy(1L << Math.min(now.count - free, DOUBLINGS));
        long left = Math.min(whole.toNanos(), LONGEST.toNanos()) - (nanos.getAsLong() - now.last);
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    private @Nullable Failures remembered(String key) {
        Failures found = failures.get(key);
        if (found != null && nanos.getAsLong() - found.last >= FORGOTTEN.toNanos()) {
            failures.remove(key);
            return null;
        }
        return found;
    }

    private static String user(String name) {
        return "user " + name;
    }

    private static String address(String address) {
        return "address " + address;
    }
}
