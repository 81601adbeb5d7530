package dev.heirloom.table;

import org.jspecify.annotations.Nullable;

/** Which version of a key a unit of work has read; null if none. */
record Stamp<K>(K key, @Nullable Version<K, Object> version) {
    /** Whether it is still the one that is committed, or there was nothing and still is. Under the lock. */
    boolean isValid(Storage<K, ?> storage, long now) {
        Version<K, Object> present = storage.clock.shown(storage.index.get(key));
        return present == version || (isNothing(present, now) && isNothing(version, now));
    }

    private static boolean isNothing(@Nullable Version<?, ?> version, long now) {
        return version == null || version.value == null || version.deadline() <= now;
    }
}
