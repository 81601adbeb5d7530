package dev.heirloom.peers;

import java.io.Serializable;

/**
 * What every store under test holds: a record of five fields. Immutable.
 *
 * @param key a {@link Long} or a {@link String}: see {@link Keys}
 */
public record Row(Object key, String name, long count, double share, Status status) implements Serializable {
    private static final long serialVersionUID = 1;

    /** A field of few values. */
    public enum Status {
        ACTIVE,
        DONE
    }

    static Row of(Object key, long count) {
        return new Row(key, "name", count, 3.5, Status.ACTIVE);
    }

    /** The row that follows this one: an overwrite as an update makes it, with the same key object. */
    Row next() {
        return new Row(key, name, count + 1, share, status);
    }
}
