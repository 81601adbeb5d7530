package dev.heirloom.ets;

import dev.heirloom.ets.Term.Atom;
import dev.heirloom.ets.Term.Sequence;
import dev.heirloom.ets.Term.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A match pattern: a term in which {@code _} stands for anything and {@code $N} for the same term wherever it occurs. It
 * matches by equality, also the keys of an ordered set.
 */
record Pattern(Term form) {
    static Pattern read(String text) {
        return new Pattern(TermReader.read(text));
    }

    boolean matches(Term term) {
        return match(term).isPresent();
    }

    /** What the variables stand for, in their order; empty if the term does not match. */
    Optional<SortedMap<String, Term>> match(Term term) {
        SortedMap<String, Term> bound = new TreeMap<>();
        return match(form, term, bound) ? Optional.of(bound) : Optional.empty();
    }

    private static boolean match(Term form, Term term, SortedMap<String, Term> bound) {
        if (form instanceof Atom atom && atom.isAnything()) {
            return true;
        }
        if (form instanceof Atom atom && atom.isVariable()) {
            Term before = bound.putIfAbsent(atom.name(), term);
            return before == null || before.equals(term);
        }
        if (form instanceof Tuple forms && term instanceof Tuple terms) {
            return match(forms.elements(), terms.elements(), bound);
        }
        if (form instanceof Sequence forms && term instanceof Sequence terms) {
            return match(forms.elements(), terms.elements(), bound);
        }
        return form.equals(term);
    }

    private static boolean match(List<Term> forms, List<Term> terms, SortedMap<String, Term> bound) {
        if (forms.size() != terms.size()) {
            return false;
        }
        for (int i = 0; i < forms.size(); i++) {
            if (!match(forms.get(i), terms.get(i), bound)) {
                return false;
            }
        }
        return true;
    }
}
