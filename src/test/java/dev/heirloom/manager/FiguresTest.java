package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heirloom.TableSpec;
import dev.heirloom.ownership.Heir;
import dev.heirloom.ownership.OwnerDiedException;
import dev.heirloom.ownership.TableRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is counted of a table as long as the application runs. */
@Timeout(60)
class FiguresTest {
    private static final TableSpec<String, String> SPEC = TableSpec.set("rows", String.class, row -> row);

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void readsChangesAndRequests_areCounted_whetherChangesAreKeptOrNot(int changeBuffer) {
        TableSpec<String, String> spec = SPEC.changeBuffer(changeBuffer);
        try (TestTables tables = TestTables.of(spec)) {
            TableRef<String, String> rows = tables.ref(spec);
            rows.call(unit -> unit.insert("a"));
            rows.call(unit ->
                    unit.insertNew("b") && unit.delete("a") && unit.find("a").isEmpty());
            rows.find("b");
            rows.find("c");
            await().until(() -> tables.status(spec).requests() == 2); // an owner answers before it counts
            TableStatus status = tables.status(spec);
            assertThat(status.changes()).isEqualTo(3);
            assertThat(status.reads()).isEqualTo(2);
            assertThat(tables.figures(spec).changes()).isEqualTo(3);
        }
    }

    @Test
    void counts_goOn_whenRowsDieWithTheirOwner() {
        TableSpec<String, String> spec = SPEC.heir(Heir.NONE);
        try (TestTables tables = TestTables.of(spec)) {
            TableRef<String, String> rows = tables.ref(spec);
            rows.call(unit -> unit.insert("a"));
            rows.find("a");
            assertThatThrownBy(() -> rows.call(unit -> {
                        throw new Expected();
                    }))
                    .isInstanceOf(OwnerDiedException.class);
            await().until(() -> rows.size() == 0);
            rows.call(unit -> unit.insert("b"));
            rows.find("b");
            assertThat(tables.status(spec).changes()).isGreaterThanOrEqualTo(2);
            assertThat(tables.status(spec).reads()).isEqualTo(2);
            await().until(() -> tables.status(spec).requests() == 2);
        }
    }
}
