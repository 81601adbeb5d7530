package dev.heirloom.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Refuses bodies that are too long with status 413, by what they say of their length or else when that much was read, and
 * with 408 those that come too slowly: each keeps a thread of the server. Lists of rows and imports have another limit of
 * their length. Thread-safe.
 */
@Provider
@Priority(Priorities.HEADER_DECORATOR)
public class BodyLimit implements ContainerRequestFilter {
    static final String SETTING = "heirloom.http.max-body";
    static final String TIMEOUT = "heirloom.http.body-timeout";

    private static final long STANDARD = 1_048_576;
    private static final Duration STANDARD_TIMEOUT = Duration.ofSeconds(30);

    /** For each of these, a long body has a second more. */
    private static final long BYTES_A_SECOND = 1_000;

    private static final String IMPORT = "/import";
    private static final String ROWS = "/rows";

    @Context
    @SuppressWarnings("NullAway.Init")
    private ResourceInfo resource;

    private final long most;
    private final Duration timeout;
    private final LongSupplier nanoTime;

    public BodyLimit() {
        this(ConfigProvider.getConfig());
    }

    private BodyLimit(Config config) {
        this(
                config.getOptionalValue(SETTING, Long.class).orElse(STANDARD),
                config.getOptionalValue(TIMEOUT, Duration.class).orElse(STANDARD_TIMEOUT),
                System::nanoTime);
    }

    BodyLimit(long most, Duration timeout, LongSupplier nanoTime) {
        if (most <= 0) {
            throw new IllegalArgumentException(SETTING + ": " + most + " is not positive");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(TIMEOUT + ": " + timeout + " is not positive");
        }
        this.most = most;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Class<?> type = resource.getResourceClass();
        if (type == null || !Guard.isOurs(type)) {
            return;
        }
        long longest = hasItsOwn(request.getUriInfo().getPath()) ? Long.MAX_VALUE : most;
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if (length != null && isMoreThan(longest, length)) {
            request.abortWith(tooLong().toResponse());
        } else if (request.hasEntity()) {
            request.setEntityStream(limited(request.getEntityStream(), longest));
        }
    }

    private static boolean hasItsOwn(String path) {
        return path.endsWith(IMPORT) || path.endsWith(ROWS);
    }

    private static boolean isMoreThan(long longest, String length) {
        try {
            return Long.parseLong(length.strip()) > longest;
        } catch (NumberFormatException e) {
            return true; // or more than a long holds
        }
    }

    private Problem tooLong() {
        return Problem.of(413, "body-too-long", "The body of the request is too long")
                .withDetail("The most is " + most + " bytes, by the setting " + SETTING + ".");
    }

    private Problem tooSlow() {
        return Problem.of(408, "body-too-slow", "The body of the request came too slowly")
                .withDetail("It may take " + timeout + ", by the setting " + TIMEOUT + ", and a second more for each "
                        + BYTES_A_SECOND + " bytes.");
    }

    /** The stream up to the limits, then a {@link ProblemException}. */
    InputStream limited(InputStream body, long longest) {
        return new FilterInputStream(body) {
            private final long start = nanoTime.getAsLong();
            private long read;

            @Override
            public int read() throws IOException {
                int next = super.read();
                count(next < 0 ? 0 : 1);
                return next;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = super.read(into, offset, length);
                count(Math.max(count, 0));
                return count;
            }

            @Override
            public long skip(long bytes) throws IOException {
                long skipped = super.skip(bytes);
                count(skipped);
                return skipped;
            }

            @Override
            public boolean markSupported() {
                return false; // what is read twice would count twice
            }

            private void count(long more) {
                read += more;
                if (read > longest) {
                    throw new ProblemException(tooLong());
                }
                Duration took = Duration.ofNanos(nanoTime.getAsLong() - start);
                if (took.compareTo(timeout.plusSeconds(read / BYTES_A_SECOND)) > 0) {
                    throw new ProblemException(tooSlow());
                }
            }
        };
    }
}
