package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heirloom.TableSpec;
import dev.heirloom.backup.Durability;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.IndexSpec;
import dev.heirloom.table.TableNotLoadedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table whose files are damaged: nothing is changed, what can be read is, and there is a way on. */
class SalvagedTablesTest {
    record Order(String id, int amount) {}

    private static final TableSpec<String, Order> ORDERS = TableSpec.set("orders", Order.class, Order::id)
            .index(IndexSpec.uniqueIndex("byAmount", Order::amount))
            .durability(Durability.EVERY_SECOND);

    @TempDir
    Path directory;

    /** Ten orders, of which the unit that inserted the fourth is damaged. */
    @BeforeEach
    void damage() throws IOException {
        try (TestTables tables = TestTables.in(directory, ORDERS)) {
            for (int i = 0; i < 10; i++) {
                Order order = new Order("order" + i, i);
                tables.ref(ORDERS).call(t -> t.insert(order));
            }
        }
        Path file = directory.resolve("orders").resolve("00000001.log");
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("order3");
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    private Map<Path, Long> files(Path where) throws IOException {
        Map<Path, Long> sums = new TreeMap<>();
        try (Stream<Path> all = Files.list(where)) {
            for (Path each : all.toList()) {
                java.util.zip.CRC32C sum = new java.util.zip.CRC32C();
                sum.update(Files.readAllBytes(each));
                sums.put(each.getFileName(), sum.getValue());
            }
        }
        return sums;
    }

    private TestTables unloaded() {
        TestTables tables = TestTables.in(directory, ORDERS);
        await().until(() -> tables.status(ORDERS).isUnloaded());
        return tables;
    }

    @Test
    void damaged_saysWhatAndWhere_andHowToGoOn() {
        try (TestTables tables = unloaded()) {
            assertThat(tables.status(ORDERS).why())
                    .contains("00000001.log, at byte ")
                    .contains("All files are kept unchanged in " + directory.resolve("orders"))
                    .contains("put back the files as they were and revive the table")
                    .contains("salvage=true")
                    .contains("set-aside");
            assertThatThrownBy(() -> tables.ref(ORDERS).size())
                    .isInstanceOf(TableNotLoadedException.class)
                    .hasMessageContaining("salvage=true");
        }
    }

    @Test
    void salvage_givesWhatCanBeRead_andChangesNothing() throws IOException {
        Map<Path, Long> before = files(directory.resolve("orders"));
        try (TestTables tables = unloaded()) {
            for (int i = 0; i < 2; i++) {
                try (TableHandle.SalvagedRows<?, ?> salvaged =
                        tables.handle("orders").salvage()) {
                    assertThat(salvaged.rows().size()).isEqualTo(9);
                    assertThat(salvaged.rows().stream().map(row -> ((Order) row).id()))
                            .doesNotContain("order3")
                            .contains("order2", "order4", "order9");
                    assertThat(salvaged.outcome().summary()).contains("00000001.log, bytes ");
                }
            }
            assertThat(tables.status(ORDERS).isUnloaded()).isTrue();
        }
        assertThat(files(directory.resolve("orders"))).isEqualTo(before);
    }

    @Test
    void setAside_theTableBeginsAnew_andTheFilesAreStillThere() throws IOException {
        Map<Path, Long> before = files(directory.resolve("orders"));
        try (TestTables tables = unloaded()) {
            assertThat(tables.handle("orders").setAside()).isTrue();
            await().until(() -> tables.status(ORDERS).isOwned());
            TableRef<String, Order> orders = tables.ref(ORDERS);
            assertThat(orders.size()).isZero();
            orders.call(t -> t.insert(new Order("new", 1)));
            assertThat(tables.handle("orders").setAside()).isFalse();
        }
        try (Stream<Path> all = Files.list(directory)) {
            List<Path> aside = all.filter(each -> each.getFileName().toString().startsWith("orders.damaged@"))
                    .toList();
            assertThat(aside).hasSize(1);
            assertThat(files(aside.get(0))).isEqualTo(before);
        }
        try (TestTables tables = TestTables.in(directory, ORDERS)) {
            await().until(() -> tables.status(ORDERS).isOwned());
            assertThat(tables.ref(ORDERS).stream()).containsExactly(new Order("new", 1));
        }
    }

    @Test
    void deleted_nothingOfItIsLeft() throws IOException {
        try (TestTables tables = unloaded()) {
            tables.delete("orders");
            await().untilAsserted(
                            () -> assertThat(files(directory.resolve("orders"))).isEmpty());
        }
        try (TestTables tables = TestTables.in(directory, ORDERS)) {
            Order order = new Order("new", 1);
            tables.ref(ORDERS).call(t -> t.insert(order));
            assertThat(tables.ref(ORDERS).size()).isEqualTo(1);
        }
    }

    @Test
    void tableThatIsLoaded_isNeitherSalvagedNorSetAside() {
        TableSpec<String, Order> others =
                TableSpec.set("others", Order.class, Order::id).durability(Durability.EVERY_SECOND);
        TableSpec<String, Order> volatiles = TableSpec.set("volatiles", Order.class, Order::id);
        try (TestTables tables = TestTables.in(directory, others, volatiles)) {
            await().until(() -> tables.status(others).isOwned());
            for (String name : List.of("others", "volatiles")) {
                TableHandle<?, ?> table = tables.handle(name);
                assertThatThrownBy(table::salvage).isInstanceOf(IllegalStateException.class);
                assertThat(table.setAside()).isFalse();
            }
        }
    }

    @Test
    void setAside_thatFails_leavesItUnloaded() throws IOException {
        try (TestTables tables = unloaded()) {
            try (Stream<Path> all = Files.list(directory.resolve("orders"))) {
                for (Path each : all.toList()) {
                    Files.delete(each);
                }
            }
            Files.delete(directory.resolve("orders"));
            assertThat(tables.handle("orders").setAside()).isTrue();
            await().until(() -> tables.status(ORDERS).isUnloaded());
            assertThat(tables.status(ORDERS).why()).contains("orders");
        }
    }
}
