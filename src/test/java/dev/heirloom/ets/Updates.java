package dev.heirloom.ets;

import dev.heirloom.ets.Term.Int;
import dev.heirloom.ets.Term.Sequence;
import dev.heirloom.ets.Term.Tuple;
import dev.heirloom.table.Counter;
import dev.heirloom.table.Counter.Step;
import dev.heirloom.table.Field;
import dev.heirloom.table.NoSuchRowException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** The operations that change elements of one row: by our fields and counters. */
final class Updates {
    static final Map<String, Operation> OPERATIONS =
            Map.of("update_counter", Updates::updateCounter, "update_element", Updates::updateElement);

    private Updates() {}

    /** An element of rows at a position, which cannot be that of the key. */
    private static Field<Tuple, Term> field(Shape shape, int position) {
        return Field.of(row -> row.at(position), (row, element) -> {
            BadArgument.unless(position != shape.keypos(), "the key cannot be changed");
            return row.with(position, element);
        });
    }

    private static String updateElement(Hold table, Arguments its) {
        Term key = its.term(0);
        if (its.term(1) instanceof Tuple pair) {
            return String.valueOf(table.rows().set(key, field(table.shape(), pair), pair.at(2)));
        }
        List<Term> pairs = Arguments.several(its.term(1));
        try {
            table.rows().update(key, before -> {
                Tuple row = before;
                for (Term one : pairs) {
                    Tuple pair = Arguments.row(one);
                    row = field(table.shape(), pair).write(row, pair.at(2));
                }
                return row;
            });
            return "true";
        } catch (NoSuchRowException e) {
            return "false";
        }
    }

    /** The element that {@code {pos,value}} is about. */
    private static Field<Tuple, Term> field(Shape shape, Tuple pair) {
        return field(shape, Arguments.position(pair.at(1)));
    }

    private static String updateCounter(Hold table, Arguments its) {
        Term key = its.term(0);
        Term spec = its.term(1);
        List<Step<Tuple, BigInteger>> steps = Arguments.several(spec).stream()
                .map(step -> step(table.shape(), step))
                .toList();
        List<BigInteger> counts = its.count() > 2
                ? table.rows().countAll(key, its.row(2).with(table.shape().keypos(), key), steps)
                : table.rows().countAll(key, steps);
        List<Int> results = counts.stream().map(Int::new).toList();
        return spec instanceof Sequence ? Reads.list(results) : results.get(0).toString();
    }

    /** {@code incr}, {@code {pos,incr}} or {@code {pos,incr,threshold,reset}}. */
    private static Step<Tuple, BigInteger> step(Shape shape, Term spec) {
        if (!(spec instanceof Tuple parts)) {
            return counter(shape, shape.keypos() + 1).add(Arguments.integer(spec));
        }
        Step<Tuple, BigInteger> step =
                counter(shape, Arguments.position(parts.at(1))).add(Arguments.integer(parts.at(2)));
        return parts.size() == 2 ? step : step.limit(Arguments.integer(parts.at(3)), Arguments.integer(parts.at(4)));
    }

    private static Counter<Tuple, BigInteger> counter(Shape shape, int position) {
        Field<Tuple, Term> field = field(shape, position);
        return Counter.ofBigInteger(
                row -> Arguments.integer(field.read(row)), (row, count) -> field.write(row, new Int(count)));
    }
}
