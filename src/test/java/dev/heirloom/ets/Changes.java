package dev.heirloom.ets;

import static java.util.Map.entry;

import dev.heirloom.ets.Term.Sequence;
import dev.heirloom.ets.Term.Tuple;
import dev.heirloom.table.Snapshot;
import dev.heirloom.table.Writes;
import java.util.List;
import java.util.Map;

/** The operations that insert and delete. */
final class Changes {
    static final Map<String, Operation> OPERATIONS = Map.ofEntries(
            entry("insert", Changes::insert),
            entry("insert_new", Changes::insertNew),
            entry("delete", (table, its) -> done(table.rows().delete(its.term(0)))),
            entry("delete_object", (table, its) -> done(table.rows().deleteRow(its.row(0)))),
            entry("delete_all_objects", Changes::clear),
            entry("take", (table, its) -> Reads.list(take(table, its.term(0)))),
            entry("walk_delete", Changes::walkDelete));

    private Changes() {}

    /** ETS does not say whether there was something to delete. */
    private static String done(@SuppressWarnings("unused") boolean deleted) {
        return "true";
    }

    private static String insert(Hold table, Arguments its) {
        Term given = its.term(0);
        if (given instanceof Sequence list) {
            table.rows().insertAll(rows(list));
        } else {
            table.rows().insert(Arguments.row(given));
        }
        return "true";
    }

    private static String insertNew(Hold table, Arguments its) {
        Term given = its.term(0);
        return String.valueOf(
                given instanceof Sequence list
                        ? table.rows().insertNewAll(rows(list))
                        : table.rows().insertNew(Arguments.row(given)));
    }

    private static List<Tuple> rows(Sequence list) {
        return list.elements().stream().map(Arguments::row).toList();
    }

    private static String clear(Hold table, Arguments its) {
        table.rows().clear();
        return "true";
    }

    private static List<Tuple> take(Hold table, Term key) {
        Writes<Term, Tuple> rows = table.rows();
        return table.shape().isBag()
                ? rows.takeAll(key)
                : rows.take(key).stream().toList();
    }

    /** Deletes each key just after it was visited. */
    private static String walkDelete(Hold table, Arguments its) {
        try (Snapshot<Term, Tuple> fixed = table.snapshot()) {
            List<Term> keys = Reads.keys(table.shape(), fixed);
            keys.forEach(table.rows()::delete);
            return table.shape().print(keys.stream());
        }
    }
}
