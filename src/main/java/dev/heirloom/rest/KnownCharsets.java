package dev.heirloom.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests in a charset that there is not, with status 415, and those that ask for an answer in one, with 406,
 * before anything is done: found out while the answer is written, it would be a failure of the server. Thread-safe.
 */
@Provider
@Priority(Priorities.HEADER_DECORATOR)
public class KnownCharsets implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        MediaType sent = request.getMediaType();
        if (sent != null && !isKnown(sent)) {
            request.abortWith(problem(415, "Content-Type"));
        } else if (!request.getAcceptableMediaTypes().stream().allMatch(KnownCharsets::isKnown)) {
            request.abortWith(problem(406, "Accept"));
        }
    }

    private static Response problem(int status, String header) {
        return Problem.ofStatus(status)
                .withDetail(header + " names a charset that there is not.")
                .toResponse();
    }

    private static boolean isKnown(MediaType type) {
        @Nullable String charset = type.getParameters().get(MediaType.CHARSET_PARAMETER);
        try {
            return charset == null || Charset.isSupported(charset);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }
}
