package dev.heirloom.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that were found right a short while ago, so that a request with a password need not pay for PBKDF2 each
 * time. Thread-safe. Holds no password, only an HMAC of it under a key of this process.
 */
final class VerifiedCredentials {
    static final Duration KEPT = Duration.ofMinutes(5);
    static final int CAPACITY = 1_000;

    private static final String ALGORITHM = "HmacSHA256";

    private final LongSupplier nanos;
    private final SecretKeySpec key;
    private final Map<ByteBuffer, Verified> verified = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Verified> eldest) {
            return size() > CAPACITY;
        }
    };

    private record Verified(Caller caller, long since) {}

    VerifiedCredentials(LongSupplier nanos) {
        this.nanos = nanos;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
    }

    @Nullable
    Caller find(String user, String password) {
        ByteBuffer digest = digest(user, password);
        synchronized (this) {
            Verified found = verified.get(digest);
            if (found == null) {
                return null;
            }
            if (nanos.getAsLong() - found.since >= KEPT.toNanos()) {
                verified.remove(digest);
                return null;
            }
            return found.caller;
        }
    }

    void add(String user, String password, Caller caller) {
        ByteBuffer digest = digest(user, password);
        synchronized (this) {
            verified.put(digest, new Verified(caller, nanos.getAsLong()));
        }
    }

    /** Has a user's password be verified again. */
    synchronized void forget(String user) {
        verified.values().removeIf(each -> each.caller.name().equals(user));
    }

    synchronized int size() {
        return verified.size();
    }

    private ByteBuffer digest(String user, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] name = user.getBytes(StandardCharsets.UTF_8);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).flip()); // where the name ends
            mac.update(name);
            return ByteBuffer.wrap(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
