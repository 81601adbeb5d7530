package dev.heirloom.documents;

/** Says what is wrong with JSON, a definition, a key or a filter that somebody has sent. */
public final class DocumentException extends RuntimeException {
    /** What kind of thing is wrong. */
    public enum Kind {
        /** It is not JSON. */
        MALFORMED,
        /** It is larger than it may be. */
        LIMIT,
        /** It makes no sense here. */
        INVALID
    }

    private final Kind kind;

    private DocumentException(Kind kind, String message) {
        super(message, null, false, false); // of whoever sent it: no stack trace
        this.kind = kind;
    }

    static DocumentException malformed(String message) {
        return new DocumentException(Kind.MALFORMED, message);
    }

    static DocumentException invalid(String message) {
        return new DocumentException(Kind.INVALID, message);
    }

    /** @param limit the setting that says how much is allowed */
    static DocumentException limit(String what, long most, String limit) {
        return new DocumentException(Kind.LIMIT, what + ": at most " + most + " (setting " + limit + ")");
    }

    public Kind kind() {
        return kind;
    }
}
