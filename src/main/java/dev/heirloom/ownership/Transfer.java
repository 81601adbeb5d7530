package dev.heirloom.ownership;

import org.jspecify.annotations.Nullable;

/**
 * The notice a new owner gets, as {@code 'ETS-TRANSFER'}: which table it now owns, from whom, and why.
 *
 * @param table the name of the table
 * @param reason why it changes hands
 * @param from the consumer that owned it before; null if nobody did
 * @param data the gift of a table given away, or the heir data of an inherited one
 * @param epoch the epoch of the new owner
 * @param attempt the number of the restart, counted from 1 after a calm time; 0 if this is none: created, revived, given away
 */
public record Transfer(
        String table,
        Reason reason,
        @Nullable String from,
        @Nullable Object data,
        long epoch,
        int attempt) {
    /** Why a table changes hands. */
    public enum Reason {
        /** It is new. */
        CREATED,
        /** Its last owner ended, and the manager inherited it. */
        INHERITED,
        /** Its last owner gave it away. */
        GIVEN_AWAY
    }
}
