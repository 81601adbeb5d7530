package dev.heirloom.table;

/** A table of two rows, which its owner always gives the same value. */
final class TwoRows {
    static final long OWNER = 1;
    private static final IndexSpec<Integer, Row> BY_VALUE = IndexSpec.index("byValue", Row::value);

    final VersionedTable<Integer, Row> table =
            new VersionedTable<>(Schema.set("rows", Row.class, Row::key).withIndex(BY_VALUE), OWNER);

    record Row(int key, int value) {}

    TwoRows() {
        write(0, new Commitment<>(), point -> {});
    }

    void write(int value) {
        write(value, new Commitment<>(), point -> {});
    }

    /** Whether it was committed. */
    boolean write(int value, Commitment<Row> outcome, Failpoint.Hook hook) {
        try {
            table.atomically(
                    OWNER,
                    unit -> {
                        unit.insert(new Row(1, value));
                        return unit.insert(new Row(2, value));
                    },
                    outcome,
                    hook);
            return true;
        } catch (Exception e) { // fenced, or as the hook has asked for
            return false;
        }
    }

    /** A commit that fails when nothing but its publication is left to do. */
    void writeInVain(int value) {
        write(value, new Commitment<>(), point -> {
            if (point == Failpoint.BEFORE_PUBLICATION) {
                throw new IllegalStateException("asked for");
            }
        });
    }

    int find(int key) {
        return valueOf(table, key);
    }

    static int valueOf(Rows<Integer, Row> rows, int key) {
        return rows.find(key).orElseThrow().value();
    }

    int countByIndex(int value) {
        return table.lookup(BY_VALUE, value).size();
    }
}
