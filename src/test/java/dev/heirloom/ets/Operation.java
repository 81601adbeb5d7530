package dev.heirloom.ets;

import java.util.HashMap;
import java.util.Map;

/** One thing that can be done with the rows of a table. */
@FunctionalInterface
interface Operation {
    /** All of them, by name. */
    Map<String, Operation> ALL = all();

    /**
     * Does it.
     *
     * @return what came of it, as the programs write it
     */
    String run(Hold table, Arguments arguments);

    private static Map<String, Operation> all() {
        Map<String, Operation> all = new HashMap<>();
        all.putAll(Reads.OPERATIONS);
        all.putAll(Selections.OPERATIONS);
        all.putAll(Changes.OPERATIONS);
        all.putAll(Updates.OPERATIONS);
        return Map.copyOf(all);
    }
}
