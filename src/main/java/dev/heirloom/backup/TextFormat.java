package dev.heirloom.backup;

import dev.heirloom.table.RowCodec;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** The format of rows by a codec of the user's: their text in UTF-8, after its length. */
final class TextFormat<R> extends RowFormat<R> {
    private static final byte TEXT = 2;

    private final String table;
    private final RowCodec<R> codec;
    private final byte[] description;

    TextFormat(String table, RowCodec<R> codec) {
        this.table = table;
        this.codec = codec;
        ByteSink out = new ByteSink();
        out.putByte(TEXT);
        out.putString(codec.name());
        this.description = out.toBytes();
    }

    @Override
    public RowCodec<R> json() {
        return codec;
    }

    @Override
    void write(R row, ByteSink out) {
        Objects.requireNonNull(row, "row");
        try {
            String text = Objects.requireNonNull(codec.encode(row), "its text is null");
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)); // reports
            out.putVarInt(bytes.remaining());
            out.putBytes(bytes.array(), bytes.arrayOffset(), bytes.remaining());
        } catch (RuntimeException | CharacterCodingException e) {
            throw new UnwritableRowException(table, "codec " + codec.name(), PathException.at("", e));
        }
    }

    @Override
    byte[] description() {
        return description.clone();
    }

    @Override
    Reader<R> reader(byte[] description) {
        if (!Arrays.equals(description, this.description)) {
            throw new UnreadableRowException(
                    table,
                    "they were written " + writer(description) + ", which codec " + codec.name() + " cannot read");
        }
        return this::read;
    }

    private R read(ByteSource in) {
        try {
            byte[] bytes = in.getBytes(in.getVarInt());
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Objects.requireNonNull(codec.decode(text), "its row is null");
        } catch (Exception e) {
            throw new UnreadableRowException(table, "codec " + codec.name(), PathException.at("", e));
        }
    }

    static boolean isOfCodec(byte[] description) {
        return description.length > 0 && description[0] == TEXT;
    }

    /** What wrote rows of this description. */
    static String writer(byte[] description) {
        try {
            ByteSource in = new ByteSource(description, 0, description.length);
            return in.getByte() == TEXT ? "by codec " + in.getString() : "by their fields";
        } catch (MalformedException e) {
            return "by something unknown";
        }
    }
}
