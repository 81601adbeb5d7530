package dev.heirloom.ets;

import dev.heirloom.ets.Term.Atom;
import dev.heirloom.ets.Term.Binary;
import dev.heirloom.ets.Term.Int;
import dev.heirloom.ets.Term.Real;
import dev.heirloom.ets.Term.Sequence;
import dev.heirloom.ets.Term.Tuple;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/**
 * The order of Erlang's terms: numbers, atoms, tuples (the shorter first), lists, binaries. Integers and floats compare
 * by their exact values, never rounded.
 */
final class TermOrder implements Comparator<Term> {
    @Override
    public int compare(Term a, Term b) {
        int byKind = Integer.compare(kind(a), kind(b));
        if (byKind != 0) {
            return byKind;
        }
        if (a instanceof Atom one && b instanceof Atom other) {
            return one.name().compareTo(other.name());
        }
        if (a instanceof Binary one && b instanceof Binary other) {
            return one.bytes().compareTo(other.bytes());
        }
        if (a instanceof Tuple one && b instanceof Tuple other) {
            return one.size() == other.size()
                    ? elements(one.elements(), other.elements())
                    : Integer.compare(one.size(), other.size());
        }
        if (a instanceof Sequence one && b instanceof Sequence other) {
            return elements(one.elements(), other.elements());
        }
        return numbers(a, b);
    }

    private static int kind(Term term) {
        if (term instanceof Int || term instanceof Real) {
            return 0;
        }
        if (term instanceof Atom) {
            return 1;
        }
        return term instanceof Tuple ? 2 : term instanceof Sequence ? 3 : 4;
    }

    private int elements(List<Term> a, List<Term> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static int numbers(Term a, Term b) {
        if (a instanceof Int one && b instanceof Int other) {
            return one.value().compareTo(other.value());
        }
        return exact(a).compareTo(exact(b)); // both zeros are one
    }

    private static BigDecimal exact(Term number) {
        return number instanceof Int whole ? new BigDecimal(whole.value()) : new BigDecimal(((Real) number).value());
    }
}
