package dev.heirloom.load;

import java.util.List;

/** Where the application keeps its rows. Thread-safe. */
interface Lines {
    /** Has all rows be there, as they are at first. */
    void fill();

    Line find(String id);

    /** Counts one more change of a row; gives the new count. */
    long change(String id);

    /** As {@link #change}, and sets the status. */
    long status(String id, String status);

    /** Reads some rows and then changes the first two of them; gives the sum of all counts that were read. */
    long readAndChange(List<String> ids);

    /** The counts of all rows together. */
    long changes();

    /** Has whoever owns the rows die at its next change, if somebody owns them. */
    void kill();
}
