package dev.heirloom.backup;

import dev.heirloom.table.RowCodec;

/**
 * How the rows of a table are written, as bytes and as JSON, and read again: exactly, also by later releases of the
 * application, as far as an {@link Evolution} says what has changed. Thread-safe.
 *
 * <p>Rows are records, enums, or of sealed interfaces of those. They may contain more of them, also in circles of types
 * and generic ones, the JDK's values, {@code List}, {@code Set}, {@code Map} and the like, and null wherever a reference
 * may be. What a type declares counts: collections come back unmodifiable, in the order they had, sorted ones in their
 * natural order. Nothing may be nested more than 200 deep.
 */
public abstract sealed class RowFormat<R> permits TypedFormat, TextFormat {
    /** Reads the rows of one file. Thread-safe. */
    interface Reader<R> {
        /**
         * The next row.
         *
         * @throws UnreadableRowException if there is none that is one now
         */
        R read(ByteSource in);
    }

    /**
     * A format for rows as their type declares them.
     *
     * @param table what errors name
     * @throws UnsupportedRowException if the type contains others than those above
     * @throws IllegalArgumentException if the evolution names what is not there
     */
    public static <R> RowFormat<R> of(String table, Class<R> type, Evolution<R> evolution) {
        return new TypedFormat<>(table, type, evolution);
    }

    /** A format for rows as their text, by a codec that is thread-safe. */
    public static <R> RowFormat<R> of(String table, RowCodec<R> codec) {
        return new TextFormat<>(table, codec);
    }

    /** One line of text a row: JSON, or what the user's own codec makes of it. Thread-safe. */
    public abstract RowCodec<R> json();

    /**
     * Writes a row, or nothing.
     *
     * @throws UnwritableRowException if it cannot be written
     */
    abstract void write(R row, ByteSink out);

    /** What {@link #reader} must know of rows that this format writes. */
    abstract byte[] description();

    /**
     * Reads what a format of this description wrote.
     *
     * @throws UnreadableRowException if no row of it can be read
     */
    abstract Reader<R> reader(byte[] description);
}
