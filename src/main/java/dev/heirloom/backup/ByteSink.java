package dev.heirloom.backup;

import java.util.Arrays;

/**
 * A growing array of bytes to write to. For one thread.
 *
 * <p>Numbers of fixed length are little endian. The others take as many bytes as they need, seven bits in each, the sign
 * in the lowest: one byte from -64 to 63.
 */
final class ByteSink {
    private static final int LARGEST = Integer.MAX_VALUE - 8; // as large as any JVM makes an array
    private static final int LONGEST_NUMBER = 10;

    private byte[] array = new byte[256];
    private int size;

    int size() {
        return size;
    }

    /** The bytes written, from 0 to {@link #size}; another array once more are. */
    byte[] array() {
        return array;
    }

    void clear() {
        size = 0;
    }

    /** Takes back what was written after it had this size. */
    void backTo(int size) {
        this.size = size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(array, size);
    }

    void putByte(byte value) {
        makeRoom(1);
        array[size++] = value;
    }

    void putInt(int value) {
        makeRoom(Integer.BYTES);
        Numbers.INT.set(array, size, value);
        size += Integer.BYTES;
    }

    void putLong(long value) {
        makeRoom(Long.BYTES);
        Numbers.LONG.set(array, size, value);
        size += Long.BYTES;
    }

    /** Overwrites a number of fixed length. */
    void patchInt(int at, int value) {
        Numbers.INT.set(array, at, value);
    }

    /** The same bytes as of the same number as a long. */
    void putVarInt(int value) {
        putVarLong(value);
    }

    void putVarLong(long value) {
        makeRoom(LONGEST_NUMBER);
        byte[] to = array;
        int at = size;
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            to[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[at++] = (byte) rest;
        size = at;
    }

    /** Any string, also one that is not valid Unicode: a byte for each char if all are Latin-1, else two. */
    @SuppressWarnings("deprecation") // getBytes drops the upper halves of the chars; here they are 0
    void putString(String value) {
        int length = value.length();
        if (isLatin1(value)) {
            putVarInt(length);
            makeRoom(length);
            value.getBytes(0, length, array, size);
            size += length;
        } else {
            putVarInt(~length);
            makeRoom(2L * length);
            for (int i = 0; i < length; i++) {
                char each = value.charAt(i);
                array[size++] = (byte) each;
                array[size++] = (byte) (each >> 8);
            }
        }
    }

    void putBytes(byte[] bytes, int from, int length) {
        makeRoom(length);
        System.arraycopy(bytes, from, array, size, length);
        size += length;
    }

    private static boolean isLatin1(String value) {
        int all = 0;
        for (int i = 0; i < value.length(); i++) {
            all |= value.charAt(i);
        }
        return all < 256;
    }

    private void makeRoom(long more) {
        if (more > array.length - size) {
            grow(more);
        }
    }

    private void grow(long more) {
        if (more > LARGEST - size) {
            throw new IllegalStateException("longer than " + LARGEST + " bytes");
        }
        array = Arrays.copyOf(array, (int) Math.min(LARGEST, Math.max(size + more, 2L * array.length)));
    }
}
