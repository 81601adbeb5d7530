package dev.heirloom.table;

import java.util.Locale;

/**
 * The little JSON that a table's file needs besides what codecs write: strings, written in one way only, and members in a
 * known order, read one after another. For one thread.
 */
final class JsonText {
    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String HEX = "0123456789abcdef";
    private static final String MEANT = "\"\\/\b\f\n\r\t";

    private final String text;
    private int at;

    JsonText(String text) {
        this.text = text;
    }

    // ---- writing ----

    /** A text as a JSON string without line breaks, which any file in UTF-8 can hold. */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(each -> {
            if (each == '"' || each == '\\') {
                json.append('\\').append((char) each);
            } else if (Character.isISOControl(each) || Character.getType(each) == Character.SURROGATE) {
                json.append(String.format(Locale.ROOT, "\\u%04x", each));
            } else {
                json.appendCodePoint(each);
            }
        });
        return json.append('"').toString();
    }

    // ---- reading ----

    /**
     * The text of a JSON string.
     *
     * @throws IllegalArgumentException if it is none, or something follows it
     */
    static String unquoted(String json) {
        JsonText in = new JsonText(json);
        String text = in.string();
        in.end();
        return text;
    }

    /** Whether this is what comes next. */
    boolean isNext(String part) {
        return text.startsWith(part, at);
    }

    /** Reads on behind what must come next. */
    JsonText skip(String part) {
        if (!isNext(part)) {
            throw new IllegalArgumentException(part + " should be at character " + (at + 1));
        }
        at += part.length();
        return this;
    }

    void end() {
        if (at != text.length()) {
            throw new IllegalArgumentException("it should end at character " + (at + 1));
        }
    }

    /** A number of digits, without a sign or a fraction. */
    long number() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return Long.parseLong(text.substring(from, at)); // an IllegalArgumentException, if it is none
    }

    String string() {
        skip("\"");
        StringBuilder read = new StringBuilder();
        while (!isNext("\"")) {
            char next = take();
            if (next < ' ') {
                throw new IllegalArgumentException("a control character at character " + at);
            }
            read.append(next == '\\' ? escaped() : next);
        }
        at++;
        return read.toString();
    }

    private char escaped() {
        char kind = take();
        if (kind == 'u') {
            int code = 0;
            for (int i = 0; i < 4; i++) {
                int digit = HEX.indexOf(Character.toLowerCase(take()));
                if (digit < 0) {
                    throw new IllegalArgumentException("no hexadecimal digit at character " + at);
                }
                code = (code << 4) | digit;
            }
            return (char) code;
        }
        int known = ESCAPED.indexOf(kind);
        if (known < 0) {
            throw new IllegalArgumentException("an unknown escape at character " + at);
        }
        return MEANT.charAt(known);
    }

    private char take() {
        if (at == text.length()) {
            throw new IllegalArgumentException("a string has no end");
        }
        return text.charAt(at++);
    }
}
