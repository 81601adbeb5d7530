package dev.heirloom.ets;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A value of Erlang. Equal as by {@code =:=}, ordered as by {@code ==} and {@code <} ({@link #ORDER}), in words as the
 * programs write it. Immutable.
 */
sealed interface Term {
    /** The order of all terms; an integer and a float of one value compare as 0, though they are not equal. */
    Comparator<Term> ORDER = new TermOrder();

    /** An integer of any size. */
    record Int(BigInteger value) implements Term {
        static Int of(long value) {
            return new Int(BigInteger.valueOf(value));
        }

        @Override
        public String toString() {
            return "i" + value;
        }
    }

    /** A floating point number. The two zeros are equal, as before OTP 27. */
    record Real(double value) implements Term {
        @Override
        public boolean equals(Object other) {
            return other instanceof Real real && value == real.value;
        }

        @Override
        public int hashCode() {
            return Double.hashCode(value + 0.0); // which makes -0.0 to 0.0
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "f%016x", Double.doubleToLongBits(value));
        }
    }

    /** An atom; {@code _} and {@code $N} are atoms too. */
    record Atom(String name) implements Term {
        boolean isAnything() {
            return name.equals("_");
        }

        boolean isVariable() {
            return name.startsWith("$");
        }

        @Override
        public String toString() {
            return isAnything() || isVariable() ? name : "a" + name;
        }
    }

    /** A binary: a character for each of its bytes. */
    record Binary(String bytes) implements Term {
        @Override
        public String toString() {
            return "s" + bytes;
        }
    }

    /** A tuple; as an object of a table, a row. */
    record Tuple(List<Term> elements) implements Term {
        public Tuple {
            elements = List.copyOf(elements);
        }

        int size() {
            return elements.size();
        }

        /** Whether it has an element at a position, counted from 1. */
        boolean has(int position) {
            return position >= 1 && position <= size();
        }

        /**
         * The element at a position, counted from 1.
         *
         * @throws BadArgument if there is none
         */
        Term at(int position) {
            BadArgument.unless(has(position), "no element " + position + " in " + this);
            return elements.get(position - 1);
        }

        /**
         * A tuple like this with another element.
         *
         * @throws BadArgument if there is no such element
         */
        Tuple with(int position, Term element) {
            BadArgument.unless(has(position), "no element " + position + " in " + this);
            List<Term> changed = new ArrayList<>(elements);
            changed.set(position - 1, element);
            return new Tuple(changed);
        }

        @Override
        public String toString() {
            return join(elements, "{", "}");
        }
    }

    /** A list. */
    record Sequence(List<Term> elements) implements Term {
        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return join(elements, "[", "]");
        }
    }

    private static String join(List<Term> elements, String open, String close) {
        return elements.stream().map(Term::toString).collect(Collectors.joining(",", open, close));
    }
}
