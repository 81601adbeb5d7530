package dev.heirloom.table;

/** Says that the table was not declared with a buffer of changes ({@link Limits#changes}), so nobody can follow them. */
public final class ChangesNotKeptException extends HeirloomException {
    public ChangesNotKeptException(String table) {
        super("table " + table + " keeps no changes: declare it with a change buffer");
    }
}
