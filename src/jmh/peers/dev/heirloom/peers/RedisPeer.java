package dev.heirloom.peers;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Redis over loopback, by one connection: each call waits for the answer. Not thread-safe. */
class RedisPeer implements Peer {
    static final int BATCH = 256;

    private final RedisServer server = new RedisServer();
    final Jedis client = server.connect();

    @Override
    public void put(Row row) {
        client.set(RedisFormat.key(row.key()), RedisFormat.value(row));
    }

    @Override
    public @Nullable Object get(Object key) {
        byte[] value = client.get(RedisFormat.key(key));
        return value == null ? null : RedisFormat.row(key, value);
    }

    @Override
    public long scan() {
        ScanParams batch = new ScanParams().count(BATCH);
        byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
        long sum = 0;
        ScanResult<byte[]> found;
        do {
            found = client.scan(cursor, batch);
            sum += sum(found.getResult());
            cursor = found.getCursorAsBytes();
        } while (!found.isCompleteIteration());
        return sum;
    }

    private long sum(List<byte[]> keys) {
        if (keys.isEmpty()) {
            return 0;
        }
        return client.mget(keys.toArray(byte[][]::new)).stream()
                .mapToLong(value -> ByteBuffer.wrap(value).getLong())
                .sum();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
