package dev.heirloom.rest;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Turns whatever a resource throws into problem details. Thread-safe.
 *
 * <p>Not a provider itself: an application that wants all of its failures told like this makes a subclass that is one.
 * Without one, {@link HeirloomProblems} tells of Heirloom's own.
 *
 * <p>A {@link WebApplicationException} keeps its status and headers. A defect is logged once, with an id that the answer
 * carries as {@code instance}; nothing else of it leaves the server.
 */
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof WebApplicationException e) {
            return toResponse(e);
        }
        return problemOf(thrown).toResponse();
    }

    private Response toResponse(WebApplicationException e) {
        Response response = e.getResponse();
        int status = response.getStatus();
        if (status < 400 || status > 599 || response.hasEntity()) {
            return response; // no error, or one that its author has put into words
        }
        Problem problem = status >= 500 && e.getCause() != null ? logged(e, status) : told(e.getMessage(), status);
        return problem.on(Response.fromResponse(response));
    }

    /** The problem that an exception is, other than a {@link WebApplicationException}; logs it if it is a defect. */
    static Problem problemOf(Throwable thrown) {
        Throwable read = thrown instanceof ProcessingException ? thrown.getCause() : thrown;
        if (read instanceof IOException && read.getCause() instanceof TimeoutException) { // Grizzly's, while it reads
            return Problem.ofStatus(408).withDetail("The body of the request did not come in time.");
        }
        return Problems.of(thrown).orElseGet(() -> logged(thrown, 500));
    }

    /** With the message of the exception as its detail if that is its author's, not the default of JAX-RS. */
    static Problem told(@Nullable String message, int status) {
        Problem problem = Problem.ofStatus(status);
        return message == null || message.startsWith("HTTP " + status) ? problem : problem.withDetail(message);
    }

    private static Problem logged(Throwable thrown, int status) {
        String id = "urn:uuid:" + UUID.randomUUID();
        LOG.log(Level.SEVERE, thrown, () -> "a request failed, its answer names " + id);
        return Problem.ofStatus(status)
                .withDetail("The server failed; its log says more.")
                .with("instance", id);
    }
}
