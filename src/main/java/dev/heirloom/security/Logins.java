package dev.heirloom.security;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Where user names and passwords are looked at. Thread-safe.
 *
 * <p>In this order: too many failures? Found right just now? Only then the hash, which is meant to be slow; at most half
 * of the processors do that at a time. Whether the name or the password was wrong makes no difference to what is
 * answered or how long that takes.
 */
@ApplicationScoped
public class Logins {
    private static final Logger LOG = Logger.getLogger(Logins.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(1);

    @Inject
    @SuppressWarnings("NullAway.Init")
    Config config;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Audit audit;

    LongSupplier nanos = System::nanoTime;
    Semaphore hashing = new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    @SuppressWarnings("NullAway.Init") // by open()
    private Users users;

    @SuppressWarnings("NullAway.Init")
    private FailedLogins failures;

    @SuppressWarnings("NullAway.Init")
    private VerifiedCredentials verified;

    /** Has the password of the administrator be told when the application starts, not when somebody asks first. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        LOG.log(Level.FINE, "users: {0}", users.names());
    }

    @PostConstruct
    void open() {
        failures = new FailedLogins(nanos);
        verified = new VerifiedCredentials(nanos);
        Path directory = Path.of(
                config.getOptionalValue("heirloom.data-dir", String.class).orElse("heirloom-data"));
        users = Users.of(config, new AdminPassword(directory, Logins::announce)::hash);
    }

    private static void announce(String password, Path file, boolean kept) {
        LOG.log(kept ? Level.INFO : Level.WARNING, """
                No password is set for the administrator, so one was made. It is shown this once:

                    user      admin
                    password  {0}

                {1}""", new Object[] {
            password,
            kept
                    ? "Its hash is kept in " + file + ": delete that file to have a new one."
                    : "It is for this run only, since " + file + " cannot be written."
        });
    }

    /**
     * Who that is.
     *
     * @param address where the request came from
     */
    public Admission login(String user, String password, String address) {
        if (user.length() > Users.LONGEST_NAME || password.length() > Users.LONGEST_PASSWORD) {
            return new Admission.Refused(); // nobody has these
        }
        Admission.LockedOut locked = locked(user, address);
        if (locked != null) {
            return locked;
        }
        Caller known = verified.find(user, password);
        return known != null ? new Admission.Admitted(known) : inTurn(user, password, address);
    }

    private Admission inTurn(String user, String password, String address) {
        try {
            if (!hashing.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                return new Admission.LockedOut(SOON);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Admission.LockedOut(SOON);
        }
        try {
            Admission.LockedOut locked = locked(user, address); // by those that were before it
            return locked != null ? locked : verify(user, password, address);
        } finally {
            hashing.release();
        }
    }

    private Admission verify(String user, String password, String address) {
        Caller caller = users.find(user, password);
        if (caller != null) {
            failures.succeeded(user);
            verified.add(user, password, caller);
            audit.note(user, "log in", "admitted", address);
            return new Admission.Admitted(caller);
        }
        Duration wait = failures.failed(user, address);
        if (!wait.isZero()) {
            verified.forget(user);
        }
        audit.note(user, "log in", wait.isZero() ? "refused" : "refused, locked out", address);
        return new Admission.Refused();
    }

    private Admission.@Nullable LockedOut locked(String user, String address) {
        Duration wait = failures.lockedFor(user, address);
        return wait.isZero() ? null : new Admission.LockedOut(wait);
    }
}
