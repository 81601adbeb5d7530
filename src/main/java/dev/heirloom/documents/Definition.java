package dev.heirloom.documents;

import dev.heirloom.backup.Durability;
import dev.heirloom.table.Access;
import dev.heirloom.table.TableType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client has said of a JSON table. Immutable.
 *
 * @param key the field that is the key
 * @param expireAfterWrite when a row ends that was not written for so long; null for never
 * @param maxRows how many rows there may be; null for any number
 * @param changeBuffer how many of the latest changes are kept for those who follow them
 * @param readers the users and roles that may read; null for all that may read tables
 * @param writers the users and roles that may write; null for all that may write tables
 */
public record Definition(
        TableType type,
        Access access,
        String key,
        KeyType keyType,
        List<Index> indexes,
        @Nullable Duration expireAfterWrite,
        @Nullable Long maxRows,
        int changeBuffer,
        Durability durability,
        @Nullable List<String> readers,
        @Nullable List<String> writers) {
    public Definition {
        indexes = List.copyOf(indexes);
        readers = readers == null ? null : List.copyOf(readers);
        writers = writers == null ? null : List.copyOf(writers);
    }

    /** A second way to find rows: by a field. */
    public record Index(String name, String field, boolean unique) {}

    /** The same, for other readers and writers. */
    Definition with(@Nullable List<String> mayRead, @Nullable List<String> mayWrite) {
        return new Definition(
                type,
                access,
                key,
                keyType,
                indexes,
                expireAfterWrite,
                maxRows,
                changeBuffer,
                durability,
                mayRead,
                mayWrite);
    }
}
