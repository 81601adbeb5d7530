package dev.heirloom.ets;

import dev.heirloom.ownership.Transfer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One life of an Erlang process: a consumer of its own name, which has a task for each table that it owns. For one thread
 * at a time: that of the program, or that of a new owner while the program waits for it.
 */
final class Life {
    final String name;

    /** What its consumer is called; other lives of that process have others. */
    final String consumer;

    /** Its tables, in the order in which it came to own them: that in which they leave it when it ends. */
    final Map<Subject, Tenure> owned = new LinkedHashMap<>();

    /** The transfer notices since they were last looked at. */
    final List<Transfer> mailbox = new ArrayList<>();

    boolean alive = true;

    Life(String name, int life) {
        this.name = name;
        this.consumer = name + "." + life;
    }

    @Override
    public String toString() {
        return consumer;
    }
}
