package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heirloom.TableSpec;
import dev.heirloom.ownership.Heir;
import dev.heirloom.ownership.OwnedTable;
import dev.heirloom.ownership.OwnerDiedException;
import dev.heirloom.ownership.Requests;
import dev.heirloom.ownership.TableConsumer;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.ownership.Transfer;
import dev.heirloom.table.TableClosedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tables and their life, on plain threads. */
class TestTablesTest {
    private static final TableSpec<String, String> SPEC =
            TableSpec.set("strings", String.class, row -> row).heir(Heir.consumer(Standby.class), "will");

    /** A hot standby that says so in the table. */
    static class Standby implements TableConsumer<String, String> {
        @Override
        public void accept(OwnedTable<String, String> table, Transfer transfer) throws Exception {
            table.atomically(t -> t.insert(transfer.reason() + " " + transfer.data()));
        }

        @Override
        public void consume(OwnedTable<String, String> table, Requests requests) throws Exception {
            requests.serve(Duration.ofDays(1));
        }
    }

    private static void kill(TableRef<String, String> table) {
        assertThatThrownBy(() -> table.call(t -> {
                    throw new Expected();
                }))
                .isInstanceOf(OwnerDiedException.class);
    }

    @Test
    void standby_thatIsDeployed_inherits() {
        try (TestTables tables = TestTables.of(SPEC).deploy(Standby.class)) {
            TableRef<String, String> table = tables.ref(SPEC);
            kill(table);
            assertThat(table.<Long>call(t -> t.size())).isEqualTo(1);
            assertThat(table.find("INHERITED will")).isPresent();
            assertThat(tables.status("strings").owner()).isEqualTo("Standby");
            assertThat(tables.status(SPEC).home()).isEqualTo("ServingConsumer");
        }
    }

    @Test
    void standby_thatIsNot_doesNot() {
        try (TestTables tables = TestTables.of(SPEC)) {
            TableRef<String, String> table = tables.ref(SPEC);
            kill(table);
            assertThat(table.<Long>call(t -> t.size())).isZero();
            assertThat(tables.status("strings").owner()).isEqualTo("ServingConsumer");
            assertThat(tables.status("strings").heir()).isEqualTo(Heir.MANAGER);
        }
    }

    @Test
    void tables_areMadeRenamedAndDeleted_andTheirThreadsEnd() {
        try (TestTables tables = TestTables.of()) {
            TableRef<String, String> table = tables.create(SPEC);
            assertThatThrownBy(() -> tables.create(SPEC)).isInstanceOf(TableExistsException.class);
            table.call(t -> t.insert("a"));
            tables.rename("strings", "renamed-strings");
            assertThat(tables.names()).containsExactly("renamed-strings");
            assertThat(tables.find("renamed-strings")).map(TableRef::size).contains(1L);
            tables.delete("renamed-strings");
            assertThatThrownBy(() -> table.call(t -> t.size())).isInstanceOf(TableClosedException.class);
            assertThatThrownBy(() -> tables.status(SPEC)).isInstanceOf(NoSuchTableException.class);
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().contains("strings")));
        }
    }

    @Test
    void twoTablesOfOneName_areRefused() {
        assertThatThrownBy(() -> TestTables.of(SPEC, SPEC)).isInstanceOf(TableExistsException.class);
    }
}
