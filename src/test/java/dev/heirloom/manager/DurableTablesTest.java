package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heirloom.TableSpec;
import dev.heirloom.backup.Durability;
import dev.heirloom.backup.Evolution;
import dev.heirloom.ownership.Heir;
import dev.heirloom.ownership.HeirRefusedException;
import dev.heirloom.ownership.NoOwnerException;
import dev.heirloom.ownership.TableConsumer;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.Changes;
import dev.heirloom.table.TableNotLoadedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables that are there again when the process is. */
class DurableTablesTest {
    record Order(String id, int amount) {}

    private static final TableSpec<String, Order> ORDERS =
            TableSpec.set("orders", Order.class, Order::id).durability(Durability.EVERY_SECOND);
    private static final TableSpec<String, Order> OTHERS =
            TableSpec.set("others", Order.class, Order::id).durability(Durability.EVERY_SECOND);

    @TempDir
    Path directory;

    private static TableRef<String, Order> loaded(TestTables tables, TableSpec<String, Order> spec) {
        await().until(() -> tables.status(spec).isOwned());
        return tables.ref(spec);
    }

    @ParameterizedTest
    @EnumSource(names = {"EVERY_SECOND", "ALWAYS"})
    void closedAndOpened_rowsAreThere_atAHigherEpoch(Durability durability) {
        TableSpec<String, Order> spec = ORDERS.durability(durability);
        long epoch;
        try (TestTables tables = TestTables.in(directory, spec)) {
            TableRef<String, Order> orders = tables.ref(spec);
            List<CompletableFuture<Order>> answers = IntStream.range(0, 500)
                    .mapToObj(i ->
                            orders.ask(t -> t.insert(new Order("o" + i, i))).toCompletableFuture())
                    .toList();
            answers.forEach(CompletableFuture::join);
            boolean deleted = orders.call(t -> t.delete("o1"));
            assertThat(deleted).isTrue();
            epoch = tables.status(spec).epoch();
            assertThat(tables.status(spec).durability()).isEqualTo(durability);
        }
        for (int i = 0; i < 3; i++) {
            try (TestTables tables = TestTables.in(directory, spec)) {
                TableRef<String, Order> orders = loaded(tables, spec);
                assertThat(orders.size()).isEqualTo(499);
                assertThat(orders.find("o499")).contains(new Order("o499", 499));
                assertThat(orders.contains("o1")).isFalse();
                assertThat(tables.status(spec).epoch()).isGreaterThan(epoch);
                epoch = tables.status(spec).epoch();
            }
        }
    }

    @Test
    void requestsWaitForTheLoad() {
        try (TestTables tables = TestTables.in(directory, ORDERS)) {
            assertThat(tables.ref(ORDERS).<Order>call(t -> t.insert(new Order("a", 1))))
                    .isEqualTo(new Order("a", 1));
        }
    }

    @Test
    void ownersDie_rowsStay() {
        try (TestTables tables = TestTables.in(directory, ORDERS)) {
            TableRef<String, Order> orders = tables.ref(ORDERS);
            orders.call(t -> t.insert(new Order("a", 1)));
            assertThatThrownBy(() -> orders.call(t -> {
                        t.insert(new Order("b", 2));
                        throw new StackOverflowError("expected by the test");
                    }))
                    .isInstanceOf(dev.heirloom.ownership.OwnerDiedException.class);
            orders.call(t -> t.insert(new Order("c", 3)));
        }
        try (TestTables tables = TestTables.in(directory, ORDERS)) {
            assertThat(loaded(tables, ORDERS).stream().map(Order::id)).containsExactlyInAnyOrder("a", "c");
        }
    }

    @Test
    void changes_areNumberedHigherThanBefore() {
        TableSpec<String, Order> spec = ORDERS.changeBuffer(10);
        long last;
        try (TestTables tables = TestTables.in(directory, spec)) {
            TableRef<String, Order> orders = loaded(tables, spec);
            Changes<String, Order> changes = orders.changes();
            orders.call(t -> t.insert(new Order("a", 1)));
            last = changes.poll().get(0).sequence();
        }
        try (TestTables tables = TestTables.in(directory, spec)) {
            TableRef<String, Order> orders = loaded(tables, spec);
            Changes<String, Order> changes = orders.changes();
            orders.call(t -> t.insert(new Order("a", 2)));
            assertThat(changes.poll().get(0).sequence()).isGreaterThan(last);
        }
    }

