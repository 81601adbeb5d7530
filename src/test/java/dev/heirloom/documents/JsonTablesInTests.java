package dev.heirloom.documents;

import dev.heirloom.manager.Tables;

/** JSON tables for the tests of others. */
public final class JsonTablesInTests {
    private JsonTablesInTests() {}

    /** With limits as usual, but for the rows that a filter may look at. */
    public static JsonLimits limits(int scannedRows) {
        return new JsonLimits((JsonLimits.Settings) name -> name.equals(JsonLimits.SCANNED_ROWS) ? scannedRows : null);
    }

    public static JsonTables in(Tables tables, JsonLimits limits) {
        return new JsonTables(tables, limits);
    }
}
