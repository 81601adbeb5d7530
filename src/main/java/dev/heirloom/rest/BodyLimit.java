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
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Refuses bodies that are too long with status 413, by what they say of their length or else when that much was read.
 * Not those of imports, which have a limit of their own. Thread-safe.
 */
@Provider
@Priority(Priorities.HEADER_DECORATOR)
public class BodyLimit implements ContainerRequestFilter {
    static final String SETTING = "heirloom.http.max-body";

    private static final long STANDARD = 1_048_576;
    /** Imports and lists of rows have limits of their own. */
    private static final String IMPORT = "/import";

    private static final String ROWS = "/rows";

    @Context
    @SuppressWarnings("NullAway.Init")
    private ResourceInfo resource;

    private final long most;

    public BodyLimit() {
        this(ConfigProvider.getConfig().getOptionalValue(SETTING, Long.class).orElse(STANDARD));
    }

    BodyLimit(long most) {
        if (most <= 0) {
            throw new IllegalArgumentException(SETTING + ": " + most + " is not positive");
        }
        this.most = most;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Class<?> type = resource.getResourceClass();
        if (type == null
                || !Guard.isOurs(type)
                || hasItsOwn(request.getUriInfo().getPath())) {
            return;
        }
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if (length != null && isTooMuch(length)) {
            request.abortWith(problem().toResponse());
        } else if (request.hasEntity()) {
            request.setEntityStream(limited(request.getEntityStream()));
        }
    }

    private static boolean hasItsOwn(String path) {
        return path.endsWith(IMPORT) || path.endsWith(ROWS);
    }

    private boolean isTooMuch(String length) {
        try {
            return Long.parseLong(length.strip()) > most;
        } catch (NumberFormatException e) {
            return true; // or more than a long holds
        }
    }

    private Problem problem() {
        return Problem.of(413, "body-too-long", "The body of the request is too long")
                .withDetail("The most is " + most + " bytes, by the setting " + SETTING + ".");
    }

    /** The stream up to the limit, then a {@link ProblemException}. */
    InputStream limited(InputStream body) {
        return new FilterInputStream(body) {
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
                if (read > most) {
                    throw new ProblemException(problem());
                }
            }
        };
    }
}
