package dev.heirloom.ets;

/** Where our tables answer otherwise than those of ETS, on purpose. These are all. */
enum Difference {
    /**
     * ETS lets every process delete (and rename) a public table. Ours leave that to the owner and to the manager: who
     * may write rows need not be able to pull the table from under everybody. After the refusal the replay has the
     * manager delete the table, so that the rest of the program means the same to both.
     */
    PUBLIC_TABLE_DELETED_BY_ANOTHER,

    /**
     * ETS goes on showing a heir that has died. Ours show that there is none: what is shown as a heir would inherit.
     */
    DEAD_HEIR_SHOWN
}
