package dev.heirloom.documents;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a value is compared with: a text, which is also the number or the truth value it spells, as the value needs.
 * Immutable.
 */
final class Operand {
    private final String text;
    private final @Nullable BigDecimal number;
    private final @Nullable Boolean truth;

    /** The text around each {@code *}; null if it has none. */
    private final @Nullable List<String> pieces;

    Operand(String text) {
        this.text = text;
        Object found = DocumentReader.number(text);
        this.number = found == null ? null : decimal(found);
        this.truth = text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
        this.pieces = text.indexOf('*') < 0 ? null : List.of(text.split("\\*", -1));
    }

    String text() {
        return text;
    }

    /** The number it spells, if that is an integer of 64 bits; else null. */
    @Nullable
    Long integer() {
        return number != null && Document.normal(number) instanceof Long integer ? integer : null;
    }

    /** The truth value it spells; null if none. */
    @Nullable
    Boolean truth() {
        return truth;
    }

    boolean isPattern() {
        return pieces != null;
    }

    /** All values that equal it, as indexes have them. It is no pattern. */
    Set<Object> values() {
        Set<Object> values = new LinkedHashSet<>();
        values.add(text);
        if (number != null) {
            values.add(Document.normal(number));
        }
        if (truth != null) {
            values.add(truth);
        }
        return values;
    }

    /** Whether a value equals it, or is like it if it has a {@code *}. */
    boolean matches(@Nullable Object value) {
        if (value instanceof String string) {
            return pieces == null ? string.equals(text) : isLike(string, pieces);
        }
        if (value instanceof Number found) {
            return number != null && decimal(found).compareTo(number) == 0;
        }
        return value instanceof Boolean && value.equals(truth);
    }

    /** How a value compares with it: numbers with numbers, texts with texts; null if it does not. */
    @Nullable
    Integer order(@Nullable Object value) {
        if (value instanceof String string) {
            return string.compareTo(text);
        }
        if (value instanceof Number found && number != null) {
            return decimal(found).compareTo(number);
        }
        return null;
    }

    private static BigDecimal decimal(Object number) {
        return number instanceof Long integer ? BigDecimal.valueOf(integer) : (BigDecimal) number;
    }

    /** Takes each piece as early as it can: no way back, so the time is bounded. */
    private static boolean isLike(String string, List<String> pieces) {
        String first = pieces.get(0);
        String last = pieces.get(pieces.size() - 1);
        int end = string.length() - last.length();
        if (end < first.length() || !string.startsWith(first) || !string.endsWith(last)) {
            return false;
        }
        int from = first.length();
        for (String piece : pieces.subList(1, pieces.size() - 1)) {
            int found = string.indexOf(piece, from);
            if (found < 0 || found + piece.length() > end) {
                return false;
            }
            from = found + piece.length();
        }
        return true;
    }
}
