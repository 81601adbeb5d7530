package dev.heirloom.table;

import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The index of sets and bags: a concurrent hash map, which also withstands keys chosen to collide. */
final class HashIndex<K, V> implements Index<K, V> {
    private final ConcurrentHashMap<K, Version<K, V>> versions = new ConcurrentHashMap<>();

    @Override
    public @Nullable Version<K, V> get(K key) {
        return versions.get(key);
    }

    @Override
    public @Nullable Version<K, V> put(Version<K, V> version) {
        versions.compute(version.key, (key, replaced) -> { // one search, not two
            version.older = replaced;
            return version;
        });
        return version.older;
    }

    @Override
    public void restore(Version<K, V> replaced) {
        versions.put(replaced.key, replaced);
    }

    @Override
    public void remove(Version<K, V> version) {
        versions.remove(version.key, version); // by identity: versions have no equals of their own
    }

    @Override
    public Iterator<Version<K, V>> iterator() {
        return versions.values().iterator();
    }

    @Override
    public int entries() {
        return versions.size();
    }
}
