package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heirloom.TableSpec;
import dev.heirloom.ownership.OwnedTable;
import dev.heirloom.ownership.Requests;
import dev.heirloom.ownership.TableConsumer;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.supervision.RestartType;
import dev.heirloom.table.Changes;
import dev.heirloom.table.Expiry;
import dev.heirloom.table.IndexSpec;
import dev.heirloom.table.RowChange;
import dev.heirloom.table.TableFullException;
import dev.heirloom.table.TableType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows go away by themselves, whoever has the table. */
class ExpiringTablesTest {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final IndexSpec<Integer, Row> BY_SIZE = IndexSpec.index("bySize", Row::size);
    private static final IndexSpec<String, Row> BY_TEXT = IndexSpec.uniqueIndex("byText", Row::toString);

    record Row(String id, int size) {}

    /** Leaves rows behind and ends. */
    static final class Leaving implements TableConsumer<String, Row> {
        @Override
        public void consume(OwnedTable<String, Row> table, Requests requests) {
            table.insert(new Row("a", 1));
        }
    }

    private static TableSpec<String, Row> spec() {
        return TableSpec.set("rows", Row.class, Row::id)
                .expiry(Expiry.afterWrite(SOON))
                .index(BY_SIZE)
                .changeBuffer(100);
    }

    private static void assertComesAndGoes(Changes<String, Row> changes) throws InterruptedException {
        List<RowChange<String, Row>> came = changes.take(LONG);
        assertThat(came)
                .singleElement()
                .satisfies(change -> assertThat(change.after()).hasValue(new Row("a", 1)));
        List<RowChange<String, Row>> gone = changes.take(LONG);
        assertThat(gone).singleElement().satisfies(change -> {
            assertThat(change.before()).hasValue(new Row("a", 1));
            assertThat(change.expired()).isTrue();
        });
    }

    @Test
    void rowThatNobodyLooksAt_isRemovedByTheOwner() throws Exception {
        TableSpec<String, Row> spec = spec();
        try (TestTables tables = TestTables.of(spec)) {
            TableRef<String, Row> rows = tables.ref(spec);
            Changes<String, Row> changes = rows.changes();
            rows.call(table -> table.insert(new Row("a", 1)));
            assertComesAndGoes(changes);
            assertThat(rows.size()).isZero();
            assertThat(rows.lookup(BY_SIZE, 1)).isEmpty();
        }
    }

    @Test
    void rowThatNobodyOwns_isRemovedByTheManager() throws Exception {
        TableSpec<String, Row> spec = spec().consumer(Leaving.class).restart(RestartType.TEMPORARY);
        try (TestTables tables = TestTables.of(spec)) {
            TableRef<String, Row> rows = tables.ref(spec);
            assertComesAndGoes(rows.changesAfter(0));
            assertThat(rows.size()).isZero();
            await().until(() -> tables.status(spec).state().equals("Vacant"));
        }
    }

    @Test
    void spec_saysWhatTheTableHolds() {
        TableSpec<String, Row> spec = TableSpec.bag("bag", Row.class, Row::id)
                .index(BY_SIZE)
                .index(BY_TEXT)
                .maxRows(2)
                .changeBuffer(3);
        assertThat(spec.schema().type()).isEqualTo(TableType.BAG);
        assertThat(spec.schema().indexes()).containsExactly(BY_SIZE, BY_TEXT);
        assertThat(spec.schema().limits().rows()).isEqualTo(2);
        assertThat(spec.schema().limits().changes()).isEqualTo(3);
        assertThat(TableSpec.duplicateBag("bag", Row.class, Row::id).schema().type())
                .isEqualTo(TableType.DUPLICATE_BAG);
    }

    @Test
    void fullTable_saysSoToTheCaller_andGoesOn() {
        TableSpec<String, Row> spec = TableSpec.set("few", Row.class, Row::id).maxRows(1);
        try (TestTables tables = TestTables.of(spec)) {
            TableRef<String, Row> rows = tables.ref(spec);
            rows.call(table -> table.insert(new Row("a", 1)));
            assertThat(rows.ask(table -> table.insert(new Row("b", 1))).toCompletableFuture())
                    .failsWithin(LONG)
                    .withThrowableThat()
                    .havingRootCause()
                    .isInstanceOf(TableFullException.class);
            rows.call(table -> table.insert(new Row("a", 2)));
            assertThat(rows.find("a")).hasValue(new Row("a", 2));
        }
    }
}
