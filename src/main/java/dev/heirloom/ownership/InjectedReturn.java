package dev.heirloom.ownership;

import dev.heirloom.table.Failpoint;
import dev.heirloom.table.HeirloomException;

/** Makes an owner return as if its consumer had decided to, because somebody asked for it. */
final class InjectedReturn extends HeirloomException {
    InjectedReturn(Failpoint at) {
        super("a return was asked for at " + at);
    }
}
