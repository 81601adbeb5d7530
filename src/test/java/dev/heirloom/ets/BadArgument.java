package dev.heirloom.ets;

/** An argument that our typed methods do not let anybody write: an element
 * that a tuple does not have, a counter that is no number. */
final class BadArgument extends RuntimeException {
    BadArgument(String message) {
        super(message);
    }

    static void unless(boolean condition, String message) {
        if (!condition) {
            throw new BadArgument(message);
        }
    }
}
