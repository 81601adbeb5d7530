package dev.heirloom.manager;

import dev.heirloom.table.HeirloomException;

/** Says that the owner of a table, told to end, goes on. */
public final class OwnerNotEndedException extends HeirloomException {
    OwnerNotEndedException() {
        super("an owner does not end");
    }
}
