package dev.heirloom.ets;

import dev.heirloom.ets.Term.Int;
import dev.heirloom.ets.Term.Sequence;
import dev.heirloom.ets.Term.Tuple;
import java.math.BigInteger;
import java.util.List;

/** The words of an operation after its name and its table. */
record Arguments(List<String> words) {
    int count() {
        return words.size();
    }

    String word(int i) {
        return words.get(i);
    }

    Term term(int i) {
        return TermReader.read(word(i));
    }

    /** A row, or whatever the table is to refuse in its place. */
    Tuple row(int i) {
        return row(term(i));
    }

    static Tuple row(Term term) {
        if (term instanceof Tuple row) {
            return row;
        }
        throw new BadArgument("no row: " + term);
    }

    /** A position in a row; 0, at which no row has an element, for what is none. */
    int position(int i) {
        return position(term(i));
    }

    static int position(Term term) {
        return term instanceof Int whole && whole.value().bitLength() < Integer.SIZE
                ? whole.value().intValue()
                : 0;
    }

    static BigInteger integer(Term term) {
        if (term instanceof Int whole) {
            return whole.value();
        }
        throw new BadArgument("no integer: " + term);
    }

    /** The terms of a list, or the one term that is there instead of a list of one. */
    static List<Term> several(Term term) {
        return term instanceof Sequence list ? list.elements() : List.of(term);
    }
}
