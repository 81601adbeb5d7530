package dev.heirloom.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.ownership.Room.Row;
import dev.heirloom.table.Access;
import dev.heirloom.table.AccessDeniedException;
import dev.heirloom.table.Counter;
import dev.heirloom.table.Expiry;
import dev.heirloom.table.Field;
import dev.heirloom.table.IndexSpec;
import dev.heirloom.table.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the owner does to its table, and anybody to one that is public: each call is a unit of work of its own. */
class OneCallWritesTest {
    private static final Row A = new Row("a", 1);
    private static final Row B = new Row("b", 2);
    private static final Row C = new Row("c", 3);
    private static final IndexSpec<Integer, Row> VALUE = IndexSpec.uniqueIndex("byValue", Row::value);
    private static final Field<Row, Integer> FIELD = Field.of(Row::value, (row, value) -> new Row(row.id(), value));
    private static final Counter<Row, Long> COUNT =
            Counter.ofLong(Row::value, (row, count) -> new Row(row.id(), (int) count));

    /** Has the owner, or somebody else, at a table with the rows a, b and c. */
    private static void each(boolean byOwner, Consumer<OneCallWrites<String, Row>> test) {
        Schema<String, Row> schema = Schema.orderedSet("rows", Row.class, Row::id, Comparator.<String>naturalOrder())
                .withAccess(byOwner ? Access.PRIVATE : Access.PUBLIC)
                .withIndex(VALUE);
        try (Room room = new Room(schema, Heir.MANAGER)) {
            Throwable death = room.start((table, requests) -> {
                        table.insertAll(List.of(A, B, C));
                        if (byOwner) {
                            test.accept(table);
                        }
                    })
                    .death();
            assertThat(death).isNull();
            if (!byOwner) {
                test.accept(room.ref);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void reads(boolean byOwner) {
        each(byOwner, table -> {
            assertThat(table.find("a")).contains(A);
            assertThat(table.lookup("a")).containsExactly(A);
            assertThat(table.contains("a")).isTrue();
            assertThat(table.contains("z")).isFalse();
            assertThat(table.find(VALUE, 2)).contains(B);
            assertThat(table.lookup(VALUE, 3)).containsExactly(C);
            assertThat(table.first()).contains(A);
            assertThat(table.last()).contains(C);
            assertThat(table.next("a")).contains(B);
            assertThat(table.previous("c")).contains(B);
            assertThat(table.query().from("b").stream()).containsExactly(B, C);
            assertThat(table.size()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void insertions(boolean byOwner) {
        each(byOwner, table -> {
            Row d = new Row("d", 4);
            assertThat(table.insert(d)).isSameAs(d);
            assertThat(table.insertNew(new Row("d", 5))).isFalse();
            assertThat(table.insertNew(new Row("e", 5))).isTrue();
            assertThat(table.insertNewAll(List.of(new Row("f", 6), new Row("e", 7))))
                    .isFalse();
            assertThat(table.insertNewAll(List.of(new Row("f", 6), new Row("g", 7))))
                    .isTrue();
            table.insertAll(List.of(new Row("a", 10), new Row("h", 8)));
            assertThat(table.stream().map(Row::value)).containsExactly(10, 2, 3, 4, 5, 6, 7, 8);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void updates(boolean byOwner) {
        each(byOwner, table -> {
            assertThat(table.update("a", row -> row.plus(10))).isEqualTo(new Row("a", 11));
            assertThat(table.update("d", new Row("d", 20), row -> row.plus(1))).isEqualTo(new Row("d", 21));
            assertThat(table.set("b", FIELD, 12)).isTrue();
            assertThat(table.set("z", FIELD, 12)).isFalse();
            assertThat(table.countAll("c", List.of(COUNT.add(10), COUNT.add(1))))
                    .containsExactly(13L, 14L);
            assertThat(table.countAll("e", new Row("e", 30), List.of(COUNT.add(1))))
                    .containsExactly(31L);
            assertThat(table.replaceAll(table.query().from("d"), row -> row.plus(100)))
                    .isEqualTo(2);
            assertThat(table.stream().map(Row::value)).containsExactly(11, 12, 14, 121, 131);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deletions(boolean byOwner) {
        each(byOwner, table -> {
            assertThat(table.delete("a")).isTrue();
            assertThat(table.delete("a")).isFalse();
            assertThat(table.deleteRow(A)).isFalse();
            assertThat(table.deleteRow(B)).isTrue();
            assertThat(table.take("c")).contains(C);
            assertThat(table.take("c")).isEmpty();
            table.insertAll(List.of(A, B, C));
            assertThat(table.takeAll("b")).containsExactly(B);
            assertThat(table.deleteAll(table.query().above("a"))).isEqualTo(1);
            assertThat(table.stream()).containsExactly(A);
            table.expire("a", Expiry.at(Instant.EPOCH));
            assertThat(table.size()).isZero();
            table.insertAll(List.of(A, B, C));
            table.expire("a", Expiry.afterWrite(Duration.ofDays(1)));
            assertThat(table.size()).isEqualTo(3);
            table.clear();
            assertThat(table.size()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void atomically_givesWhatTheFunctionReturns_andThrowsWhatItThrows(boolean byOwner) {
        Exception failure = new Exception("for the test");
        each(byOwner, table -> {
            assertThatThrownBy(() -> table.atomically(unit -> {
                        unit.clear();
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThat(table.size()).isEqualTo(3);
            try {
                assertThat(table.<String>atomically(unit -> unit.delete("a") ? "deleted" : "not there"))
                        .isEqualTo("deleted");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            assertThat(table.size()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROTECTED", "PRIVATE"})
    void notPublic_writesOfOthersAreRefused(Access access) {
        try (Room room = new Room(access, Heir.MANAGER, 10)) {
            room.start();
            assertThatThrownBy(() -> room.ref.insert(A)).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> room.ref.clear()).isInstanceOf(AccessDeniedException.class);
            assertThat(room.ref.<Long>call(unit -> unit.size())).isZero();
        }
    }
}
