package dev.heirloom.peers;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.hazelcast.config.InMemoryFormat;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The stores under test, and what the report calls them. */
public enum PeerKind {
    HEIRLOOM_SET("Heirloom set"),
    HEIRLOOM_SET_PINNED("Heirloom set, a snapshot open"),
    HEIRLOOM_ORDERED("Heirloom ordered set"),
    HEIRLOOM_ORDERED_PINNED("Heirloom ordered set, a snapshot open"),
    HEIRLOOM_BAG("Heirloom bag"),
    HEIRLOOM_DUPLICATE_BAG("Heirloom duplicate bag"),
    HASH_MAP("ConcurrentHashMap"),
    SKIP_LIST("ConcurrentSkipListMap"),
    TREE_MAP("TreeMap"),
    COPY_ON_WRITE("ConcurrentHashMap of CopyOnWriteArrayList"),
    CAFFEINE("Caffeine"),
    MVSTORE("MVStore"),
    HAZELCAST_BINARY("Hazelcast BINARY"),
    HAZELCAST_OBJECT("Hazelcast OBJECT"),
    INFINISPAN("Infinispan"),
    REDIS("Redis", RedisServer.PROGRAM),
    REDIS_PIPELINED("Redis, pipelined", RedisServer.PROGRAM),
    ETS_SET("ETS set", Ets.PROGRAM),
    ETS_ORDERED("ETS ordered_set", Ets.PROGRAM),
    ETS_BAG("ETS bag", Ets.PROGRAM),
    ETS_DUPLICATE_BAG("ETS duplicate_bag", Ets.PROGRAM);

    private final String label;
    private final String program;

    PeerKind(String label) {
        this(label, "");
    }

    /** @param program what has to be installed; empty for nothing */
    PeerKind(String label, String program) {
        this.label = label;
        this.program = program;
    }

    String label() {
        return label;
    }

    String program() {
        return program;
    }

    boolean isInstalled() {
        return program.isEmpty() || Programs.installed(program);
    }

    /** Whether the figures come from {@link Ets}, not from JMH. */
    boolean isEts() {
        return program.equals(Ets.PROGRAM);
    }

    /** A new store, empty. */
    Peer open() {
        return switch (this) {
            case HEIRLOOM_SET -> EnginePeer.set();
            case HEIRLOOM_SET_PINNED -> new PinnedPeer(EnginePeer.set());
            case HEIRLOOM_ORDERED -> EnginePeer.orderedSet();
            case HEIRLOOM_ORDERED_PINNED -> new PinnedPeer(EnginePeer.orderedSet());
            case HEIRLOOM_BAG -> EnginePeer.bag();
            case HEIRLOOM_DUPLICATE_BAG -> EnginePeer.duplicateBag();
            case HASH_MAP -> new MapPeer(new ConcurrentHashMap<>());
            case SKIP_LIST -> new MapPeer.Sorted(new ConcurrentSkipListMap<>());
            case TREE_MAP -> new MapPeer.Sorted(new TreeMap<>());
            case COPY_ON_WRITE -> new CopyOnWriteBag();
            case CAFFEINE ->
                new MapPeer(Caffeine.newBuilder().<Object, Row>build().asMap());
            case MVSTORE -> MvStorePeer.open();
            case HAZELCAST_BINARY -> HazelcastPeer.open(InMemoryFormat.BINARY);
            case HAZELCAST_OBJECT -> HazelcastPeer.open(InMemoryFormat.OBJECT);
            case INFINISPAN -> InfinispanPeer.open();
            case REDIS -> new RedisPeer();
            case REDIS_PIPELINED -> new PipelinedRedisPeer();
            case ETS_SET, ETS_ORDERED, ETS_BAG, ETS_DUPLICATE_BAG ->
                throw new UnsupportedOperationException(this + " is measured in Erlang");
        };
    }
}
