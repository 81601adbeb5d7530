package dev.heirloom.ets;

import dev.heirloom.ets.Term.Tuple;
import dev.heirloom.ownership.OwnedTable;
import dev.heirloom.ownership.Requests;
import dev.heirloom.ownership.TableConsumer;
import dev.heirloom.ownership.Transfer;

/** Owns a new table just long enough to give it to the process that had it made. */
record Midwife(String creator) implements TableConsumer<Term, Tuple> {
    /** Whether a notice comes from a midwife; ETS gives none when a table is made. */
    static boolean isBirth(Transfer notice) {
        return Midwife.class.getSimpleName().equals(notice.from());
    }

    @Override
    public void consume(OwnedTable<Term, Tuple> table, Requests requests) {
        table.giveAway(creator, null);
    }
}
