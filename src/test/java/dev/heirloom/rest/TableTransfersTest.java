package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heirloom.TableSpec;
import dev.heirloom.manager.TestTables;
import dev.heirloom.ownership.NoOwnerException;
import dev.heirloom.ownership.Sabotage;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.Access;
import dev.heirloom.table.AccessDeniedException;
import dev.heirloom.table.Failpoint;
import dev.heirloom.table.IndexSpec;
import dev.heirloom.table.RowCodec;
import dev.heirloom.table.Snapshot;
import dev.heirloom.table.SnapshotExpiredException;
import dev.heirloom.table.TableFile;
import dev.heirloom.table.TableFullException;
import dev.heirloom.table.TableNotLoadedException;
import dev.heirloom.table.TableType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports and imports of real tables: all rows or none, and every refusal leaves everything as it was. */
class TableTransfersTest {
    record Order(String id, int amount) {}

    private static final TableSpec<String, Order> ORDERS = TableSpec.set("orders", Order.class, Order::id);
    private static final long LIMIT = 1 << 20;

    @TempDir
    Path directory;

    /** Jobs that were begun, to be run by the test. */
    private final Deque<Runnable> begun = new ArrayDeque<>();

    private final Jobs jobs = new Jobs(begun::add, 2, 3, Duration.ofHours(1));
    private TestTables tables = TestTables.of();

    @AfterEach
    void close() {
        tables.close();
    }

    private TableTransfers transfers() {
        return new TableTransfers(jobs, new Spool(directory.toString()), LIMIT, Duration.ofSeconds(30));
    }

    private <K, R> TableRef<K, R> open(TableSpec<K, R> spec) {
        tables = TestTables.of(spec);
        return tables.ref(spec);
    }

    private void insert(TableRef<String, Order> orders, Order... rows) {
        orders.call(t -> {
            t.insertAll(List.of(rows));
            return 0;
        });
    }

