package dev.heirloom.peers;

import java.util.HexFormat;
import java.util.Random;

/** The kinds of keys rows have. A number stands for a key; every call makes a new object, as callers have them. */
public enum Keys {
    /** Numbers. */
    LONG {
        @Override
        Object key(int number) {
            return (long) number;
        }
    },

    /** Identifiers as Twilio gives calls: "CA" and 32 hexadecimal digits, in no order. */
    SID {
        @Override
        Object key(int number) {
            long mixed = mix(number);
            return "CA" + HEX.toHexDigits(mixed) + HEX.toHexDigits(mix(mixed));
        }
    };

    private static final HexFormat HEX = HexFormat.of();

    abstract Object key(int number);

    /** New objects equal to the first so many keys, in random order; those next to each other were made one after the other. */
    Object[] shuffled(int keys, long seed) {
        Random random = new Random(seed);
        int[] numbers = new int[keys];
        for (int i = 0; i < keys; i++) {
            int other = random.nextInt(i + 1);
            numbers[i] = numbers[other];
            numbers[other] = i;
        }
        Object[] made = new Object[keys];
        for (int i = 0; i < keys; i++) {
            made[i] = key(numbers[i]);
        }
        return made;
    }

    /** Scatters numbers, no two to the same one (the finalizer of SplitMix64). */
    private static long mix(long number) {
        long z = number + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
