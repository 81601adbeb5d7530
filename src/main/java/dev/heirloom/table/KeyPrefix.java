package dev.heirloom.table;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The start of a key as a number, for the classes of keys whose natural order allows it: a key that comes before
 * another has a prefix that is less or the same. So a search looks at an array of numbers, and at keys only where the
 * prefixes are the same.
 */
enum KeyPrefix {
    LONG(true),
    INTEGER(true),
    SHORT(true),
    BYTE(true),
    CHARACTER(true),
    INSTANT(false),
    UNIQUE_ID(false),
    STRING(false);

    private static final int CHARS = Long.BYTES;
    private static final int LAST_BYTE = 0xFF;

    /** The seconds around the epoch whose every nanosecond has a number of its own, until the year 2242. */
    private static final long SECONDS = 1L << 33;

    private static final int NANO_BITS = 30;

    /** Whether the same prefix means the same key. */
    final boolean exact;

    KeyPrefix(boolean exact) {
        this.exact = exact;
    }

    /** What there is for keys of a class; null if nothing. */
    static @Nullable KeyPrefix of(Class<?> type) {
        if (type == String.class) {
            return STRING;
        } else if (type == Long.class) {
            return LONG;
        } else if (type == Integer.class) {
            return INTEGER;
        } else if (type == UUID.class) {
            return UNIQUE_ID;
        } else if (type == Instant.class) {
            return INSTANT;
        } else if (type == Short.class) {
            return SHORT;
        } else if (type == Byte.class) {
            return BYTE;
        } else if (type == Character.class) {
            return CHARACTER;
        }
        return null;
    }

    /**
     * The prefix of a key, to be compared as a signed number.
     *
     * @param skip how many characters of a string to leave out, because all that are compared have them in common
     * @throws ClassCastException if the key is of another class, as its {@code compareTo} would
     */
    long of(Object key, int skip) {
        return switch (this) {
            case LONG -> (Long) key;
            case INTEGER -> (Integer) key;
            case SHORT -> (Short) key;
            case BYTE -> (Byte) key;
            case CHARACTER -> (Character) key;
            case INSTANT -> of((Instant) key);
            case UNIQUE_ID -> ((UUID) key).getMostSignificantBits(); // its compareTo, too, takes them as signed
            case STRING -> of((String) key, skip);
        };
    }

    private static long of(Instant instant) {
        long second = instant.getEpochSecond();
        if (second >= SECONDS) {
            return Long.MAX_VALUE;
        }
        return second < -SECONDS ? Long.MIN_VALUE : second << NANO_BITS | instant.getNano();
    }

    /** A byte for each character; what follows one that does not fit in a byte would be in the wrong order. */
    private static long of(String string, int skip) {
        int chars = Math.min(string.length() - skip, CHARS);
        long prefix = 0;
        int shift = Long.SIZE;
        for (int i = 0; i < chars; i++) {
            int c = string.charAt(skip + i);
            shift -= Byte.SIZE;
            if (c >= LAST_BYTE) {
                prefix |= (long) LAST_BYTE << shift;
                break;
            }
            prefix |= (long) c << shift;
        }
        return prefix ^ Long.MIN_VALUE; // the order of unsigned numbers as that of signed ones
    }

    /** How many characters two keys, and so all between them, have in common at the start; 0 unless they are strings. */
    int shared(Object one, Object other) {
        if (this != STRING) {
            return 0;
        }
        String a = (String) one;
        String b = (String) other;
        int length = Math.min(a.length(), b.length());
        int shared = 0;
        while (shared < length && a.charAt(shared) == b.charAt(shared)) {
            shared++;
        }
        return shared;
    }
}
