package dev.heirloom.table;

/** Says that a unit of work was used after it ended; it is dead outside of the function it was given to. */
public final class UnitEndedException extends HeirloomException {
    public UnitEndedException(String table) {
        super("this unit of work on table " + table + " has ended");
    }
}
