package dev.heirloom.table;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Says that a table cannot be made because its rows can be seen to be mutable: a reader that holds a row would see it
 * change, or could change it behind the owner's back. The message names each field by its path.
 */
public final class MutableRowException extends HeirloomException {
    MutableRowException(String table, Collection<String> reasons, Collection<Class<?>> mutable) {
        super("table " + table + ": rows must be immutable, but " + String.join("; ", reasons)
                + ". Use immutable types, or vouch for those that nobody ever changes: "
                + mutable.stream()
                        .map(type -> PlatformTypes.name(type) + ".class")
                        .collect(Collectors.joining(", ", "immutable(", ")")));
    }
}