    private byte[] exported(String table, TableFiles.Packing packing) {
        try (InputStream in =
                transfers().export(tables.handle(table), false, packing).bytes()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] exported() {
        return exported("orders", TableFiles.Packing.PLAIN);
    }

    private Job begin(byte[] body, Import.Mode mode) throws IOException {
        return transfers().startImport(tables.handle("orders"), mode, new ByteArrayInputStream(body), false);
    }

    private void runJobs() {
        while (!begun.isEmpty()) {
            begun.remove().run();
        }
    }

    private Job imported(byte[] body, Import.Mode mode) throws IOException {
        Job job = begin(body, mode);
        runJobs();
        return job;
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
        jobs.slot().close(); // nobody has kept one
        try (Jobs.Slot one = jobs.slot();
                Jobs.Slot two = jobs.slot()) {
            assertThat(one).isNotSameAs(two);
        }
    }

    private static void assertProblem(ThrowingCallable action, int status, String type) {
        assertThatThrownBy(action).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().status()).isEqualTo(status);
            assertThat(e.problem().type()).endsWith(":" + type);
        });
    }

    private static void assertFailed(Job job, int status, String type, String detail) {
        JobView view = job.view();
        assertThat(view.state()).isEqualTo("failed");
        assertThat(view.ended()).isNotNull();
        assertThat(view.problem()).containsEntry("status", status);
        assertThat(String.valueOf(view.problem().get("type"))).endsWith(":" + type);
        assertThat(String.valueOf(view.problem().get("detail"))).contains(detail);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(plain);
        }
        return out.toByteArray();
    }

    // ---- there and back ----

    private static TableSpec<String, Order> specOf(TableType type) {
        return switch (type) {
            case SET -> ORDERS;
            case ORDERED_SET -> TableSpec.orderedSet("orders", Order.class, Order::id);
            case BAG -> TableSpec.bag("orders", Order.class, Order::id);
            case DUPLICATE_BAG -> TableSpec.duplicateBag("orders", Order.class, Order::id);
        };
    }

    @ParameterizedTest
    @EnumSource
    void exportedTable_isImported(TableType type) throws IOException {
        TableRef<String, Order> orders = open(specOf(type));
        insert(orders, new Order("b", 2), new Order("a", 1), new Order("a", 1), new Order("a", 3), new Order("é\n", 4));
        List<Order> before = orders.stream().toList();
        byte[] file = exported();
        insert(orders, new Order("other", 5));
        Job job = imported(file, Import.Mode.REPLACE);
        assertThat(job.view().state()).isEqualTo("done");
        assertThat(job.view().progress()).isEqualTo(1);
        assertThat(job.view().rows()).isEqualTo(before.size());
        assertThat(orders.stream()).containsExactlyInAnyOrderElementsOf(before);
        assertNothingIsLeft();
    }

    @Test
    void merge_keepsRowsThatTheFileDoesNotHave() throws IOException {
        TableRef<String, Order> orders = open(ORDERS);
        insert(orders, new Order("a", 1), new Order("b", 2));
        byte[] file = exported();
        insert(orders, new Order("b", 20), new Order("c", 3));
        assertThat(imported(file, Import.Mode.MERGE).state()).isEqualTo(Job.State.DONE);
        assertThat(orders.stream()).containsExactlyInAnyOrder(new Order("a", 1), new Order("b", 2), new Order("c", 3));
    }

    @Test
    void emptyTable_isExportedAndImported() throws IOException {
        TableRef<String, Order> orders = open(ORDERS);
        byte[] file = exported();
        insert(orders, new Order("a", 1));
        assertThat(imported(file, Import.Mode.REPLACE).state()).isEqualTo(Job.State.DONE);
        assertThat(orders.size()).isZero();
    }

    @Test
    void everyPacking_hasTheSameRows() throws IOException {
        TableRef<String, Order> orders = open(ORDERS);
        insert(orders, new Order("a", 1));
        for (TableFiles.Packing packing : TableFiles.Packing.values()) {
            byte[] file = exported("orders", packing);
            InputStream in = new ByteArrayInputStream(file);
            assertThat(TableFile.verify(packing.isCompressed() ? new GZIPInputStream(in) : in)
                            .rows())
                    .isEqualTo(1);
            Job job = transfers()
                    .startImport(
                            tables.handle("orders"),
                            Import.Mode.MERGE,
                            new ByteArrayInputStream(file),
                            packing.isCompressed());
            runJobs();
            assertThat(job.state()).isEqualTo(Job.State.DONE);
        }
        assertNothingIsLeft();
    }

    @Test
    void slowReader_getsItAll_whenSnapshotsHaveLongExpired() throws IOException {
        TableRef<String, Order> orders = open(ORDERS.snapshots(64, Duration.ofSeconds(3)));
        insert(
                orders,
                IntStream.range(0, 5_000).mapToObj(i -> new Order("o" + i, i)).toArray(Order[]::new));
        TableFiles.Download download = transfers().export(tables.handle("orders"), false, TableFiles.Packing.PLAIN);
        try (InputStream in = download.bytes();
                Snapshot<String, Order> later = orders.snapshot()) {
            assertThat(in.read()).isEqualTo('{');
            await().untilAsserted(() -> assertThatThrownBy(later::size).isInstanceOf(SnapshotExpiredException.class));
            orders.call(t -> {
                t.clear();
                return 0;
            });
            byte[] rest = in.readAllBytes();
            assertThat(rest.length + 1L).isEqualTo(download.size());
            byte[] whole = ("{" + new String(rest, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
            assertThat(TableFile.verify(new ByteArrayInputStream(whole)).rows()).isEqualTo(5_000);
        }
        assertNothingIsLeft();
    }

    @Test
    void exportAsJob_leavesAFileForItsOwnerOnly_untilItIsForgotten() throws IOException {
        TableRef<String, Order> orders = open(ORDERS);
        insert(orders, new Order("a", 1));
        Job job = transfers().startExport(tables.handle("orders"), true);
        assertThat(job.view().state()).isEqualTo("running");
        assertThat(job.view().result()).isNull();
        runJobs();
        assertThat(job.view().result()).isEqualTo("jobs/" + job.id() + "/result");
        Job.Result result = job.result();
        assertThat(result.name()).isEqualTo("orders.jsonl.gz");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(result.file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(result.file().getParent())))
                .isEqualTo("rwx------");
        for (int i = 0; i < 2; i++) {
            try (InputStream in = new GZIPInputStream(TableFiles.open(result).bytes())) {
                assertThat(TableFile.verify(in).rows()).isEqualTo(1);
            }
        }
        jobs.forget(job);
        assertProblem(() -> TableFiles.open(result), 404, "no-result");
        assertNothingIsLeft();
    }

    // ---- refusals ----

    @Test
    void privateTable_isNeitherExportedNorImported() {
        open(ORDERS.access(Access.PRIVATE));
        assertThatThrownBy(this::exported).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> transfers().startExport(tables.handle("orders"), false))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> begin(new byte[0], Import.Mode.MERGE)).isInstanceOf(AccessDeniedException.class);
    }

    /** What no format knows. */
    static final class Opaque {}

    record Box(String id, Opaque content) {}

    @Test
    void rowsThatCannotBeWritten_areNamed() throws IOException {
        open(TableSpec.set("boxes", Box.class, Box::id).immutable(Opaque.class));
        assertThatThrownBy(() -> exported("boxes", TableFiles.Packing.PLAIN)).satisfies(e -> {
            Problem problem = FileProblems.of(e);
            assertThat(problem.status()).isEqualTo(422);
            assertThat(problem.detail()).contains(Box.class.getName()).contains("content");
        });
        assertThatThrownBy(() -> transfers().startExport(tables.handle("boxes"), false))
                .satisfies(e -> assertThat(FileProblems.of(e).status()).isEqualTo(422));
        assertNothingIsLeft();
    }

    /** Writes and reads numbers; a hook hears of every row that is read. */
    private static RowCodec<Order> codec(Runnable whenRead) {
        return new RowCodec<>() {
            @Override
            public String encode(Order row) {
                if (row.amount() < 0) {
                    throw new IllegalArgumentException("a negative amount");
                }
                return row.id() + " " + row.amount();
            }

            @Override
            public Order decode(String line) {
                whenRead.run();
                String[] parts = line.split(" ", 2);
                return new Order(parts[0].equals("null") ? null : parts[0], Integer.parseInt(parts[1]));
            }

            @Override
            public String name() {
                return "numbers";
            }
        };
    }

    @Test
    void rowThatCannotBeWritten_failsTheExport_andLeavesNothing() throws IOException {
        TableRef<String, Order> orders = open(ORDERS.codec(codec(() -> {})));
        insert(orders, new Order("a", -1));
        assertProblem(
                () -> transfers().export(tables.handle("orders"), false, TableFiles.Packing.ZIPPED),
                422,
                "unwritable-row");
        Job job = transfers().startExport(tables.handle("orders"), false);
        runJobs();
        assertFailed(job, 422, "unwritable-row", "a negative amount");
        assertNothingIsLeft();
    }

    private void assertRefused(byte[] body, boolean compressed, int status, String type) throws IOException {
        TableRef<String, Order> orders = tables.ref(ORDERS);
        List<Order> before = orders.stream().toList();
        assertThatThrownBy(() -> transfers()
                        .startImport(
                                tables.handle("orders"),
                                Import.Mode.REPLACE,
                                new ByteArrayInputStream(body),
                                compressed))
                .satisfies(e -> {
                    Problem problem = FileProblems.of(e);
                    assertThat(problem.status()).isEqualTo(status);
                    assertThat(problem.type()).endsWith(":" + type);
                });
        assertThat(begun).isEmpty();
        assertThat(orders.stream().toList()).isEqualTo(before);
        assertNothingIsLeft();
    }

    @Test
    void damagedFile_isRefused() throws IOException {
        insert(open(ORDERS), new Order("a", 1), new Order("b", 2));
        byte[] file = exported();
        assertRefused(new byte[0], false, 400, "bad-table-file");
        assertRefused(new byte[0], true, 400, "unreadable-body");
        for (int length : new int[] {1, 50, file.length / 2, file.length - 1}) {
            assertRefused(Arrays.copyOf(file, length), false, 400, "bad-table-file");
        }
        for (int at = 0; at < file.length; at += 3) {
            byte[] flipped = file.clone();
            flipped[at] ^= 4;
            assertRefused(flipped, false, 400, "bad-table-file");
        }
        byte[] zipped = gzip(file);
        assertRefused(Arrays.copyOf(zipped, zipped.length - 9), true, 400, "unreadable-body");
        zipped[zipped.length - 6] ^= 1; // its checksum
        assertRefused(zipped, true, 400, "unreadable-body");
        assertRefused(file, true, 400, "unreadable-body");
    }

    @Test
    void bombs_areRefused() throws IOException {
        open(ORDERS);
        assertRefused(gzip(new byte[(int) LIMIT * 20]), true, 413, "too-large");
        assertRefused(new byte[(int) LIMIT + 1], false, 413, "too-large");
        byte[] nothing = gzip(new byte[0]); // any number of which is still nothing
        byte[] much = new byte[nothing.length * 60_000];
        for (int at = 0; at < much.length; at += nothing.length) {
            System.arraycopy(nothing, 0, much, at, nothing.length);
        }
        assertRefused(much, true, 400, "unreadable-body");
    }

    @Test
    void fileOfAnotherTypeOrCodec_isRefused() throws IOException {
        insert(open(specOf(TableType.BAG)), new Order("a", 1));
        byte[] bag = exported();
        insert(open(ORDERS.codec(codec(() -> {}))), new Order("a", 1));
        byte[] numbers = exported();
        open(ORDERS);
        assertRefused(bag, false, 422, "unfit-table-file");
        assertRefused(numbers, false, 422, "unfit-table-file");
    }

    @Test
    void tooManyRows_areRefused_atOnceOrWhenTheyAreCounted() throws IOException {
        TableRef<String, Order> orders = open(ORDERS.maxRows(3));
        insert(orders, new Order("a", 1), new Order("b", 2));
        byte[] two = exported();
        insert(orders, new Order("c", 3));
        byte[] three = exported();
        TableRef<String, Order> small = open(ORDERS.maxRows(2));
        assertThatThrownBy(() -> begin(three, Import.Mode.REPLACE)).isInstanceOf(TableFullException.class);
        insert(small, new Order("x", 1));
        assertFailed(imported(two, Import.Mode.MERGE), 507, "table-full", "2 rows");
        assertThat(small.stream()).containsExactly(new Order("x", 1));
        assertThat(imported(two, Import.Mode.REPLACE).state()).isEqualTo(Job.State.DONE);
        assertNothingIsLeft();
    }

    /** A file with a right checksum, of rows that are not those of a set of orders. */
    private byte[] fileOf(String... lines) throws IOException {
        RowCodec<String> text = new RowCodec<>() {
            @Override
            public String encode(String row) {
                return row.substring(row.indexOf('|') + 1);
            }

            @Override
            public String decode(String line) {
                return line;
            }

            @Override
            public String name() {
                return "numbers";
            }
        };
        TableSpec<String, String> spec = TableSpec.set("lines", String.class, row -> row);
        try (TestTables other = TestTables.of(spec)) {
            for (int i = 0; i < lines.length; i++) {
                String line = i + "|" + lines[i];
                other.ref(spec).call(t -> t.insert(line));
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (Snapshot<String, String> snapshot = other.ref(spec).snapshot()) {
                TableFile.write(snapshot, text, out);
            }
            return out.toByteArray();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a 1,        a 2,  a row before has the same key",
        "a 1,        b x,  codec numbers cannot read the row",
        "b 2,        null 1, has no key",
    })
    void rowsThatAreNone_failTheJob_withTheirLine(String first, String second, String why) throws IOException {
        TableRef<String, Order> orders = open(ORDERS.codec(codec(() -> {})));
        insert(orders, new Order("z", 9));
        Job job = imported(fileOf(first, second), Import.Mode.REPLACE);
        assertFailed(job, 422, "unfit-table-file", why);
        assertThat(job.view().problem()).containsKey("line");
        assertThat(orders.stream()).containsExactly(new Order("z", 9));
        assertNothingIsLeft();
    }

    @Test
    void uniqueIndex_isKept() throws IOException {
        insert(open(ORDERS), new Order("a", 1), new Order("b", 1));
        byte[] file = exported();
        TableRef<String, Order> orders = open(ORDERS.index(IndexSpec.uniqueIndex("byAmount", Order::amount)));
        insert(orders, new Order("z", 9));
        assertFailed(imported(file, Import.Mode.MERGE), 409, "not-unique", "byAmount");
        assertThat(orders.stream()).containsExactly(new Order("z", 9));
    }

    @Test
    void unknownParameters_areNamed() {
        assertProblem(() -> Import.Mode.of("append"), 400, "bad-parameter");
        assertProblem(() -> Import.Mode.of(""), 400, "bad-parameter");
        assertThat(Import.Mode.of(null)).isEqualTo(Import.Mode.MERGE);
        assertProblem(() -> TableFiles.Packing.of("zip", null), 400, "bad-parameter");
        assertProblem(() -> TableFiles.isCompressed("br", null), 415, "content-encoding");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, PLAIN",
                "gzip, -, ZIPPED",
                "gzip, gzip, ZIPPED",
                "-, 'deflate, gzip, br', ENCODED",
                "-, 'gzip;q=0.5', ENCODED",
                "-, GZIP, ENCODED",
                "-, 'gzip;q=0', PLAIN",
                "-, 'gzip; q=0.000, identity', PLAIN",
                "-, 'identity, *;q=0', PLAIN"
            })
    void packing_isWhatWasAskedFor(String compress, String accepted, TableFiles.Packing packing) {
        assertThat(TableFiles.Packing.of(compress, accepted)).isEqualTo(packing);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,-,false",
                "identity,-,false",
                "gzip,-,true",
                "GZIP,application/jsonl,true",
                "-,application/gzip,true"
            })
    void compression_isSeenInTheHeaders(String encoding, String type, boolean compressed) {
        assertThat(TableFiles.isCompressed(encoding, type)).isEqualTo(compressed);
    }

    @Test
    void tableWithoutAnOwner_orNotLoaded_refuses() throws IOException {
        Path data = directory.resolve("data");
        TableSpec<String, Order> kept = ORDERS.durability(dev.heirloom.backup.Durability.EVERY_SECOND);
        try (TestTables first = TestTables.in(data, kept)) {
            tables = TestTables.in(data, kept); // the directory is in use
            await().until(() -> tables.status(kept).isUnloaded());
            assertThatThrownBy(() -> begin(new byte[0], Import.Mode.MERGE)).isInstanceOf(TableNotLoadedException.class);
            assertThatThrownBy(this::exported).isInstanceOf(TableNotLoadedException.class);
            assertThat(first.status(kept).isUnloaded()).isFalse();
        }
        tables.close();
        tables = TestTables.of(ORDERS);
        TableRef<String, Order> orders = tables.ref(ORDERS);
        byte[] file = exported();
        assertThatThrownBy(() -> transfers().export(tables.handle("orders"), true, TableFiles.Packing.PLAIN))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(409));
        assertThat(orders.size()).isZero();
        TableSpec<String, Order> mortal = ORDERS.restart(dev.heirloom.supervision.RestartType.TEMPORARY);
        open(mortal);
        tables.crash(mortal, new Sabotage(Sabotage.How.EXCEPTION, Failpoint.IN_FUNCTION));
        assertThatThrownBy(() -> tables.ref(mortal).call(t -> t.insert(new Order("a", 1))))
                .isInstanceOf(dev.heirloom.ownership.OwnerDiedException.class);
        await().until(() -> tables.status(mortal).isVacant());
        assertThatThrownBy(() -> begin(file, Import.Mode.MERGE)).isInstanceOf(NoOwnerException.class);
    }

    // ---- all or nothing ----

    @ParameterizedTest
    @ValueSource(strings = {"BEFORE_FUNCTION", "IN_FUNCTION", "BEFORE_COMMIT", "IN_COMMIT", "BEFORE_PUBLICATION"})
    void ownerDies_nothingIsImported_andAnotherTimeItIs(Failpoint point) throws IOException {
        TableRef<String, Order> orders = open(ORDERS);
        insert(
                orders,
                IntStream.range(0, 3_000).mapToObj(i -> new Order("o" + i, i)).toArray(Order[]::new));
        byte[] file = exported();
        orders.call(t -> {
            t.clear();
            t.insert(new Order("z", 9));
            return 0;
        });
        tables.crash(ORDERS, new Sabotage(Sabotage.How.EXCEPTION, point));
        assertFailed(imported(file, Import.Mode.REPLACE), 503, "owner-died", "orders");
        assertThat(orders.stream()).containsExactly(new Order("z", 9));
        assertThat(imported(file, Import.Mode.REPLACE).state()).isEqualTo(Job.State.DONE);
        assertThat(orders.size()).isEqualTo(3_000);
        assertNothingIsLeft();
    }

    @Test
    void cancelledBeforeItBegins_orWhileItReads_hasChangedNothing() throws IOException {
        Runnable[] whenRead = {() -> {}};
        TableRef<String, Order> orders = open(ORDERS.codec(codec(() -> whenRead[0].run())));
        insert(
                orders,
                IntStream.range(0, 3_000).mapToObj(i -> new Order("o" + i, i)).toArray(Order[]::new));
        byte[] file = exported();
        insert(orders, new Order("z", 9));
        Job first = begin(file, Import.Mode.REPLACE);
        assertThat(first.cancel()).isTrue();
        runJobs();
        Job second = begin(file, Import.Mode.REPLACE);
        whenRead[0] = second::cancel;
        runJobs();
        for (Job job : List.of(first, second)) {
            assertThat(job.view().state()).isEqualTo("cancelled");
            assertThat(job.view().problem()).isNull();
            assertThat(job.cancel()).isFalse();
        }
        assertThat(orders.size()).isEqualTo(3_001);
        assertNothingIsLeft();
    }

    @Test
    void cancelledExport_leavesNothing() throws IOException {
        TableRef<String, Order> orders = open(ORDERS);
        insert(
                orders,
                IntStream.range(0, 1_000).mapToObj(i -> new Order("o" + i, i)).toArray(Order[]::new));
        Job job = transfers().startExport(tables.handle("orders"), false);
        job.cancel();
        runJobs();
        assertThat(job.state()).isEqualTo(Job.State.CANCELLED);
        assertThat(job.result()).isNull();
        assertNothingIsLeft();
    }
}
