package dev.heirloom.ets;

import dev.heirloom.ets.Term.Atom;
import dev.heirloom.ets.Term.Binary;
import dev.heirloom.ets.Term.Int;
import dev.heirloom.ets.Term.Real;
import dev.heirloom.ets.Term.Sequence;
import dev.heirloom.ets.Term.Tuple;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Reads a term as the programs write it; what {@link Term#toString} gives. Not thread-safe. */
final class TermReader {
    private final String text;
    private int at;

    private TermReader(String text) {
        this.text = text;
    }

    static Term read(String text) {
        TermReader reader = new TermReader(text);
        Term term = reader.term();
        if (reader.at != text.length()) {
            throw reader.unreadable();
        }
        return term;
    }

    private Term term() {
        if (at == text.length()) {
            throw unreadable();
        }
        char kind = text.charAt(at++);
        return switch (kind) {
            case '{' -> new Tuple(terms('}'));
            case '[' -> new Sequence(terms(']'));
            case '_' -> new Atom("_");
            case '$' -> new Atom("$" + word());
            case 'i' -> new Int(new BigInteger(word()));
            case 'f' -> new Real(Double.longBitsToDouble(Long.parseUnsignedLong(word(), 16)));
            case 's' -> new Binary(word());
            case 'a' -> new Atom(word());
            default -> throw unreadable();
        };
    }

    private List<Term> terms(char end) {
        List<Term> terms = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != end) {
            if (text.charAt(at) == ',') {
                at++;
            }
            terms.add(term());
        }
        at++;
        return terms;
    }

    private String word() {
        int start = at;
        while (at < text.length() && ",}]".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private IllegalArgumentException unreadable() {
        return new IllegalArgumentException("no term: " + text + " (at " + at + ")");
    }
}
