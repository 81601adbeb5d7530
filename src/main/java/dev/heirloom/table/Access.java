package dev.heirloom.table;

/** Who may read and write a table besides its owner, as the access rights of ETS. */
public enum Access {
    /** Nobody but the owner reads or writes. */
    PRIVATE,

    /** Everybody reads, the owner writes. The default. */
    PROTECTED,

    /** Everybody reads and writes; units of work are validated when they commit. */
    PUBLIC
}
