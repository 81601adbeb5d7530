package dev.heirloom.backup;

import dev.heirloom.table.HeirloomException;

/**
 * Says that a row cannot be written, though others of its type can: a sorted set in an order of its own, records nested
 * too deep, an accessor that throws. Nothing of it was written.
 */
public final class UnwritableRowException extends HeirloomException {
    UnwritableRowException(String table, String type, PathException at) {
        super("table " + table + ": a row cannot be written: " + type + at.path() + ": " + at.why(), at.getCause());
    }
}
