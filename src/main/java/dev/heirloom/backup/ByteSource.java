package dev.heirloom.backup;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Bytes to read as a {@link ByteSink} wrote them, whatever happened to them since: every method throws a {@link
 * MalformedException} and nothing else, and takes no more memory than there are bytes left. For one thread.
 */
final class ByteSource {
    private final byte[] bytes;
    private final int to;
    private int at;

    ByteSource(byte[] bytes, int from, int to) {
        Objects.checkFromToIndex(from, to, bytes.length);
        this.bytes = bytes;
        this.at = from;
        this.to = to;
    }

    int remaining() {
        return to - at;
    }

    byte getByte() {
        if (at == to) {
            throw truncated();
        }
        return bytes[at++];
    }

    int getInt() {
        return (int) Numbers.INT.get(bytes, skip(Integer.BYTES));
    }

    long getLong() {
        return (long) Numbers.LONG.get(bytes, skip(Long.BYTES));
    }

    int getVarInt() {
        long value = getVarLong();
        if (value != (int) value) {
            throw new MalformedException("a number of more than 32 bits: " + value);
        }
        return (int) value;
    }

    long getVarLong() {
        long raw = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = getByte();
            raw |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw new MalformedException("a number of more than 64 bits");
    }

    /** How many things follow, each of which takes a byte or more. */
    int getCount() {
        int count = getVarInt();
        if (count < 0 || count > remaining()) {
            throw new MalformedException(count + " things in " + remaining() + " bytes");
        }
        return count;
    }

    String getString() {
        int length = getVarInt();
        if (length >= 0) {
            return new String(bytes, skip(length), length, StandardCharsets.ISO_8859_1);
        }
        if (~length > remaining() / 2) {
            throw truncated();
        }
        char[] chars = new char[~length];
        for (int i = 0; i < chars.length; i++) {
            int low = bytes[at++] & 0xFF;
            chars[i] = (char) (low | bytes[at++] << 8);
        }
        return new String(chars);
    }

    byte[] getBytes(int length) {
        int from = skip(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /** The index in the array of what was skipped. */
    int skip(int length) {
        if (length < 0 || length > remaining()) {
            throw truncated();
        }
        int from = at;
        at += length;
        return from;
    }

    private static MalformedException truncated() {
        return new MalformedException("it ends too early");
    }
}
