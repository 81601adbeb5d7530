package dev.heirloom.rest;

import dev.heirloom.documents.Document;
import dev.heirloom.table.Counter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A step of a counter as clients ask for it, with the meaning of {@code ets:update_counter}: exact integers of any size.
 * Immutable.
 */
final class Counting {
    private static final Set<String> MEMBERS = Set.of("field", "by", "threshold", "reset");

    private final String field;
    private final Counter.Step<Document, BigInteger> step;

    private Counting(String field, Counter.Step<Document, BigInteger> step) {
        this.field = field;
        this.step = step;
    }

    /** A row after the step, and the count in it. */
    record Counted(Document row, BigInteger value) {}

    /** @throws ProblemException if it is no step */
    static Counting of(Document asked) {
        for (int i = 0; i < asked.size(); i++) {
            if (!MEMBERS.contains(asked.name(i))) {
                throw wrong("there is no member \"" + asked.name(i) + "\" but field, by, threshold and reset");
            }
        }
        if (!(asked.get("field") instanceof String field)) {
            throw wrong("field is not the name of a field");
        }
        Counter<Document, BigInteger> counter = Counter.ofBigInteger(
                row -> count(row, field), (row, count) -> row.with(field, DocumentNumbers.of(count)));
        BigInteger by = asked.get("by") == null ? BigInteger.ONE : integer("by", asked.get("by"));
        Counter.Step<Document, BigInteger> step = counter.add(by);
        boolean limited = asked.get("threshold") != null;
        if (limited != (asked.get("reset") != null)) {
            throw wrong("threshold and reset come together or not at all");
        }
        return new Counting(
                field,
                limited
                        ? step.limit(integer("threshold", asked.get("threshold")), integer("reset", asked.get("reset")))
                        : step);
    }

    private static BigInteger count(Document row, String field) {
        BigInteger count = DocumentNumbers.integer(row.get(field));
        if (count == null) {
            throw new ProblemException(Problems.invalid("the row has no integer in \"" + field + "\""));
        }
        return count;
    }

    private static BigInteger integer(String member, @Nullable Object value) {
        BigInteger integer = DocumentNumbers.integer(value);
        if (integer == null) {
            throw wrong(member + " is not an integer");
        }
        return integer;
    }

    private static ProblemException wrong(String why) {
        return new ProblemException(Problems.invalid(why));
    }

    /** Counts in a row. */
    Counted apply(Document row) {
        Document after = step.apply(row);
        BigInteger value = count(after, field);
        return new Counted(after, value);
    }

    /** Integers in documents. */
    private static final class DocumentNumbers {
        /** So many bits have numbers of as many digits as a document may have. */
        private static final int MOST_BITS = 1_300;

        private DocumentNumbers() {}

        static @Nullable BigInteger integer(@Nullable Object value) {
            if (value instanceof Long number) {
                return BigInteger.valueOf(number);
            }
            if (!(value instanceof BigDecimal number)) {
                return null;
            }
            try {
                return number.toBigIntegerExact();
            } catch (ArithmeticException e) {
                return null;
            }
        }

        static Object of(BigInteger count) {
            if (count.bitLength() < Long.SIZE) {
                return count.longValue();
            }
            if (count.bitLength() > MOST_BITS) {
                throw new ProblemException(Problem.of(422, "counter-overflow", "The counter cannot hold the count")
                        .withDetail("it would have more than 390 digits"));
            }
            return new BigDecimal(count);
        }
    }
}
