package dev.heirloom.table;

import java.util.Arrays;
import java.util.function.Consumer;

/** The base of the tests of reading: what a table, a snapshot and a unit of work show of the same rows is alike. */
abstract class ReadersTest extends EngineTest {
    /** Has a check look at rows in each of the things that can be read. */
    final void read(TableType type, Consumer<Rows<String, Item>> check, Item... rows) {
        read(schema(type), check, rows);
    }

    final void read(Schema<String, Item> schema, Consumer<Rows<String, Item>> check, Item... rows) {
        VersionedTable<String, Item> table = table(schema);
        insert(table, rows);
        check.accept(table);
        write(table, unit -> {
            check.accept(unit);
            return null;
        });
        try (Snapshot<String, Item> snapshot = table.snapshot()) {
            write(table, unit -> {
                unit.clear();
                return unit.insert(item("later", -1));
            });
            check.accept(snapshot);
        }
        readChanged(schema, check, rows);
    }

    /** In a unit of work that has made some of the rows itself, and removed others. */
    private void readChanged(Schema<String, Item> schema, Consumer<Rows<String, Item>> check, Item... rows) {
        VersionedTable<String, Item> table = table(schema);
        Item gone = item(rows.length == 0 ? "gone" : rows[0].id(), -2);
        int half = rows.length / 2;
        insert(table, gone, item("absent", -3));
        insert(table, Arrays.copyOf(rows, half));
        write(table, unit -> {
            unit.deleteRow(gone);
            unit.delete("absent");
            for (Item row : Arrays.copyOfRange(rows, half, rows.length)) {
                unit.insert(row);
            }
            check.accept(unit);
            return null;
        });
    }
}
