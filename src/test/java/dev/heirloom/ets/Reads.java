package dev.heirloom.ets;

import static java.util.Map.entry;

import dev.heirloom.ets.Term.Sequence;
import dev.heirloom.ets.Term.Tuple;
import dev.heirloom.table.Query;
import dev.heirloom.table.Rows;
import dev.heirloom.table.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operations that read by key, or all there is. */
final class Reads {
    static final Map<String, Operation> OPERATIONS = Map.ofEntries(
            entry("lookup", (table, its) -> list(table.rows().lookup(its.term(0)))),
            entry("member", (table, its) -> String.valueOf(table.rows().contains(its.term(0)))),
            entry("lookup_element", Reads::lookupElement),
            entry("first", (table, its) -> print(table, table.rows().first())),
            entry("last", (table, its) -> print(table, table.rows().last())),
            entry("next", (table, its) -> neighbour(table, its.term(0), Rows::next)),
            entry("prev", (table, its) -> neighbour(table, its.term(0), Rows::previous)),
            entry("walk", (table, its) -> walk(table)),
            entry("tab2list", (table, its) -> print(table, table.rows().stream())),
            entry("foldr", (table, its) -> foldFromTheRight(table)));

    private Reads() {}

    /** In the order in which the table gives the rows of one key. */
    static String list(List<? extends Term> terms) {
        return terms.stream().map(Term::toString).collect(Collectors.joining(",", "[", "]"));
    }

    static String print(Hold table, Stream<? extends Term> rows) {
        try (rows) {
            return table.shape().print(rows);
        }
    }

    private static String print(Hold table, Optional<Tuple> row) {
        return table.shape().print(row.orElse(null), "$end");
    }

    private static String neighbour(
            Hold table, Term key, BiFunction<Rows<Term, Tuple>, Term, Optional<Tuple>> direction) {
        Rows<Term, Tuple> rows = table.rows();
        if (!table.shape().isOrdered() && !rows.contains(key)) { // where it was is known to who has fixed the table
            rows = table.fixed().stream()
                    .<Rows<Term, Tuple>>map(fixed -> fixed)
                    .filter(fixed -> fixed.contains(key))
                    .findFirst()
                    .orElse(rows);
        }
        Tuple row = direction.apply(rows, key).orElse(null);
        return table.shape().print(row, table.shape().isOrdered() ? "$end" : "~");
    }

    private static String lookupElement(Hold table, Arguments its) {
        Term key = its.term(0);
        int position = its.position(1);
        Rows<Term, Tuple> rows = table.rows();
        if (its.count() > 2) {
            BadArgument.unless(position >= 1, "no position: " + its.word(1));
            if (!rows.contains(key)) {
                return its.term(2).toString();
            }
        }
        if (!table.shape().isBag()) {
            Optional<Tuple> row = rows.find(key);
            BadArgument.unless(row.isPresent(), "no row with the key " + key);
            return row.orElseThrow().at(position).toString();
        }
        List<Tuple> found = rows.lookup(key);
        BadArgument.unless(!found.isEmpty(), "no row with the key " + key);
        return list(found.stream().map(row -> row.at(position)).toList());
    }

    /** The keys, from each to the next. */
    static List<Term> keys(Shape shape, Rows<Term, Tuple> rows) {
        List<Term> keys = new ArrayList<>();
        Optional<Tuple> row = rows.first();
        while (row.isPresent()) {
            Term key = shape.key(row.orElseThrow());
            keys.add(key);
            row = rows.next(key);
        }
        return keys;
    }

    private static String walk(Hold table) {
        try (Snapshot<Term, Tuple> fixed = table.snapshot()) {
            return table.shape().print(keys(table.shape(), fixed).stream());
        }
    }

    private static String foldFromTheRight(Hold table) {
        Query<Term, Tuple> all = table.rows().query();
        try (Stream<Tuple> fromTheRight = (table.shape().isOrdered() ? all.descending() : all).stream()) {
            List<Term> folded = new ArrayList<>(fromTheRight.toList());
            Collections.reverse(folded);
            return table.shape().print(new Sequence(folded).elements().stream());
        }
    }
}
