package dev.heirloom.table;

/**
 * How a row is written as one line of text, and read again. For the user to implement.
 *
 * <p>{@code decode(encode(row))} must equal {@code row}. One thread at a time calls a codec for a file, the one that
 * reads or writes it; a codec used for several files at once must be thread-safe.
 *
 * @param <R> the type of the rows
 */
public interface RowCodec<R> {
    /** The row as text. If it {@linkplain #isJson is JSON}, one value without line breaks ({@code \n}, {@code \r}). */
    String encode(R row);

    /**
     * The row of a text.
     *
     * @throws Exception if the text is not that of a row
     */
    R decode(String line) throws Exception;

    /**
     * What the format of the text is called: a file can be read only by a codec of the name it was written with. By
     * default the name of the class; give it another one, or files cannot be read any more once the class is renamed.
     * 1 to 200 characters, none of which is a control character.
     */
    default String name() {
        return getClass().getName();
    }

    /**
     * Whether the text of each row is a JSON value. A file of a table has it as it is then, and otherwise as a JSON string
     * of it: a codec that says something else from one release to the next cannot read what it wrote before, and needs
     * another {@link #name}. By default false.
     */
    default boolean isJson() {
        return false;
    }
}
