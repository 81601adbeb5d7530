package dev.heirloom.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.infinispan.Cache;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.context.Flag;
import org.infinispan.manager.DefaultCacheManager;

/** Infinispan's local cache, embedded, with the rows on the heap as objects. Thread-safe. */
final class InfinispanPeer extends MapPeer {
    private static final String CACHE = "rows";

    static InfinispanPeer open() {
        GlobalConfigurationBuilder global = new GlobalConfigurationBuilder().nonClusteredDefault();
        global.metrics().gauges(false).histograms(false);
        global.jmx().disable();
        DefaultCacheManager manager = new DefaultCacheManager(global.build());
        manager.defineConfiguration(CACHE, new ConfigurationBuilder().build());
        return new InfinispanPeer(manager, manager.getCache(CACHE));
    }

    private InfinispanPeer(DefaultCacheManager manager, Cache<Object, Row> cache) {
        super(cache.getAdvancedCache().withFlags(Flag.IGNORE_RETURN_VALUES), () -> close(manager));
    }

    private static void close(DefaultCacheManager manager) {
        try {
            manager.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
