package dev.heirloom.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heirloom.TableSpec;
import dev.heirloom.manager.TestTables;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.TableNotLoadedException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of JSON tables, restarts included. */
class JsonTablesTest {
    private static final JsonLimits LIMITS = new JsonLimits((JsonLimits.Settings) name -> switch (name) {
        case JsonLimits.TABLES -> 3;
        default -> null;
    });

    private record Thing(String id) {}

    @TempDir
    Path directory;

    private static JsonTables in(TestTables tables) {
        JsonTables made = new JsonTables(tables, LIMITS);
        made.start();
        await().until(() -> {
            try {
                made.requireRestored();
                return true;
            } catch (TableNotLoadedException e) {
                return false;
            }
        });
        return made;
    }

    private static JsonRow row(JsonTable table, String json) {
        return table.rows().row(table.rows().reader().read(json));
    }

    @Test
    void withoutTables_nothingIsMade() {
        try (TestTables tables = TestTables.in(directory)) {
            in(tables);
            assertThat(tables.names()).isEmpty();
        }
    }

    @Test
    void put_makesOnce() {
        try (TestTables tables = TestTables.in(directory)) {
            JsonTables json = in(tables);
            assertThat(json.put("t", "{}")).isEqualTo(JsonTables.Put.MADE);
            assertThat(json.put("t", "{\"type\":\"set\"}")).isEqualTo(JsonTables.Put.THERE_ALREADY);
            assertThat(json.put("t", "{\"type\":\"bag\"}")).isEqualTo(JsonTables.Put.ANOTHER_IS_THERE);
            assertThat(tables.names()).containsExactly("heirloom.tables", "t");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"heirloom.tables", "heirloom.x", "", "a/b", "-a", "a b", "..", "é"})
    void nameThatNoClientMayUse_isRefused(String name) {
        try (TestTables tables = TestTables.in(directory)) {
            assertThatThrownBy(() -> in(tables).put(name, "{}")).isInstanceOf(DocumentException.class);
        }
    }

    @Test
    void durableTableWithTheNameOfAFile_isRefused() {
        try (TestTables tables = TestTables.in(directory)) {
            assertThatThrownBy(() -> in(tables).put("lock", "{\"durability\":\"always\"}"))
                    .isInstanceOf(DocumentException.class);
        }
    }

    @Test
    void tooManyTables_areRefused() {
        try (TestTables tables = TestTables.in(directory)) {
            JsonTables json = in(tables);
            IntStream.range(0, 3).forEach(i -> json.put("t" + i, "{}"));
            assertThatThrownBy(() -> json.put("t3", "{}")).hasMessageContaining("3 (setting heirloom.json.max-tables)");
            assertThat(json.delete("t0")).isTrue();
            assertThat(json.put("t3", "{}")).isEqualTo(JsonTables.Put.MADE);
        }
    }

    @Test
    void tableOfTheApplication_isNobodyElses() {
        TableSpec<String, Thing> spec = TableSpec.set("things", Thing.class, Thing::id);
        try (TestTables tables = TestTables.in(directory, spec)) {
            JsonTables json = in(tables);
            assertThat(json.put("things", "{}")).isEqualTo(JsonTables.Put.ANOTHER_IS_THERE);
            assertThat(json.delete("things")).isFalse();
            assertThat(json.patch("things", "{\"readers\":[]}")).isEmpty();
            assertThat(json.delete("heirloom.tables")).isFalse();
            assertThat(tables.names()).contains("things");
        }
    }

