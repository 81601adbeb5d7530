package dev.heirloom.ets;

import dev.heirloom.ets.Term.Tuple;
import dev.heirloom.ownership.OwnedTable;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.Rows;
import dev.heirloom.table.Snapshot;
import dev.heirloom.table.Writes;
import java.util.List;
import java.util.function.Supplier;

/**
 * A table as one process has it: the owner in its hands, everybody else by reference.
 *
 * @param shape what is known of the table
 * @param rows reads and changes it
 * @param fixed what it was like since it was fixed
 * @param frozen takes a frozen view of it
 */
record Hold(
        Shape shape,
        Writes<Term, Tuple> rows,
        List<? extends Rows<Term, Tuple>> fixed,
        Supplier<Snapshot<Term, Tuple>> frozen) {
    static Hold of(Subject subject, OwnedTable<Term, Tuple> table) {
        return new Hold(subject.shape, table, subject.fixed(), table::snapshot);
    }

    static Hold of(Subject subject, TableRef<Term, Tuple> table) {
        return new Hold(subject.shape, table, subject.fixed(), table::snapshot);
    }

    /** A frozen view of the table; to be closed. */
    Snapshot<Term, Tuple> snapshot() {
        return frozen.get();
    }
}
