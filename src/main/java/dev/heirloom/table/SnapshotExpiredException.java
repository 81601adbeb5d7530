package dev.heirloom.table;

/** Says that a snapshot was open for too long, or gave way to newer ones; take a new one. */
public final class SnapshotExpiredException extends HeirloomException {
    public SnapshotExpiredException(String table) {
        super("the snapshot of table " + table + " has expired");
    }
}
