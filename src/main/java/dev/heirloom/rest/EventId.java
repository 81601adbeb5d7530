package dev.heirloom.rest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a client stands in a stream: what it follows, and the number of the last event it saw. As text, the two with a
 * dash between; a number alone is meant of what is followed now. Immutable.
 *
 * @param of what it is a place in; null if that was not said
 */
record EventId(@Nullable String of, long number) {
    private static final Pattern FORM = Pattern.compile("(?:([a-z0-9.]{1,40})-)?([0-9]{1,18})");

    /**
     * The one that a client names.
     *
     * @param header its {@code Last-Event-ID}, which wins, for it is what a browser saw last
     * @param parameter what it says in the URL
     * @return null if it names none
     */
    static @Nullable EventId of(@Nullable String header, @Nullable String parameter) {
        String text = header == null || header.isBlank() ? parameter : header;
        if (text == null || text.isBlank()) {
            return null;
        }
        Matcher found = FORM.matcher(text.strip());
        if (!found.matches()) {
            throw new ProblemException(Problem.of(400, "bad-parameter", "A parameter is wrong")
                    .withDetail("lastEventId is no id of an event")
                    .with("parameter", "lastEventId"));
        }
        return new EventId(found.group(1), Long.parseLong(found.group(2)));
    }

    static String text(String of, long number) {
        return of + "-" + number;
    }

    boolean isOf(String followed) {
        return of == null || of.equals(followed);
    }

    @Override
    public String toString() {
        return of == null ? Long.toString(number) : text(of, number);
    }
}
