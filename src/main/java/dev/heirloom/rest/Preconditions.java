package dev.heirloom.rest;

import dev.heirloom.table.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code If-Match} and {@code If-None-Match} ask for (RFC 9110, 13.1). Immutable. */
final class Preconditions {
    /** The tag that stands for any. */
    private static final String ANY = "*";

    private static final Pattern TAG = Pattern.compile("\\s*((?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\uffff]*\")\\s*(?:,|$)");

    private final @Nullable List<String> match;
    private final @Nullable List<String> noneMatch;

    private Preconditions(@Nullable List<String> match, @Nullable List<String> noneMatch) {
        this.match = match;
        this.noneMatch = noneMatch;
    }

    /** @throws ProblemException if one of the headers is no list of ETags */
    static Preconditions of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        return new Preconditions(tags("If-Match", ifMatch), tags("If-None-Match", ifNoneMatch));
    }

    private static @Nullable List<String> tags(String header, @Nullable String value) {
        if (value == null) {
            return null;
        }
        if (value.strip().equals(ANY)) {
            return List.of(ANY);
        }
        List<String> tags = new ArrayList<>();
        Matcher tag = TAG.matcher(value);
        int at = 0;
        while (at < value.length() && tag.find(at) && tag.start() == at) {
            tags.add(tag.group(1));
            at = tag.end();
        }
        if (tags.isEmpty() || at < value.length()) {
            throw new ProblemException(Problem.of(400, "bad-header", "A header is wrong")
                    .withDetail(header + " is neither * nor a list of ETags in quotes")
                    .with("header", header));
        }
        return tags;
    }

    /**
     * Compares, within the unit of work that changes the row.
     *
     * @throws ProblemException if a condition is not met
     */
    <R> void check(HttpTable<?, R> table, Revision<R> revision) {
        if (match != null && !has(match, table, revision)) { // weak ones never match
            throw failed(
                    "If-Match",
                    revision.isPresent() ? "the row has the ETag " + table.etag(revision) : "there is no such row");
        }
        if (noneMatch != null && hasWeakly(table, revision)) {
            throw failed("If-None-Match", "there is such a row");
        }
    }

    private static <R> boolean has(List<String> tags, HttpTable<?, R> table, Revision<R> revision) {
        return revision.isPresent() && (tags.contains(ANY) || tags.contains(table.etag(revision)));
    }

    private <R> boolean hasWeakly(HttpTable<?, R> table, Revision<R> revision) {
        return noneMatch != null
                && (has(noneMatch, table, revision)
                        || (revision.isPresent() && noneMatch.contains("W/" + table.etag(revision))));
    }

    /** Whether a client that reads has what there is already. */
    <R> boolean isNotModified(HttpTable<?, R> table, Revision<R> revision) {
        return hasWeakly(table, revision);
    }

    /** Checks what concerns reads. */
    <R> void checkRead(HttpTable<?, R> table, Revision<R> revision) {
        if (match != null && !has(match, table, revision)) {
            throw failed("If-Match", "the row has another ETag");
        }
    }

    /** Whether nothing may be there: {@code If-None-Match: *}. */
    boolean asksForNew() {
        return noneMatch != null && noneMatch.contains(ANY);
    }

    static ProblemException failed(String header, String why) {
        return new ProblemException(Problem.of(412, "precondition-failed", "The row is not as the request asks for")
                .withDetail(header + ": " + why)
                .with("header", header)
                .with("outcome", "not applied"));
    }
}
