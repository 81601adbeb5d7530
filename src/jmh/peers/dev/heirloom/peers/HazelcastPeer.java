package dev.heirloom.peers;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;

/** Hazelcast's distributed map, on one embedded member without backups, heard of on loopback only. Thread-safe. */
final class HazelcastPeer extends MapPeer {
    private static final String MAP = "rows";
    private static final String LOOPBACK = "127.0.0.1";

    private final IMap<Object, Row> map;

    static HazelcastPeer open(InMemoryFormat format) {
        HazelcastInstance member = Hazelcast.newHazelcastInstance(config(format));
        return new HazelcastPeer(member, member.getMap(MAP));
    }

    private HazelcastPeer(HazelcastInstance member, IMap<Object, Row> map) {
        super(map, member::shutdown);
        this.map = map;
    }

    /** As {@link IMap#put}, but without the answer, which has to be decoded. */
    @Override
    public void put(Row row) {
        map.set(row.key(), row);
    }

    private static Config config(InMemoryFormat format) {
        Config config = new Config()
                .setProperty("hazelcast.logging.type", "none")
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.local.localAddress", LOOPBACK)
                .addMapConfig(new MapConfig(MAP)
                        .setInMemoryFormat(format)
                        .setBackupCount(0)
                        .setStatisticsEnabled(false));
        config.getMetricsConfig().setEnabled(false);
        config.getJetConfig().setEnabled(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(LOOPBACK);
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        return config;
    }
}
