package dev.heirloom.ownership;

/** Who inherits a table when its owner ends. */
public enum Heir {
    /** The manager keeps the rows and hands the table to the next owner. The default. */
    MANAGER,

    /** Nobody, as in ETS by default: the rows die with their owner, and the next one starts with an empty table. */
    NONE
}
