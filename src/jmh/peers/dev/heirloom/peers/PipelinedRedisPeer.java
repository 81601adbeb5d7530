package dev.heirloom.peers;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/** Redis over loopback with many commands under way: only every so many wait, for the answers of all. Not thread-safe. */
final class PipelinedRedisPeer extends RedisPeer {
    private final Pipeline pipeline = client.pipelined();
    private final List<Object> asked = new ArrayList<>(BATCH);
    private final List<Response<byte[]>> answers = new ArrayList<>(BATCH);
    private int underWay;

    @Override
    public void put(Row row) {
        pipeline.set(RedisFormat.key(row.key()), RedisFormat.value(row));
        sent();
    }

    /** Sends the question. @return the last row of a batch when its answers are there, else null */
    @Override
    public @Nullable Object get(Object key) {
        asked.add(key);
        answers.add(pipeline.get(RedisFormat.key(key)));
        return sent();
    }

    @Override
    public void filled() {
        receive();
    }

    private @Nullable Row sent() {
        underWay++;
        return underWay == BATCH ? receive() : null;
    }

    private @Nullable Row receive() {
        pipeline.sync();
        Row last = null;
        for (int i = 0; i < asked.size(); i++) {
            last = RedisFormat.row(asked.get(i), answers.get(i).get());
        }
        asked.clear();
        answers.clear();
        underWay = 0;
        return last;
    }

    @Override
    public void close() {
        pipeline.close();
        super.close();
    }
}