    @Test
    void anotherProcessHasTheDirectory_saysWho_andTheTableComesWhenItIsFree() {
        TestTables first = TestTables.in(directory, ORDERS);
        loaded(first, ORDERS).call(t -> t.insert(new Order("a", 1)));
        try (TestTables second = TestTables.in(directory, ORDERS)) {
            await().until(() -> second.status(ORDERS).isUnloaded());
            assertThat(second.status(ORDERS).why())
                    .contains("is in use by process " + ProcessHandle.current().pid());
            assertThat(second.status(ORDERS).isRevivable()).isTrue();
            TableRef<String, Order> orders = second.ref(ORDERS);
            assertThatThrownBy(() -> orders.find("a")).isInstanceOf(TableNotLoadedException.class);
            assertThatThrownBy(() -> orders.call(t -> 1)).isInstanceOf(NoOwnerException.class);
            first.close();
            second.revive(ORDERS);
            assertThat(loaded(second, ORDERS).find("a")).contains(new Order("a", 1));
            assertThat(second.status(ORDERS).isRevivable()).isFalse();
        }
    }

    @Test
    void damagedTable_staysAway_andOthersWork() throws IOException {
        try (TestTables tables = TestTables.in(directory, ORDERS, OTHERS)) {
            for (int i = 0; i < 10; i++) {
                int amount = i;
                tables.ref(ORDERS).call(t -> t.insert(new Order("a", amount)));
            }
            tables.ref(OTHERS).call(t -> t.insert(new Order("a", 2)));
        }
        Path file = files("orders").get(0);
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = whole.clone();
        int record = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).lastIndexOf("a", 2000);
        damaged[record - 200] ^= 1;
        Files.write(file, damaged);
        try (TestTables tables = TestTables.in(directory, ORDERS, OTHERS)) {
            await().until(() -> tables.status(ORDERS).isUnloaded());
            assertThat(tables.status(ORDERS).why()).contains("00000001.log, at byte ");
            assertThat(loaded(tables, OTHERS).find("a")).contains(new Order("a", 2));
            assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
            Files.write(file, whole);
            tables.revive(ORDERS);
            assertThat(loaded(tables, ORDERS).find("a")).contains(new Order("a", 9));
        }
    }

    private List<Path> files(String table) throws IOException {
        try (Stream<Path> all = Files.list(directory.resolve(table))) {
            return all.sorted().toList();
        }
    }

    @Test
    void deleted_andMadeAgain_isEmpty() throws IOException {
        try (TestTables tables = TestTables.in(directory, ORDERS)) {
            loaded(tables, ORDERS).call(t -> t.insert(new Order("a", 1)));
            tables.delete("orders");
            TableRef<String, Order> again = tables.create(ORDERS);
            long size = again.call(t -> t.size());
            assertThat(size).isZero();
            again.call(t -> t.insert(new Order("b", 2)));
        }
        try (TestTables tables = TestTables.in(directory, ORDERS)) {
            assertThat(loaded(tables, ORDERS).stream().map(Order::id)).containsExactly("b");
        }
    }

    @Test
    void onlyTheOwnerOfTheProcessMayReadTheFiles() throws IOException {
        Path data = directory.resolve("data");
        try (TestTables tables = TestTables.in(data, ORDERS)) {
            loaded(tables, ORDERS);
        }
        for (Path each : List.of(data, data.resolve("orders"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                    .isEqualTo("rwx------");
        }
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(data.resolve("orders").resolve("00000001.log"))))
                .startsWith("rw----");
    }

    @Test
    void rowTypeHasChanged_rowsAreMadeNew() {
        record Purchase(String number, long amount, String currency) {}

        try (TestTables tables = TestTables.in(directory, ORDERS)) {
            tables.ref(ORDERS).call(t -> t.insert(new Order("a", 7)));
        }
        TableSpec<String, Purchase> changed = TableSpec.set("orders", Purchase.class, Purchase::number)
                .durability(Durability.EVERY_SECOND)
                .evolution(Evolution.<Purchase>none()
                        .renamed(Purchase.class, "id", "number")
                        .defaultOf(Purchase.class, "currency", "EUR"));
        for (int i = 0; i < 2; i++) {
            try (TestTables tables = TestTables.in(directory, changed)) {
                await().until(() -> tables.status(changed).isOwned());
                assertThat(tables.ref(changed).find("a")).contains(new Purchase("a", 7, "EUR"));
            }
        }
    }

    /** One that would rather have its table die with it. */
    static final class Mortal implements TableConsumer<String, Order> {
        @Override
        public void consume(
                dev.heirloom.ownership.OwnedTable<String, Order> table, dev.heirloom.ownership.Requests requests)
                throws InterruptedException {
            assertThatThrownBy(() -> table.heir(Heir.NONE, null))
                    .isInstanceOf(HeirRefusedException.class)
                    .hasMessageContaining("kept beyond the process");
            table.insert(new Order("refused", 1));
            requests.serve(Duration.ofHours(1));
        }
    }

    @Test
    void heirNone_refused() {
        assertThatThrownBy(() -> ORDERS.heir(Heir.NONE)).isInstanceOf(IllegalArgumentException.class);
        TableSpec<String, Order> spec = ORDERS.consumer(Mortal.class);
        try (TestTables tables = TestTables.in(directory, spec)) {
            boolean refused = tables.ref(spec).call(t -> t.contains("refused"));
            assertThat(refused).isTrue();
        }
    }
}
