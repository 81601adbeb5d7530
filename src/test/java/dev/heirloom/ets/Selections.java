package dev.heirloom.ets;

import static java.util.Map.entry;

import dev.heirloom.ets.Term.Sequence;
import dev.heirloom.ets.Term.Tuple;
import dev.heirloom.table.Page;
import dev.heirloom.table.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The operations that choose rows by patterns and guards, which are predicates to us. */
final class Selections {
    static final Map<String, Operation> OPERATIONS = Map.ofEntries(
            entry("match_object", (table, its) -> print(table, matching(table, its))),
            entry("match", Selections::match),
            entry("match_delete", Selections::matchDelete),
            entry("select", (table, its) -> print(table, guarded(table, its))),
            entry("select_reverse", Selections::selectReverse),
            entry(
                    "select_count",
                    (table, its) -> String.valueOf(guarded(table, its).count())),
            entry("select_delete", (table, its) -> String.valueOf(table.rows().deleteAll(guarded(table, its)))),
            entry("select_limit", Selections::selectLimit),
            entry("select_pat", Selections::selectPattern),
            entry("select_replace", Selections::selectReplace),
            entry("select_replace_key", Selections::selectReplaceKey));

    private Selections() {}

    private static String print(Hold table, Query<Term, Tuple> query) {
        return Reads.print(table, query.stream());
    }

    private static Query<Term, Tuple> matching(Hold table, Arguments its) {
        return table.rows().query().where(Pattern.read(its.word(0))::matches);
    }

    /** Rows of which an element compares so; those that have no such element do not. */
    private static Query<Term, Tuple> guarded(Hold table, Arguments its) {
        int position = its.position(1);
        Predicate<Term> guard = guard(its.word(0), its.term(2));
        return table.rows().query().where(row -> row.has(position) && guard.test(row.at(position)));
    }

    private static Predicate<Term> guard(String operator, Term value) {
        Comparison comparison = Comparison.of(operator);
        return element -> comparison.holds(element, value);
    }

    private static String match(Hold table, Arguments its) {
        Pattern pattern = Pattern.read(its.word(0));
        return Reads.print(
                table,
                table.rows().query().where(pattern::matches).stream()
                        .map(row -> new Sequence(
                                List.copyOf(pattern.match(row).orElseThrow().values()))));
    }

    private static String matchDelete(Hold table, Arguments its) {
        table.rows().deleteAll(matching(table, its));
        return "true";
    }

    private static String selectReverse(Hold table, Arguments its) {
        Query<Term, Tuple> chosen = guarded(table, its);
        return print(table, table.shape().isOrdered() ? chosen.descending() : chosen);
    }

    private static String selectLimit(Hold table, Arguments its) {
        Query<Term, Tuple> chosen = guarded(table, its).limit(its.position(3));
        List<List<Tuple>> pages = new ArrayList<>();
        Page<Term, Tuple> page = chosen.page();
        while (page.last().isPresent()) {
            pages.add(page.rows());
            page = chosen.after(page.last().orElseThrow()).page();
        }
        pages.add(page.rows());
        return table.shape().isOrdered()
                ? pages.stream()
                        .filter(rows -> !rows.isEmpty())
                        .map(Reads::list)
                        .collect(Collectors.joining("|"))
                : table.shape().print(pages.stream().flatMap(List::stream));
    }

    private static String selectPattern(Hold table, Arguments its) {
        Pattern pattern = Pattern.read(its.word(0));
        Predicate<Term> guard = guard(its.word(1), its.term(2));
        return print(
                table,
                table.rows()
                        .query()
                        .where(row -> pattern.match(row)
                                .filter(bound -> guard.test(bound.get("$2")))
                                .isPresent()));
    }

    private static String selectReplace(Hold table, Arguments its) {
        int position = table.shape().keypos() == 1 ? 2 : 1;
        Predicate<Term> guard = guard(its.word(0), its.term(1));
        Query<Term, Tuple> chosen = table.rows().query().where(row -> row.size() == 2 && guard.test(row.at(position)));
        return String.valueOf(table.rows().replaceAll(chosen, row -> row.with(position, its.term(2))));
    }

    /**
     * Our tables refuse a row that gets another key. ETS refuses the replacement by its form, also if there is nothing
     * to replace or the key happens to be the same, and so must the replay, which stands for its match specifications.
     */
    private static String selectReplaceKey(Hold table, Arguments its) {
        Term key = its.term(0);
        Query<Term, Tuple> others = table.rows()
                .query()
                .where(row ->
                        row.size() == 2 && Term.ORDER.compare(table.shape().key(row), key) != 0);
        table.rows().replaceAll(others, row -> new Tuple(List.of(key, key)));
        throw new BadArgument("a replacement must keep the key");
    }
}
