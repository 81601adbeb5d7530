package dev.heirloom.peers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How rows are written to Redis: the count first, then the other fields; the key is not repeated in the value. */
final class RedisFormat {
    private static final byte ACTIVE = 0;
    private static final byte DONE = 1;

    private RedisFormat() {}

    static byte[] key(Object key) {
        return key.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] value(Row row) {
        byte[] name = row.name().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + Double.BYTES + Byte.BYTES + name.length)
                .putLong(row.count())
                .putDouble(row.share())
                .put(row.status() == Row.Status.DONE ? DONE : ACTIVE)
                .put(name)
                .array();
    }

    static Row row(Object key, byte[] value) {
        ByteBuffer buffer = ByteBuffer.wrap(value);
        long count = buffer.getLong();
        double share = buffer.getDouble();
        Row.Status status = buffer.get() == DONE ? Row.Status.DONE : Row.Status.ACTIVE;
        String name = StandardCharsets.UTF_8.decode(buffer).toString();
        return new Row(key, name, count, share, status);
    }
}
