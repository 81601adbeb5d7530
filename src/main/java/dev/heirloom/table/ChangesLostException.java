package dev.heirloom.table;

/**
 * Says that changes are gone from the buffer of a table before a subscriber has read them: it is too slow, or was away
 * for too long.
 */
public final class ChangesLostException extends HeirloomException {
    private final long from;
    private final long to;

    public ChangesLostException(String table, long from, long to) {
        super("the changes " + from + " to " + to + " of table " + table + " are lost: it keeps only the latest ones");
        this.from = from;
        this.to = to;
    }

    /** The number of the first change that is lost. */
    public long from() {
        return from;
    }

    /** The number of the last change that is lost. */
    public long to() {
        return to;
    }
}
