package dev.heirloom.table;

/** Says that no change of the table has the number to go on from, and none had: start again, with a snapshot. */
public final class NoSuchChangeException extends HeirloomException {
    private final long start;

    public NoSuchChangeException(String table, long sequence, long start, long latest) {
        super("table " + table + " has no change " + sequence + ": "
                + (sequence > latest
                        ? "the latest is " + latest
                        : "the rows it was about are gone with an owner that had no heir; those of the present rows"
                                + " follow " + start));
        this.start = start;
    }

    /** The number before that of the first change of the present rows. */
    public long start() {
        return start;
    }
}
