package dev.heirloom.documents;

/**
 * How large a JSON row may be. Immutable.
 *
 * @param characters how many characters its JSON has
 * @param depth how deep objects and arrays are nested, the row itself included
 * @param members how many members it has, with those of nested objects and the elements of arrays
 * @param keyLength how many characters its key has
 */
public record DocumentLimits(int characters, int depth, int members, int keyLength) {
    /** Of rows that were accepted once. */
    static final DocumentLimits NONE = new DocumentLimits(Integer.MAX_VALUE, 500, Integer.MAX_VALUE, Integer.MAX_VALUE);

    public DocumentLimits {
        requirePositive("characters", characters);
        requirePositive("depth", depth);
        requirePositive("members", members);
        requirePositive("keyLength", keyLength);
        if (depth > 500) { // documents are read and written by recursion
            throw new IllegalArgumentException("depth: " + depth + " is more than 500");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " is less than 1");
        }
    }
}
