package dev.heirloom.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with an HTTP request, in the form of RFC 9457. Immutable: every method gives a new problem.
 *
 * @param type a URI that names the kind of problem
 * @param title the kind of problem in words, the same for all problems of the type
 * @param status the HTTP status, from 400 to 599
 * @param detail this occurrence in words; null if the title says it all. Goes to whoever asked: no internals in it
 * @param retryAfter when to try again; null if that is of no use, or nobody knows
 * @param members further members, by name, in order: strings, numbers and booleans
 */
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        @Nullable Duration retryAfter,
        Map<String, Object> members) {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String URN = "urn:heirloom:problem:";
    private static final Set<String> RESERVED = Set.of("type", "title", "status", "detail");

    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " is not that of an error");
        }
        if (retryAfter != null && retryAfter.isNegative()) {
            throw new IllegalArgumentException("retryAfter: " + retryAfter + " is negative");
        }
        members.keySet().stream().filter(RESERVED::contains).findAny().ifPresent(name -> {
            throw new IllegalArgumentException("members: " + name + " is a member of every problem");
        });
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members)); // Map.copyOf keeps no order
    }

    /**
     * A problem of a type of Heirloom's own.
     *
     * @param name the end of its type, {@code urn:heirloom:problem:<name>}
     */
    public static Problem of(int status, String name, String title) {
        return new Problem(URN + name, title, status, null, null, Map.of());
    }

    /** A problem that has nothing to it but its HTTP status. */
    public static Problem ofStatus(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "HTTP " + status : known.getReasonPhrase();
        return new Problem("about:blank", title, status, null, null, Map.of());
    }

    public Problem withDetail(String detail) {
        return new Problem(type, title, status, detail, retryAfter, members);
    }

    public Problem withRetryAfter(Duration retryAfter) {
        return new Problem(type, title, status, detail, retryAfter, members);
    }

    public Problem with(String member, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(type, title, status, detail, retryAfter, more);
    }

    /** The members as the answer has them. */
    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type);
        body.put("title", title);
        body.put("status", status);
        if (detail != null) {
            body.put("detail", detail);
        }
        body.putAll(members);
        return body;
    }

    /** The value of {@code Retry-After}: seconds, rounded up. */
    @Nullable
    String retryAfterHeader() {
        return retryAfter == null
                ? null
                : Long.toString(retryAfter.plusNanos(999_999_999).toSeconds());
    }

    /** The answer that tells of it. */
    public Response toResponse() {
        return on(Response.status(status));
    }

    /** The answer that tells of it, with what the builder has already, such as headers. */
    Response on(Response.ResponseBuilder builder) {
        return builder.status(status)
                .type(MEDIA_TYPE)
                .header(HttpHeaders.RETRY_AFTER, retryAfterHeader())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(body())
                .build();
    }
}
