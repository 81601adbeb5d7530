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
    DEAD_HEIR_SHOWN,

    /**
     * A defect of ETS (OTP 25.2.3): {@code take} of a key of which a fixed bag has lost rows before counts those again.
     * Its size is too small from then on, and 2^64-1 instead of -1; {@code tab2list} is right. Ours count right.
     */
    FIXED_BAG_MISCOUNTED
}