    @Test
    void restart_keepsDefinitions_andTheRowsOfDurableTables() {
        String id;
        long commit;
        try (TestTables tables = TestTables.in(directory)) {
            JsonTables json = in(tables);
            json.put("kept", "{\"durability\":\"always\",\"keyType\":\"integer\",\"key\":\"n\"}");
            json.put("fresh", "{\"type\":\"bag\",\"readers\":[\"ann\"]}");
            JsonTable kept = json.find("kept").orElseThrow();
            id = kept.id();
            json.ref(kept).call(unit -> unit.insert(row(kept, "{\"n\":7,\"v\":1.50}")));
            commit = json.ref(kept).revision(7L).commit();
            JsonTable fresh = json.find("fresh").orElseThrow();
            json.ref(fresh).call(unit -> unit.insert(row(fresh, "{\"id\":\"a\"}")));
        }
        try (TestTables tables = TestTables.in(directory)) {
            JsonTables json = in(tables);
            assertThat(tables.names()).containsExactly("fresh", "heirloom.tables", "kept");
            JsonTable kept = json.find("kept").orElseThrow();
            assertThat(kept.id()).isEqualTo(id);
            TableRef<Object, JsonRow> rows = json.ref(kept);
            List<JsonRow> found = rows.call(unit -> unit.lookup(7L));
            assertThat(found).containsExactly(row(kept, "{\"n\":7,\"v\":1.50}"));
            assertThat(rows.revision(7L).commit()).isEqualTo(commit);
            rows.call(unit -> unit.insert(row(kept, "{\"n\":8}")));
            assertThat(rows.revision(8L).commit())
                    .as("commits that a crash may have lost are not numbered again")
                    .isGreaterThan(commit + 1_000_000);
            JsonTable fresh = json.find("fresh").orElseThrow();
            assertThat(fresh.definition().readers()).containsExactly("ann");
            assertThat(json.ref(fresh).size()).isZero();
        }
    }

    @Test
    void deletedTable_staysDeleted_andItsRowsDoNotComeBackWithItsName() {
        String id;
        try (TestTables tables = TestTables.in(directory)) {
            JsonTables json = in(tables);
            json.put("t", "{\"durability\":\"always\"}");
            JsonTable table = json.find("t").orElseThrow();
            id = table.id();
            json.ref(table).call(unit -> unit.insert(row(table, "{\"id\":\"a\"}")));
            assertThat(json.delete("t")).isTrue();
            assertThat(json.delete("t")).isFalse();
        }
        try (TestTables tables = TestTables.in(directory)) {
            JsonTables json = in(tables);
            assertThat(tables.names()).containsExactly("heirloom.tables");
            json.put("t", "{\"durability\":\"always\"}");
            JsonTable table = json.find("t").orElseThrow();
            assertThat(table.id()).isNotEqualTo(id);
            assertThat(json.ref(table).size()).isZero();
        }
    }

    @Test
    void patch_changesReadersAndWritersOnly_forGood() {
        try (TestTables tables = TestTables.in(directory)) {
            JsonTables json = in(tables);
            json.put("t", "{\"writers\":[\"ann\"],\"maxRows\":5}");
            assertThat(json.patch("t", "{\"readers\":[\"bob\"],\"writers\":null}")
                            .orElseThrow()
                            .definition()
                            .readers())
                    .containsExactly("bob");
            assertThatThrownBy(() -> json.patch("t", "{\"maxRows\":6,\"type\":\"bag\"}"))
                    .isInstanceOf(DocumentException.class)
                    .hasMessageContaining("[type, maxRows]");
            assertThatThrownBy(() -> json.patch("t", "{\"readers\":5}")).hasMessageContaining("readers");
            assertThatThrownBy(() -> json.patch("t", "{\"name\":\"u\"}")).hasMessageContaining("name");
            assertThat(json.patch("u", "{}")).isEmpty();
        }
        try (TestTables tables = TestTables.in(directory)) {
            Definition definition = in(tables).find("t").orElseThrow().definition();
            assertThat(definition.readers()).containsExactly("bob");
            assertThat(definition.writers()).isNull();
            assertThat(definition.maxRows()).isEqualTo(5);
        }
    }

    @Test
    void manyWhoMakeOneTable_makeItOnce() throws InterruptedException {
        try (TestTables tables = TestTables.in(directory)) {
            JsonTables json = in(tables);
            AtomicInteger made = new AtomicInteger();
            List<Thread> threads = IntStream.range(0, 4)
                    .mapToObj(i -> new Thread(() -> {
                        if (json.put("t", "{\"maxRows\":" + (i + 1) + "}") == JsonTables.Put.MADE) {
                            made.incrementAndGet();
                        }
                    }))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread each : threads) {
                each.join();
            }
            assertThat(made).hasValue(1);
        }
    }
}
