package dev.heirloom.backup;

import dev.heirloom.table.HeirloomException;

/** Says that the rows of a table are of a type that cannot be written as it is. The message names the field by its path. */
public final class UnsupportedRowException extends HeirloomException {
    UnsupportedRowException(String table, Class<?> row, String path, String why) {
        super("table " + table + ": rows of " + row.getName() + " cannot be written, because " + path + ": " + why
                + ". Use records, enums, sealed interfaces of them, and the JDK's values and collections,"
                + " or give a RowCodec");
    }
}
