package dev.heirloom.rest;

import java.util.List;

/** Where the events of one stream come from. Used by one thread at a time; does not block. */
interface Feed {
    /** Where a client stands that has seen nothing yet. */
    String position();

    /** Whether there is anything to be had. Quick. */
    boolean isReady();

    /** The next events, some of them; empty if there are none. */
    List<StreamEvent> next();
}
