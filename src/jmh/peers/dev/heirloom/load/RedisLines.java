package dev.heirloom.load;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/** In Redis: a hash for each row, through a pool of connections. What belongs together is sent together. */
@ApplicationScoped
public class RedisLines implements Lines {
    private static final String CHANGES = "changes";

    private final RedisClient redis = RedisClient.create("127.0.0.1", Integer.getInteger("load.redis", 6379));

    @Override
    public void fill() {
        try (var pipeline = redis.pipelined()) {
            IntStream.range(0, Line.COUNT)
                    .mapToObj(Line::initial)
                    .forEach(line -> pipeline.hset(line.id(), write(line)));
            pipeline.sync();
        }
    }

    private static Map<String, String> write(Line line) {
        return Map.of(
                "caller",
                line.caller(),
                "called",
                line.called(),
                "status",
                line.status(),
                CHANGES,
                Long.toString(line.changes()));
    }

    private static Line read(String id, Map<String, String> fields) {
        return new Line(
                id,
                fields.getOrDefault("caller", ""),
                fields.getOrDefault("called", ""),
                fields.getOrDefault("status", ""),
                Long.parseLong(fields.getOrDefault(CHANGES, "0")));
    }

    @Override
    public Line find(String id) {
        return read(id, redis.hgetAll(id));
    }

    @Override
    public long change(String id) {
        return redis.hincrBy(id, CHANGES, 1);
    }

    @Override
    public long status(String id, String status) {
        try (var transaction = redis.multi()) {
            transaction.hset(id, "status", status);
            Response<Long> changes = transaction.hincrBy(id, CHANGES, 1);
            transaction.exec();
            return changes.get();
        }
    }

    @Override
    public long readAndChange(List<String> ids) {
        long sum = 0;
        for (String id : ids) {
            sum += find(id).changes();
        }
        changeTwo(ids);
        return sum;
    }

    /** As {@link #readAndChange}, for when all keys are known before the first row is read. */
    long readAndChangePipelined(List<String> ids) {
        long sum = 0;
        List<Response<Map<String, String>>> found = new ArrayList<>();
        try (var pipeline = redis.pipelined()) {
            ids.forEach(id -> found.add(pipeline.hgetAll(id)));
            pipeline.sync();
        }
        for (int i = 0; i < found.size(); i++) {
            sum += read(ids.get(i), found.get(i).get()).changes();
        }
        changeTwo(ids);
        return sum;
    }

    private void changeTwo(List<String> ids) {
        try (var transaction = redis.multi()) {
            transaction.hincrBy(ids.get(0), CHANGES, 1);
            transaction.hincrBy(ids.get(1), CHANGES, 1);
            transaction.exec();
        }
    }

    @Override
    public long changes() {
        return IntStream.range(0, Line.COUNT)
                .mapToLong(i -> find(Line.id(i)).changes())
                .sum();
    }

    @Override
    public void kill() {
        // nobody owns them
    }

    @PreDestroy
    void close() {
        redis.close();
    }
}
