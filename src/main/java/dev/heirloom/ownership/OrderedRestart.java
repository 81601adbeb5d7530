package dev.heirloom.ownership;

import dev.heirloom.table.HeirloomException;

/** Ends an owner between two requests because somebody asked for its successor. */
final class OrderedRestart extends HeirloomException {
    OrderedRestart(String table) {
        super("the owner of table " + table + " was asked to make way for the next");
    }
}
