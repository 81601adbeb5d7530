package dev.heirloom.rest;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Says what is wrong with an answer, whatever was asked. */
final class Verdicts {
    /** 501 and 505 are the container's, for methods and versions of HTTP that it does not know. */
    private static final Set<Integer> FAILURES = Set.of(501, 503, 504, 505);

    private static final List<Pattern> INTERNALS = List.of(
            Pattern.compile("\\n\\s*at [\\w.$/]+\\("),
            Pattern.compile("at dev\\.heirloom"),
            Pattern.compile("Caused by: "));

    /** Not in answers that tell of success: a table says of what its owners died. */
    private static final List<Pattern> CLASSES = List.of(
            Pattern.compile("\\b(java|jakarta|org\\.glassfish|dev\\.heirloom)\\.\\w+\\."),
            Pattern.compile("\\w+Exception\\b"));

    private Verdicts() {}

    /** What is wrong; empty if nothing is. */
    static Optional<String> on(Probe probe, RawHttp.Answer answer) {
        int status = answer.status();
        if (status == -1) {
            return Optional.of("no answer in time");
        }
        boolean refusable = probe.tolerated() != Probe.Tolerated.NOTHING;
        if (status == 0) {
            return refusable ? Optional.empty() : Optional.of("the connection was closed without an answer");
        }
        Optional<Pattern> leak = INTERNALS.stream()
                .filter(each -> each.matcher(answer.body()).find())
                .findAny();
        if (leak.isPresent()) {
            return Optional.of("the answer shows internals: " + leak.get());
        }
        if (answer.headers().containsKey("x-injected")) {
            return Optional.of("the request has put a header into the answer");
        }
        if (status < 400) {
            return Optional.empty();
        }
        if (status >= 500 && !FAILURES.contains(status)) {
            return Optional.of("the server failed");
        }
        Optional<Pattern> named = CLASSES.stream()
                .filter(each -> each.matcher(answer.body()).find())
                .findAny();
        if (named.isPresent()) {
            return Optional.of("the answer names classes: " + named.get());
        }
        if (probe.method().equals("HEAD") || (refusable && answer.body().isEmpty())) {
            return Optional.empty();
        }
        if (refusable && !answer.contentType().contains("json")) {
            return Optional.empty(); // a page of the container's
        }
        return problem(answer);
    }

    private static Optional<String> problem(RawHttp.Answer answer) {
        if (!answer.contentType().startsWith(Problem.MEDIA_TYPE)) {
            return Optional.of("no problem details, but " + answer.contentType());
        }
        try {
            JsonObject problem = ApiDocument.parse(answer.body()).root();
            if (problem.getInt("status", -1) != answer.status()) {
                return Optional.of("the problem details have another status");
            }
            return problem.containsKey("type") && problem.containsKey("title")
                    ? Optional.empty()
                    : Optional.of("the problem details have no type or no title");
        } catch (JsonException | ClassCastException e) {
            return Optional.of("the problem details are no JSON: " + e.getMessage());
        }
    }
}
