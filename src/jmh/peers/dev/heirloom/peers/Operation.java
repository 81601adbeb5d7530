package dev.heirloom.peers;

/** What is measured of a store: a benchmark method, and in Erlang the operation of the same name. */
enum Operation {
    READ("read", "Read of a random key", PointBenchmark.class, "read"),
    OVERWRITE("overwrite", "Overwrite of a random row, by the owner", PointBenchmark.class, "overwrite"),
    MIXED("mixed", "Nine reads to one overwrite", PointBenchmark.class, "mixed"),
    FILL("fill", "Insert of a row, from empty to full", FillBenchmark.class, "fill"),
    RANGE("range", "Scan of " + ScanBenchmark.RANGE + " rows from a random key on", ScanBenchmark.class, "range"),
    SCAN("scan", "Full scan, for each row", ScanBenchmark.class, "scan"),
    SCAN_BESIDE_WRITER(
            "scan-beside-writer",
            "Full scan, for each row, beside a writer at full speed",
            ScanBenchmark.class,
            "scanBesideWriter"),
    SNAPSHOT("snapshot", "Snapshot, taken and closed", ScanBenchmark.class, "snapshot"),
    BAG_READ("bag-read", "Lookup of all rows of a random key of a bag", PointBenchmark.class, "read"),
    BAG_REPLACE("bag-replace", "Delete and insert of a row of a bag, together", PointBenchmark.class, "replaceInBag");

    private final String id;
    private final String title;
    private final Class<?> benchmark;
    private final String method;

    Operation(String id, String title, Class<?> benchmark, String method) {
        this.id = id;
        this.title = title;
        this.benchmark = benchmark;
        this.method = method;
    }

    /** What it is called on the command line and in Erlang. */
    String id() {
        return id;
    }

    String title() {
        return title;
    }

    Class<?> benchmark() {
        return benchmark;
    }

    String method() {
        return method;
    }

    /** Whether one call of the benchmark goes through all rows. */
    boolean isOfAllRows() {
        return this == FILL || this == SCAN || this == SCAN_BESIDE_WRITER;
    }
}
