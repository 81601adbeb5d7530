package dev.heirloom.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Who is logged in with a browser. Thread-safe. A session ends when it is not used for {@link #IDLE}, after {@link
 * #LONGEST} in any case, when its user logs out, and with the server; and when there are {@value #CAPACITY} newer ones.
 *
 * <p>Not those of the servlet container: these are bounded in number, one cannot be fixed by whoever makes up an id, and
 * what is kept of an id does not give it away.
 */
@ApplicationScoped
public class Sessions {
    public static final String COOKIE = "heirloom-session";

    static final Duration IDLE = Duration.ofMinutes(30);
    static final Duration LONGEST = Duration.ofHours(12);
    static final int CAPACITY = 1_000;

    private static final int RANDOM_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final LongSupplier nanos;

    /** By the hash of its id; the one unused for longest first. */
    private final Map<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
            return size() > CAPACITY;
        }
    };

    private record Session(Caller caller, long began, long used) {}

    /**
     * A session that has begun.
     *
     * @param id the value of the cookie: a secret
     */
    public record Begun(String id, Caller caller) {}

    Sessions() {
        this(System::nanoTime);
    }

    Sessions(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Begins one, with an id that nobody had before. */
    public Begun begin(Caller user) {
        String id = secret();
        Caller caller = user.withCsrf(secret());
        long now = nanos.getAsLong();
        synchronized (sessions) {
            sessions.put(hash(id), new Session(caller, now, now));
        }
        return new Begun(id, caller);
    }

    /** Whose it is, if it has not ended; counts as use. */
    Optional<Caller> find(String id) {
        String hash = hash(id);
        long now = nanos.getAsLong();
        synchronized (sessions) {
            Session session = sessions.get(hash);
            if (session == null) {
                return Optional.empty();
            }
            if (now - session.used >= IDLE.toNanos() || now - session.began >= LONGEST.toNanos()) {
                sessions.remove(hash);
                return Optional.empty();
            }
            sessions.put(hash, new Session(session.caller, session.began, now));
            return Optional.of(session.caller);
        }
    }

    /** Ends one; no effect if it has ended. */
    public void end(String id) {
        synchronized (sessions) {
            sessions.remove(hash(id));
        }
    }

    int size() {
        synchronized (sessions) {
            return sessions.size();
        }
    }

    private String secret() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hash(String id) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
