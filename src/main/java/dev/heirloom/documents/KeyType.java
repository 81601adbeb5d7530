package dev.heirloom.documents;

import org.jspecify.annotations.Nullable;

/** What the keys of a JSON table are. */
public enum KeyType {
    /** Texts, in the order of their UTF-16 code units. */
    STRING {
        @Override
        Object ofText(String text, int longest) {
            if (text.isEmpty() || text.equals(".") || text.equals("..")) {
                throw DocumentException.invalid("a key cannot be empty, \".\" or \"..\": no URL would lead to it");
            }
            if (text.length() > longest) {
                throw DocumentException.limit("too many characters in a key", longest, JsonLimits.KEY_LENGTH);
            }
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw DocumentException.invalid("a key cannot have control characters");
            }
            return text;
        }

        @Override
        boolean fits(Object value) {
            return value instanceof String;
        }

        @Override
        Values keys() {
            return Values.TEXTS;
        }
    },

    /** Integers that fit into 64 bits. */
    INTEGER {
        @Override
        Object ofText(String text, int longest) {
            if (text.length() <= 20 && DocumentReader.number(text) instanceof Number number) {
                Object normal = Document.normal(number);
                if (normal instanceof Long) {
                    return normal;
                }
            }
            throw DocumentException.invalid("the key is not an integer of 64 bits: the table has keyType integer");
        }

        @Override
        boolean fits(Object value) {
            return value instanceof Long;
        }

        @Override
        Values keys() {
            return Values.LONGS;
        }
    };

    /**
     * The key that a text is, in a URL.
     *
     * @throws DocumentException if it is none
     */
    abstract Object ofText(String text, int longest);

    abstract boolean fits(Object value);

    /** How filters find keys. */
    abstract Values keys();

    /**
     * The key that a value of a row is.
     *
     * @throws DocumentException if it is none
     */
    Object ofValue(@Nullable Object value, String field, int longest) {
        if (value == null) {
            throw DocumentException.invalid("the row has no \"" + field + "\", which is its key");
        }
        Object normal = Document.normal(value);
        if (!fits(normal)) {
            throw DocumentException.invalid("\"" + field + "\" is not "
                    + (this == STRING ? "a string" : "an integer of 64 bits") + ", as the key of this table is");
        }
        return this == STRING ? ofText((String) normal, longest) : normal;
    }
}
