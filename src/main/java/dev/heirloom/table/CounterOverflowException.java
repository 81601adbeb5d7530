package dev.heirloom.table;

/** Says that a counter of type {@code long} cannot take a step; nothing was changed. */
public final class CounterOverflowException extends HeirloomException {
    CounterOverflowException(Number value, Number increment) {
        super("a counter at " + value + " cannot be changed by " + increment
                + ": the result does not fit a long (give it a limit, or use Counter.ofBigInteger)");
    }
}
